using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Answers calls as the server does: the session first, then the method; a result array, or a fault.</summary>
internal sealed class CallDispatcher(CloudState state)
{
    // The same wrap as in the core, where the number of a call has four digits.
    private const int RequestIds = 10_000;

    private int _requests;

    /// <summary>Answers a call.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">All parameters, the session among them where the method has one.</param>
    public RpcAnswer Answer(string method, IReadOnlyList<RpcValue> parameters)
    {
        try
        {
            if (method == Multicall.Method) return new RpcAnswer(AnswerMany(parameters), null);
            if (!state.Methods.TryGet(method, out CloudMethod? known))
                throw new CallFault(OpenNebulaErrorKind.NoSuchMethod, $"Method '{method}' not defined");
            _requests = (_requests + 1) % RequestIds;
            var call = new CloudCall(known, parameters, state, _requests);
            return new RpcAnswer(known.IsOfServer ? known.Handler(call) : Answer(call), null);
        }
        catch (CallFault fault)
        {
            return new RpcAnswer(default, fault.Fault);
        }
    }

    private RpcValue Answer(CloudCall call)
    {
        if (state.Users.Authenticate(call.Text(0)) is not { } caller)
            return Refusal(call.Method.Name, OpenNebulaErrorKind.Authentication, "User couldn't be authenticated, aborting call.", -1);
        call.Caller = caller;
        RpcValue result;
        try
        {
            RpcValue value = call.Method.Handler(call);
            result = RpcValue.Array(true, value, 0);
        }
        catch (CallRefusal refusal)
        {
            result = Refusal(call.Method.Name, refusal.Error, refusal.Message, refusal.ResourceId);
        }

        if (call.Method.IsPublished && state.Events.IsObserved) Publish(call, result);
        return result;
    }

    private void Publish(CloudCall call, RpcValue result)
    {
        IReadOnlyList<RpcValue> parts = result.AsArray();
        state.Events.Publish(CloudApiMessage.Topic(call.Method.Name, parts[0].AsBoolean()), () => CloudApiMessage.Write(call, parts));
    }

    private static RpcValue Refusal(string method, OpenNebulaErrorKind error, string text, int resourceId) =>
        RpcValue.Array(false, string.Create(CultureInfo.InvariantCulture, $"[{method}] {text}"), (int)error, resourceId, -1L);

    // Each result stands in an array of its own, a fault as a struct in its place; a call of the method itself is refused.
    private RpcValue AnswerMany(IReadOnlyList<RpcValue> parameters)
    {
        if (parameters.Count == 0) throw new CallFault(OpenNebulaErrorKind.WrongParameters, "Not enough parameters");
        if (parameters.Count > 1) throw new CallFault(OpenNebulaErrorKind.WrongParameters, "Too many parameters");
        if (parameters[0].Kind != RpcValueKind.Array)
            throw new CallFault(OpenNebulaErrorKind.WrongParameters, "Parameter that is supposed to be an array is not");
        return RpcValue.Array([.. parameters[0].AsArray().Select(AnswerOne)]);
    }

    private RpcValue AnswerOne(RpcValue item)
    {
        RpcAnswer answer = CallIn(item) is not var (method, parameters)
            ? new RpcAnswer(default, new RpcFault((int)OpenNebulaErrorKind.WrongParameters, "A call of a multicall needs methodName and params"))
            : method == Multicall.Method
                ? new RpcAnswer(default, new RpcFault((int)OpenNebulaErrorKind.WrongParameters, "Recursive system.multicall forbidden"))
                : Answer(method, parameters);
        return answer.Fault is not { } fault ? RpcValue.Array(answer.Value)
            : RpcValue.Struct(new("faultCode", fault.Code), new("faultString", fault.Text));
    }

    private static (string Method, IReadOnlyList<RpcValue> Parameters)? CallIn(RpcValue item)
    {
        if (item.Kind != RpcValueKind.Struct) return null;
        IReadOnlyDictionary<string, RpcValue> members = item.AsStruct();
        if (!members.TryGetValue("methodName", out RpcValue name) || name.Kind != RpcValueKind.String) return null;
        if (!members.TryGetValue("params", out RpcValue parameters) || parameters.Kind != RpcValueKind.Array) return null;
        return (name.AsString(), parameters.AsArray());
    }
}

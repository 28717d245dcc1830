namespace OneEdge.OpenNebula.Embedded;

/// <summary>A call that is being answered: its parameters, of which those too many are never looked at, and its caller.</summary>
internal sealed class CloudCall(CloudMethod method, IReadOnlyList<RpcValue> parameters, CloudState state, int requestId)
{
    public CloudMethod Method { get; } = method;

    public CloudState State { get; } = state;

    /// <summary>The number of the call.</summary>
    public int RequestId { get; } = requestId;

    public IReadOnlyList<RpcValue> Parameters { get; } = parameters;

    /// <summary>Who calls; meaningless for methods without a session.</summary>
    public Caller Caller { get; set; } = null!;

    /// <summary>The object that an event about this call carries.</summary>
    public Func<string>? Extra { get; set; }

    /// <summary>The number of parameters, the session among them.</summary>
    public int Count => Parameters.Count;

    public string Text(int index) => Parameter(index, RpcValueKind.String, "a string").AsString();

    public int Int(int index) => Parameter(index, RpcValueKind.Int32, "integer").AsInt32();

    public bool Flag(int index) => Parameter(index, RpcValueKind.Boolean, "boolean").AsBoolean();

    public IReadOnlyList<RpcValue> Array(int index) => Parameter(index, RpcValueKind.Array, "an array").AsArray();

    public string Text(int index, string orElse) => index < Count ? Text(index) : orElse;

    public int Int(int index, int orElse) => index < Count ? Int(index) : orElse;

    public bool Flag(int index, bool orElse) => index < Count ? Flag(index) : orElse;

    /// <summary>The ids in an array.</summary>
    public int[] Ids(int index) => [.. Array(index).Select(v => v.Kind == RpcValueKind.Int32 ? v.AsInt32() : throw WrongType("integer"))];

    /// <summary>A template of a parameter.</summary>
    public StoredTemplate Template(int index) => TemplateTexts.Parse(Text(index));

    /// <summary>The same call with other parameters.</summary>
    public CloudCall With(IReadOnlyList<RpcValue> parameters) => new(Method, parameters, State, RequestId) { Caller = Caller };

    /// <summary>How this caller sees objects.</summary>
    public XmlView View(bool decrypt = false) => decrypt && Caller.IsAdmin ? State.ClearView : State.SealedView;

    /// <summary>Checks rights; those that are missing are named together.</summary>
    public void Authorize(params ReadOnlySpan<(AccessOperation Operation, AccessTarget Target)> wanted) => State.Access.Authorize(Caller, wanted);

    public void Authorize(AccessOperation operation, CloudObject target) => Authorize((operation, target.Access));

    /// <summary>The right to create an object.</summary>
    public void AuthorizeNew(ObjectKind kind) => Authorize((AccessOperation.Create, AccessTarget.New(kind, Caller)));

    private RpcValue Parameter(int index, RpcValueKind kind, string name)
    {
        if (index >= Count) throw new CallFault(OpenNebulaErrorKind.WrongParameters, "Not enough parameters");
        RpcValue value = Parameters[index];
        return value.Kind == kind ? value : throw WrongType(name);
    }

    private static CallFault WrongType(string name) =>
        new(OpenNebulaErrorKind.WrongParameters, $"Parameter that is supposed to be {name} is not");
}

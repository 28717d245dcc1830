namespace OneEdge.OpenNebula;

/// <summary>What an XML-RPC server answered: a value, or a fault.</summary>
/// <param name="Value">The value; meaningless with a fault.</param>
/// <param name="Fault">The fault, if it is one.</param>
internal readonly record struct RpcAnswer(RpcValue Value, RpcFault? Fault);

/// <summary>The server did not carry out a call at the level of XML-RPC.</summary>
internal sealed record RpcFault(int Code, string Text)
{
    /// <summary>A fault inside a value, as a multicall gives for one of its calls.</summary>
    public static RpcFault? TryFrom(RpcValue value)
    {
        if (value.Kind != RpcValueKind.Struct) return null;
        IReadOnlyDictionary<string, RpcValue> members = value.AsStruct();
        if (!members.TryGetValue("faultCode", out RpcValue code) || code.Kind != RpcValueKind.Int32) return null;
        return members.TryGetValue("faultString", out RpcValue text) && text.Kind == RpcValueKind.String ? new RpcFault(code.AsInt32(), text.AsString()) : null;
    }
}

namespace OneEdge.OpenNebula;

/// <summary>Several calls in one round trip, as <c>system.multicall</c> has them.</summary>
internal static class Multicall
{
    public const string Method = "system.multicall";

    /// <summary>The call that carries the others.</summary>
    public static OpenNebulaCall Wrap(IEnumerable<OpenNebulaCall> calls, string session) =>
        new(Method, [RpcValue.OwnedArray([.. calls.Select(call => One(call, session))])]) { IsRead = true };

    /// <summary>What became of each call.</summary>
    /// <returns><see langword="null"/> when the answer does not fit the calls.</returns>
    public static OpenNebulaCallResult[]? Unwrap(RpcValue answer, IReadOnlyList<OpenNebulaCall> calls, SessionMask mask)
    {
        if (answer.Kind != RpcValueKind.Array) return null;
        IReadOnlyList<RpcValue> items = answer.AsArray();
        if (items.Count != calls.Count) return null;
        var results = new OpenNebulaCallResult[calls.Count];
        for (int i = 0; i < results.Length; i++)
        {
            if (Unwrap(items[i], calls[i], mask) is not { } result) return null;
            results[i] = result;
        }

        return results;
    }

    // Each value stands in an array of its own; a fault is a struct in its place.
    private static OpenNebulaCallResult? Unwrap(RpcValue item, OpenNebulaCall call, SessionMask mask)
    {
        if (RpcFault.TryFrom(item) is { } fault) return new OpenNebulaCallResult(call, OpenNebulaAnswer.ErrorOf(fault, call, mask));
        if (item.Kind != RpcValueKind.Array || item.AsArray() is not [RpcValue inner]) return null;
        if (call.IsOfServer) return new OpenNebulaCallResult(call, inner);
        if (!OpenNebulaAnswer.TryUnwrap(inner, call, mask, out RpcValue value, out OpenNebulaCallException? error)) return null;
        return error is null ? new OpenNebulaCallResult(call, value) : new OpenNebulaCallResult(call, error);
    }

    private static RpcValue One(OpenNebulaCall call, string session) => RpcValue.Struct(
        new("methodName", call.Method),
        new("params", RpcValue.OwnedArray(call.IsOfServer ? [.. call.Parameters] : [session, .. call.Parameters])));
}

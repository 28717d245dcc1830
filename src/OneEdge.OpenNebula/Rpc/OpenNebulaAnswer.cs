namespace OneEdge.OpenNebula;

/// <summary>Reads what OpenNebula wraps around the values that its methods give.</summary>
internal static class OpenNebulaAnswer
{
    /// <summary>
    /// The value of a result array: <c>[true, value, 0]</c>. A refusal is <c>[false, message, code, id, index]</c>; older servers leave out
    /// the end of it.
    /// </summary>
    /// <param name="result">What the server answered.</param>
    /// <param name="call">The call.</param>
    /// <param name="mask">Takes secrets out of messages.</param>
    /// <param name="value">The value, if the server gave one.</param>
    /// <param name="error">Why the server refused the call, if it did.</param>
    /// <returns>Whether the answer has the form of a result array.</returns>
    public static bool TryUnwrap(RpcValue result, OpenNebulaCall call, SessionMask mask, out RpcValue value, out OpenNebulaCallException? error)
    {
        (value, error) = (default, null);
        if (result.Kind != RpcValueKind.Array) return false;
        IReadOnlyList<RpcValue> parts = result.AsArray();
        if (parts.Count < 2 || parts[0].Kind != RpcValueKind.Boolean) return false;
        if (parts[0].AsBoolean())
        {
            value = parts[1];
            return true;
        }

        if (parts.Count < 3 || parts[1].Kind != RpcValueKind.String || parts[2].Kind != RpcValueKind.Int32) return false;
        int id = parts.Count > 3 && parts[3].Kind == RpcValueKind.Int32 ? parts[3].AsInt32() : -1;
        error = new OpenNebulaCallException(call.Method, parts[2].AsInt32(), mask.Apply(parts[1].AsString()), id);
        return true;
    }

    /// <summary>The error that a fault means.</summary>
    public static OpenNebulaCallException ErrorOf(RpcFault fault, OpenNebulaCall call, SessionMask mask) =>
        new(call.Method, fault.Code, mask.Apply(fault.Text));
}

namespace OneEdge.OpenNebula;

/// <summary>Calls, with the answer as what it is.</summary>
internal static class RpcCalls
{
    /// <summary>A call whose answer tells nothing new.</summary>
    public static Task DoAsync(this IOpenNebulaRpc rpc, string method, CancellationToken ct, params RpcValue[] parameters) =>
        rpc.CallAsync(new OpenNebulaCall(method, parameters), ct);

    /// <summary>A call that gives an id.</summary>
    public static async Task<int> IdAsync(this IOpenNebulaRpc rpc, string method, CancellationToken ct, params RpcValue[] parameters)
    {
        RpcValue value = await rpc.CallAsync(new OpenNebulaCall(method, parameters), ct).ConfigureAwait(false);
        return value.AsInt32();
    }

    /// <summary>A call that gives a text.</summary>
    public static async Task<string> TextAsync(this IOpenNebulaRpc rpc, string method, CancellationToken ct, params RpcValue[] parameters)
    {
        RpcValue value = await rpc.CallAsync(new OpenNebulaCall(method, parameters), ct).ConfigureAwait(false);
        return value.AsString();
    }

    /// <summary>A call that gives an object.</summary>
    public static async Task<T> ReadAsync<T>(this IOpenNebulaRpc rpc, string method, CancellationToken ct, params RpcValue[] parameters)
        where T : class, IModel<T>
    {
        RpcValue value = await rpc.CallAsync(new OpenNebulaCall(method, parameters), ct).ConfigureAwait(false);
        return ModelReader.Parse<T>(value.Utf8Memory, value.IsFromAnswer);
    }

    /// <summary>A call that gives a pool, or a part of one.</summary>
    public static async Task<IReadOnlyList<T>> ReadListAsync<T>(this IOpenNebulaRpc rpc, string method, CancellationToken ct, params RpcValue[] parameters)
        where T : class, IModel<T>
    {
        RpcValue value = await rpc.CallAsync(new OpenNebulaCall(method, parameters), ct).ConfigureAwait(false);
        return ModelReader.ParsePool<T>(value.Utf8Memory, value.IsFromAnswer);
    }

    /// <summary>A call that gives default quotas.</summary>
    public static async Task<Quotas> ReadQuotasAsync(this IOpenNebulaRpc rpc, string method, CancellationToken ct, params RpcValue[] parameters)
    {
        RpcValue value = await rpc.CallAsync(new OpenNebulaCall(method, parameters), ct).ConfigureAwait(false);
        return Quotas.Parse(value.Utf8Memory, value.IsFromAnswer);
    }

    /// <summary>The change of permissions as the nine numbers that the server takes.</summary>
    public static Task ChmodAsync(this IOpenNebulaRpc rpc, string method, int id, PermissionChange change, CancellationToken ct, params RpcValue[] more) =>
        rpc.CallAsync(new OpenNebulaCall(method, [id, .. change.Values(), .. more]), ct);
}

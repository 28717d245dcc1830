namespace OneEdge.OpenNebula.Tests.Documents;

internal static class RpcCalls
{
    public static Task<RpcValue> CallAsync(this IOpenNebulaRpc rpc, string method, RpcValue[] parameters, CancellationToken cancellationToken) =>
        rpc.CallAsync(new OpenNebulaCall(method, parameters), cancellationToken);
}

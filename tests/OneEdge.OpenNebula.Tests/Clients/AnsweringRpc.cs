namespace OneEdge.OpenNebula.Tests.Clients;

/// <summary>Answers calls as a test tells it, and keeps them.</summary>
internal sealed class AnsweringRpc(Func<OpenNebulaCall, RpcValue> answer) : IOpenNebulaRpc
{
    private readonly List<OpenNebulaCall> _calls = [];

    public IReadOnlyList<OpenNebulaCall> Calls
    {
        get
        {
            lock (_calls) return [.. _calls];
        }
    }

    public Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_calls) _calls.Add(call);
        try
        {
            return Task.FromResult(answer(call));
        }
        catch (OpenNebulaException e)
        {
            return Task.FromException<RpcValue>(e);
        }
    }

    public Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}

using Microsoft.Extensions.Time.Testing;

namespace OneEdge.OpenNebula.Tests.Events;

/// <summary>The contract, by polling.</summary>
public sealed class PollingContractTests : EventSourceContract
{
    private protected override Task<IEventWorld> StartAsync() => Task.FromResult<IEventWorld>(new PolledWorld());
}

/// <summary>A cloud that is polled, and its clock.</summary>
internal sealed class PolledWorld : IEventWorld
{
    public PolledWorld() => Source = new PollingEventSource(Cloud, new PollingEventSourceOptions { Interval = TimeSpan.FromSeconds(5) }, Time);

    public PolledCloud Cloud { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public IEventSource Source { get; }

    public Task ChangeMachineAsync(int id, VmState state, LcmState lcm = LcmState.LcmInit, int? service = null, string? host = null)
    {
        Cloud.SetMachine(id, state, lcm, service, host);
        return Task.CompletedTask;
    }

    public Task ChangeAsync(EventObject kind, int id, int state)
    {
        Cloud.SetOther(kind, id, state);
        return Task.CompletedTask;
    }

    public Task InterruptAsync()
    {
        Cloud.FailOnce(new OpenNebulaTransportException(OpenNebulaErrorCodes.ConnectionLost, "one.vm.info", "lost", isRetrySafe: true));
        return Task.CompletedTask;
    }

    public async Task<bool> WaitAsync(Task<bool> next)
    {
        while (!next.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await next;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

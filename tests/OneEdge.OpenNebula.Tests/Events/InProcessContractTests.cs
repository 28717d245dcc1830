namespace OneEdge.OpenNebula.Tests.Events;

/// <summary>The contract, over the hub alone.</summary>
public sealed class InProcessContractTests : EventSourceContract
{
    private protected override Task<IEventWorld> StartAsync() => Task.FromResult<IEventWorld>(new World());

    private sealed class World : IEventWorld
    {
        private readonly EventHub _hub = new();

        public World() => Source = new InProcessEventSource(_hub);

        public IEventSource Source { get; }

        public Task ChangeMachineAsync(int id, VmState state, LcmState lcm = LcmState.LcmInit, int? service = null, string? host = null) =>
            Publish(EventTexts.MachineMessage(id, state, lcm, service?.ToString(System.Globalization.CultureInfo.InvariantCulture), host));

        public Task ChangeAsync(EventObject kind, int id, int state) => Publish(EventTexts.OtherMessage(kind, id, state));

        public Task InterruptAsync()
        {
            _hub.Publish(new Gap(GapReason.Reconnected));
            return Task.CompletedTask;
        }

        public Task<bool> WaitAsync(Task<bool> next) => next;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private Task Publish((string[] Topics, byte[] Payload) message)
        {
            foreach (string topic in message.Topics) _hub.Publish(new HookMessage(topic, message.Payload));
            return Task.CompletedTask;
        }
    }
}

using System.Globalization;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>One watch for all virtual machines and networks, and who is told what of it.</summary>
internal sealed class EventRouter(EngineContext engine, IServiceHosting hosting, RouteTable machines, RouteTable networks, Action<int, int> look)
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static EventFilter Filter { get; } = EventFilter.Any(
        EventFilter.VirtualMachines(), EventFilter.VirtualNetworks(), EventFilter.ApiCall("one.vm.update", succeeded: true));

    /// <summary>Ends when nothing is missed any more, or the watch cannot begin: then it is tried again, and readings tell what is missed.</summary>
    public async Task StartedAsync()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(engine.Stopping);
        await Task.WhenAny(_started.Task, Task.Delay(LongestStart, engine.Time, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
    }

    public async Task RunAsync()
    {
        Backoff backoff = engine.NewBackoff();
        while (!engine.Stopping.IsCancellationRequested)
        {
            try
            {
                await foreach (CloudEvent happened in engine.Events.WatchAsync(Filter, engine.Stopping).ConfigureAwait(false))
                {
                    backoff.Reset();
                    Take(happened);
                }
            }
            catch (Exception error) when (!engine.Stopping.IsCancellationRequested)
            {
                FlowLog.WatchFailed(engine.Logger, error);
            }
            catch (Exception)
            {
                return;
            }

            _started.TrySetResult();
            try
            {
                await backoff.WaitAsync(engine.Stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Take(CloudEvent happened)
    {
        try
        {
            switch (happened)
            {
                case VmStateChanged vm:
                    machines.Deliver(vm.Id, new VmObserved(vm.Id, vm.State, vm.LcmState, ReadinessOf(vm)), vm.State == VmState.Done);
                    break;
                case VirtualNetworkStateChanged network:
                    networks.Deliver(
                        network.Id, new NetworkObserved(network.Id, NetworkStates.ConditionOf(network.State)), network.State == VirtualNetworkState.Done);
                    break;
                case ApiCalled call:
                    TakeUpdate(call);
                    break;
                case Gap:
                    TakeGap();
                    break;
                default:
                    break;
            }
        }
        catch (OneEdgeException error)
        {
            FlowLog.EventFailed(engine.Logger, happened.ToString(), error);
        }
    }

    // The first one: nothing is there yet that could have missed something.
    private void TakeGap()
    {
        if (_started.TrySetResult()) return;
        foreach (Service service in hosting.Services) hosting.Post(service.Id, new SynchronizationLost());
    }

    private bool? ReadinessOf(VmStateChanged vm)
    {
        // Services that do not wait for it need not look into the machine.
        int? service = machines.Find(vm.Id) ?? vm.ServiceId;
        return service is { } id && hosting.Find(id) is { Definition.ReadyStatusGate: true } ? VmReadiness.IsReady(vm.VirtualMachine) : null;
    }

    // What was written is not what the machine says then: it is read.
    private void TakeUpdate(ApiCalled call)
    {
        if (!int.TryParse(call.Input(2), NumberStyles.None, CultureInfo.InvariantCulture, out int vmId)) return;
        if (machines.Find(vmId) is { } id && hosting.Find(id) is { Definition.ReadyStatusGate: true }) look(id, vmId);
    }
}

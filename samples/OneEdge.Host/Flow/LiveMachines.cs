using System.Collections.Concurrent;
using OneEdge.Flow;
using OneEdge.Flow.Client;

namespace OneEdge.Host.Flow;

/// <summary>
/// How the virtual machines of a service are, as its server tells of them; documents do not say that. A server that does not tell, as the original, leaves
/// them unknown.
/// </summary>
internal sealed class LiveMachines : IAsyncDisposable
{
    // For the first look: a server that tells does so at once.
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, VmCondition> _conditions = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private TaskCompletionSource _change = NewChange();

    public LiveMachines(IOneFlowServices services, int service) => _watching = Task.Run(() => WatchAsync(services, service));

    /// <summary>How one is; <see langword="null"/> when that is not known.</summary>
    public VmCondition? Of(int vm) => _conditions.TryGetValue(vm, out VmCondition condition) ? condition : null;

    /// <summary>Waits until it is known how some are, for a moment at most.</summary>
    public async Task KnowAsync(IReadOnlyCollection<int> vms, CancellationToken cancellationToken)
    {
        var limit = Task.Delay(LongestStart, cancellationToken);
        while (true)
        {
            Task change = Volatile.Read(ref _change).Task;
            if (limit.IsCompleted || _watching.IsCompleted || vms.All(_conditions.ContainsKey)) return;
            await Task.WhenAny(change, limit, _watching);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WatchAsync(IOneFlowServices services, int service)
    {
        try
        {
            await foreach (ServiceNotification happened in services.WatchAsync(service, _stop.Token)) Take(happened);
        }
        catch (Exception error) when (error is OneEdgeException or OperationCanceledException)
        {
            // Whoever looks at the service is told what is wrong.
        }
        finally
        {
            // What was told last is not known to be so any more.
            _conditions.Clear();
        }
    }

    private void Take(ServiceNotification happened)
    {
        switch (happened)
        {
            case VmConditionNotification vm:
                _conditions[vm.VmId] = vm.Condition;
                Interlocked.Exchange(ref _change, NewChange()).SetResult();
                break;
            case VmRemovedNotification vm:
                _conditions.TryRemove(vm.VmId, out _);
                break;
            default:
                break;
        }
    }
}

using System.Collections.Immutable;
using System.Diagnostics;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>
/// Reads virtual machines and networks of services. One reading is under way at a time, for all services that asked for one before it began; who asks during
/// it is in the next one.
/// </summary>
internal sealed class CloudReader(EngineContext engine, IServiceHosting hosting, RouteTable machines, RouteTable networks, UnsureServices unsure)
{
    // Large clouds take long to read: of the time, no more than a fifth is spent on it.
    private const int RestPerReading = 4;

    private readonly Lock _gate = new();
    private Dictionary<int, int> _orders = [];
    private bool _isRunning;
    private long _ended;
    private TimeSpan _rest;
    private TimeSpan _usual;

    /// <summary>Orders a reading for a service, which begins after now.</summary>
    public void Order(int serviceId, int number)
    {
        lock (_gate)
        {
            _orders[serviceId] = Math.Max(number, _orders.GetValueOrDefault(serviceId));
            if (_isRunning) return;
            _isRunning = true;
        }

        _ = Task.Run(RunAsync, CancellationToken.None);
    }

    private async Task RunAsync()
    {
        Backoff backoff = engine.NewBackoff();
        while (!engine.Stopping.IsCancellationRequested)
        {
            try
            {
                if (NextDelay() is var delay && delay > TimeSpan.Zero)
                    await Task.Delay(delay, engine.Time, engine.Stopping).ConfigureAwait(false);
                if (Take() is not { } orders) return;
                if (await TryReadAsync(orders).ConfigureAwait(false)) backoff.Reset();
                else await backoff.WaitAsync(engine.Stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (engine.Stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private TimeSpan NextDelay()
    {
        TimeSpan rest = _rest > TimeSpan.Zero ? _rest - engine.Time.GetElapsedTime(_ended) : TimeSpan.Zero;
        return rest > engine.Options.ReadingDelay ? rest : engine.Options.ReadingDelay;
    }

    private Dictionary<int, int>? Take()
    {
        lock (_gate)
        {
            if (_orders.Count == 0)
            {
                _isRunning = false;
                return null;
            }

            Dictionary<int, int> orders = _orders;
            _orders = [];
            return orders;
        }
    }

    private async Task<bool> TryReadAsync(Dictionary<int, int> orders)
    {
        using Activity? activity = FlowTelemetry.Activities.StartActivity("oneedge.flow.reading");
        activity?.SetTag("oneedge.flow.services", orders.Count);
        long began = engine.Time.GetTimestamp();
        machines.BeginReading();
        networks.BeginReading();
        try
        {
            await ReadAsync(orders).ConfigureAwait(false);
            TimeSpan took = engine.Time.GetElapsedTime(began);
            FlowTelemetry.ReadingDuration.Record(took.TotalSeconds);
            Rest(took);
            return true;
        }
        catch (Exception error) when (!engine.Stopping.IsCancellationRequested)
        {
            FlowLog.ReadingFailed(engine.Logger, orders.Count, error);
            lock (_gate)
            {
                foreach ((int service, int number) in orders) _orders[service] = Math.Max(number, _orders.GetValueOrDefault(service));
            }

            return false;
        }
        finally
        {
            machines.EndReading();
            networks.EndReading();
        }
    }

    // One that took unusually long says that the cloud was busy, not that it is large.
    private void Rest(TimeSpan took)
    {
        _usual = _usual == TimeSpan.Zero ? took : ((_usual * 3) + took) / 4;
        TimeSpan cost = took < _usual ? took : _usual;
        (_ended, _rest) = (engine.Time.GetTimestamp(), TimeSpan.FromTicks(Math.Min(cost.Ticks * RestPerReading, engine.Options.ResyncInterval.Ticks / 2)));
    }

    private async Task ReadAsync(Dictionary<int, int> orders)
    {
        Service[] services = [.. orders.Keys.Select(hosting.Find).OfType<Service>()];
        CloudView seen = await CloudView.ReadAsync(engine, services).ConfigureAwait(false);
        foreach (Service service in services)
        {
            // The virtual machines that it has by now: one that was created after the reading began is read by itself.
            if (hosting.Find(service.Id) is not { } current) continue;
            ImmutableArray<VmObservation> vms = await MachinesAsync(current, seen).ConfigureAwait(false);
            ImmutableArray<NetworkObservation> owned = await NetworksAsync(current, seen).ConfigureAwait(false);
            HandOver(current, orders[current.Id], vms, owned);
        }
    }

    private void HandOver(Service service, int number, ImmutableArray<VmObservation> vms, ImmutableArray<NetworkObservation> owned)
    {
        HashSet<int> known = [.. service.Roles.SelectMany(r => r.Nodes).Select(n => n.VmId)];
        foreach (NetworkObservation network in owned)
        {
            if (network.Condition != NetworkCondition.Gone) networks.Register(network.NetworkId, service.Id);
        }

        // What happened to one meanwhile is newer than what was read, and was told. One whose id was not known was told nothing.
        HashSet<int> knownNetworks = [.. service.Networks.Select(n => n.NetworkId).OfType<int>()];
        owned = owned.RemoveAll(n => knownNetworks.Contains(n.NetworkId) && networks.ToldOf(n.NetworkId) == Told.Meanwhile);
        for (int i = 0; i < owned.Length; i++)
        {
            if (networks.ToldOf(owned[i].NetworkId) == Told.Ended) owned = owned.SetItem(i, owned[i] with { Condition = NetworkCondition.Gone });
        }

        machines.HandOver(service.Id, () =>
        {
            ImmutableArray<VmObservation> left = Current(vms, known);
            bool mayBeOld = left.Any(vm => machines.ToldOf(vm.VmId) == Told.JustBefore) || owned.Any(n => networks.ToldOf(n.NetworkId) == Told.JustBefore);
            if (mayBeOld) unsure.Add(service.Id);
            return (new Synchronized(number, left, owned), left.Where(vm => vm.State != VmState.Done).Select(vm => vm.VmId));
        });
    }

    // What ended is gone, whatever was read of it.
    private ImmutableArray<VmObservation> Current(ImmutableArray<VmObservation> vms, HashSet<int> known)
    {
        var current = ImmutableArray.CreateBuilder<VmObservation>(vms.Length);
        foreach (VmObservation vm in vms)
        {
            Told told = machines.ToldOf(vm.VmId);
            if (told == Told.Ended) current.Add(Gone(vm.VmId));
            else if (told != Told.Meanwhile || !known.Contains(vm.VmId)) current.Add(vm);
        }

        return current.DrainToImmutable();
    }

    private static VmObservation Gone(int id) => new(id, VmState.Done, LcmState.LcmInit);

    private async Task<ImmutableArray<VmObservation>> MachinesAsync(Service service, CloudView seen)
    {
        var result = ImmutableArray.CreateBuilder<VmObservation>();
        HashSet<int> known = [];
        foreach (int id in service.Roles.SelectMany(r => r.Nodes).Concat(service.Strays).Select(n => n.VmId))
        {
            if (!known.Add(id)) continue;
            if (seen.Machines.TryGetValue(id, out VmObservation? vm)) result.Add(vm);
            else if (await FindAsync(service, id).ConfigureAwait(false) is { } found) result.Add(found);
        }

        // Whoever may change a virtual machine may write any number there; only the owner's own count.
        foreach (VmObservation vm in seen.Claiming[service.Id])
        {
            if (vm.Info!.UserId == service.Owner.UserId && known.Add(vm.VmId)) result.Add(vm);
        }

        return result.DrainToImmutable();
    }

    // One that is not in the pool. What happened to it since the reading began was told.
    private Task<VmObservation?> FindAsync(Service service, int id) => machines.ToldOf(id) switch
    {
        Told.Ended => Task.FromResult<VmObservation?>(Gone(id)),
        Told.Meanwhile => Task.FromResult<VmObservation?>(null),
        _ => ReadAsync(service, id),
    };

    private async Task<VmObservation?> ReadAsync(Service service, int id)
    {
        try
        {
            return CloudView.Observed(await engine.Client.VirtualMachines.GetAsync(id, cancellationToken: engine.Stopping).ConfigureAwait(false));
        }
        catch (OpenNebulaCallException error) when (error.Kind == OpenNebulaErrorKind.NoExists)
        {
            return Gone(id);
        }
        catch (OpenNebulaException error)
        {
            FlowLog.VmUnreadable(engine.Logger, service.Id, id, error);
            return null;
        }
    }

    private async Task<ImmutableArray<NetworkObservation>> NetworksAsync(Service service, CloudView seen)
    {
        if (service.Networks.IsEmpty) return [];
        var result = ImmutableArray.CreateBuilder<NetworkObservation>();
        foreach (ServiceNetwork network in service.Networks.Where(n => n.IsOwned))
        {
            if (seen.FindNetwork(service, network) is { } found)
                result.Add(new NetworkObservation(network.Name, found.Id, NetworkStates.ConditionOf(found.State)));
            else if (network.NetworkId is { } missing && await ConditionAsync(missing).ConfigureAwait(false) is { } condition)
                result.Add(new NetworkObservation(network.Name, missing, condition));
        }

        return result.DrainToImmutable();
    }

    private async Task<NetworkCondition?> ConditionAsync(int id)
    {
        try
        {
            VirtualNetwork network = await engine.Client.VirtualNetworks.GetAsync(id, cancellationToken: engine.Stopping).ConfigureAwait(false);
            return NetworkStates.ConditionOf(network.State);
        }
        catch (OpenNebulaCallException error) when (error.Kind == OpenNebulaErrorKind.NoExists)
        {
            return NetworkCondition.Gone;
        }
        catch (OpenNebulaException)
        {
            // Nothing is known of it.
            return null;
        }
    }
}

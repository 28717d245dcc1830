using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>
/// Reads virtual machines and networks of services. One reading is under way at a time, for all services that asked for one before it began; who asks during
/// it is in the next one.
/// </summary>
internal sealed class CloudReader(EngineContext engine, IServiceHosting hosting, RouteTable machines, RouteTable networks)
{
    // Of a few owners the machines are read by owner, of more all at once.
    private const int FewOwners = 4;

    private readonly Lock _gate = new();
    private Dictionary<int, int> _orders = [];
    private bool _isRunning;

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
                if (engine.Options.ReadingDelay > TimeSpan.Zero)
                    await Task.Delay(engine.Options.ReadingDelay, engine.Time, engine.Stopping).ConfigureAwait(false);
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
            FlowTelemetry.ReadingDuration.Record(engine.Time.GetElapsedTime(began).TotalSeconds);
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

    private async Task ReadAsync(Dictionary<int, int> orders)
    {
        Service[] services = [.. orders.Keys.Select(hosting.Find).OfType<Service>()];
        Dictionary<int, VirtualMachine> seen = [];
        foreach (PoolFilter filter in Filters(services))
        {
            var query = new VmQuery { Filter = filter, IsExtended = true };
            await foreach (VirtualMachine vm in engine.Client.VirtualMachines.ListAsync(query, engine.Stopping).ConfigureAwait(false)) seen[vm.Id] = vm;
        }

        ILookup<int, VirtualMachine> byService = seen.Values.Where(vm => ServiceOf(vm) is not null).ToLookup(vm => ServiceOf(vm)!.Value);
        List<VirtualNetwork> allNetworks = [];
        if (services.Any(s => s.Networks.Any(n => n.IsOwned)))
        {
            await foreach (VirtualNetwork network in engine.Client.VirtualNetworks.ListAsync(cancellationToken: engine.Stopping).ConfigureAwait(false))
                allNetworks.Add(network);
        }

        foreach (Service service in services)
        {
            // The virtual machines that it has by now: one that was created after the reading began is read by itself.
            if (hosting.Find(service.Id) is not { } current) continue;
            ImmutableArray<VmObservation> vms = await MachinesAsync(current, seen, byService[current.Id]).ConfigureAwait(false);
            ImmutableArray<NetworkObservation> owned = await NetworksAsync(current, allNetworks).ConfigureAwait(false);
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
        owned = owned.RemoveAll(n => knownNetworks.Contains(n.NetworkId) && networks.HasChanged(n.NetworkId));
        machines.HandOver(service.Id, hasChanged =>
        {
            ImmutableArray<VmObservation> left = vms.RemoveAll(vm => known.Contains(vm.VmId) && hasChanged(vm.VmId));
            return (new Synchronized(number, left, owned), left.Where(vm => vm.State != VmState.Done).Select(vm => vm.VmId));
        });
    }

    private static IEnumerable<PoolFilter> Filters(Service[] services)
    {
        int[] owners = [.. services.Select(s => s.Owner.UserId).Distinct().Take(FewOwners + 1)];
        return owners.Length > FewOwners ? [PoolFilter.All] : owners.Select(PoolFilter.User);
    }

    private static int? ServiceOf(VirtualMachine vm) =>
        int.TryParse(vm.UserTemplate.Get("SERVICE_ID"), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : null;

    private async Task<ImmutableArray<VmObservation>> MachinesAsync(Service service, Dictionary<int, VirtualMachine> seen, IEnumerable<VirtualMachine> claiming)
    {
        var result = ImmutableArray.CreateBuilder<VmObservation>();
        HashSet<int> known = [];
        foreach (int id in service.Roles.SelectMany(r => r.Nodes).Concat(service.Strays).Select(n => n.VmId))
        {
            if (!known.Add(id)) continue;
            if (seen.TryGetValue(id, out VirtualMachine? vm)) result.Add(Observed(vm));
            else if (await ReadAsync(service, id).ConfigureAwait(false) is { } observation) result.Add(observation);
        }

        // Whoever may change a virtual machine may write any number there; only the owner's own count.
        foreach (VirtualMachine vm in claiming)
        {
            if (vm.OwnerId == service.Owner.UserId && known.Add(vm.Id)) result.Add(Observed(vm));
        }

        return result.DrainToImmutable();
    }

    private async Task<VmObservation?> ReadAsync(Service service, int id)
    {
        try
        {
            return Observed(await engine.Client.VirtualMachines.GetAsync(id, cancellationToken: engine.Stopping).ConfigureAwait(false));
        }
        catch (OpenNebulaCallException error) when (error.Kind == OpenNebulaErrorKind.NoExists)
        {
            return new VmObservation(id, VmState.Done, LcmState.LcmInit);
        }
        catch (OpenNebulaException error)
        {
            FlowLog.VmUnreadable(engine.Logger, service.Id, id, error);
            return null;
        }
    }

    private static VmObservation Observed(VirtualMachine vm) => new(vm.Id, vm.State, vm.LcmState, VmReadiness.IsReady(vm))
    {
        RoleName = vm.UserTemplate.Get("ROLE_NAME"),
        Info = new RoleNodeInfo(vm.OwnerId, vm.GroupId, vm.OwnerName, vm.GroupName, vm.Name),
    };

    private async Task<ImmutableArray<NetworkObservation>> NetworksAsync(Service service, List<VirtualNetwork> all)
    {
        var result = ImmutableArray.CreateBuilder<NetworkObservation>();
        foreach (ServiceNetwork network in service.Networks.Where(n => n.IsOwned))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{network.Name}-{service.Id}");
            VirtualNetwork? found = network.NetworkId is { } id
                ? all.Find(n => n.Id == id)
                : all.Find(n => n.Name == name && n.OwnerId == service.Owner.UserId);
            if (found is not null) result.Add(new NetworkObservation(network.Name, found.Id, NetworkStates.ConditionOf(found.State)));
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

using System.Globalization;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>What one reading of the cloud says of some services. Of machines only what matters is kept: a cloud has many, and each is large.</summary>
internal sealed class CloudView
{
    // Of a few owners the machines are read by owner, of more all at once.
    private const int FewOwners = 4;

    private readonly HashSet<int> _services;
    private readonly HashSet<int> _known;
    private readonly List<(int Service, VmObservation Vm)> _claiming = [];
    private readonly Dictionary<int, VirtualNetwork> _networks = [];
    private readonly Dictionary<(string Name, int Owner), VirtualNetwork> _networkNames = [];

    private CloudView(Service[] services)
    {
        _services = [.. services.Select(s => s.Id)];
        _known = [.. services.SelectMany(s => s.Roles.SelectMany(r => r.Nodes).Concat(s.Strays)).Select(n => n.VmId)];
    }

    /// <summary>The virtual machines of the services, and those that say they are of one, by id.</summary>
    public Dictionary<int, VmObservation> Machines { get; } = [];

    /// <summary>The virtual machines that say they are of a service, whoever owns them.</summary>
    public ILookup<int, VmObservation> Claiming { get; private set; } = null!;

    public static async Task<CloudView> ReadAsync(EngineContext engine, Service[] services)
    {
        var view = new CloudView(services);
        foreach (PoolFilter filter in Filters(services))
        {
            var query = new VmQuery { Filter = filter, IsExtended = true };
            await foreach (VirtualMachine vm in engine.Client.VirtualMachines.ListAsync(query, engine.Stopping).ConfigureAwait(false)) view.Add(vm);
        }

        view.Claiming = view._claiming.ToLookup(c => c.Service, c => c.Vm);
        if (!services.Any(s => s.Networks.Any(n => n.IsOwned))) return view;
        await foreach (VirtualNetwork network in engine.Client.VirtualNetworks.ListAsync(cancellationToken: engine.Stopping).ConfigureAwait(false))
        {
            view._networks[network.Id] = network;
            view._networkNames.TryAdd((network.Name, network.OwnerId), network);
        }

        return view;
    }

    public static VmObservation Observed(VirtualMachine vm) => new(vm.Id, vm.State, vm.LcmState, VmReadiness.IsReady(vm))
    {
        RoleName = vm.UserTemplate.Get("ROLE_NAME"),
        Info = new RoleNodeInfo(vm.OwnerId, vm.GroupId, vm.OwnerName, vm.GroupName, vm.Name),
    };

    /// <summary>A network that a service made, or that looks like it when it does not know its id.</summary>
    public VirtualNetwork? FindNetwork(Service service, ServiceNetwork network) => network.NetworkId is { } id
        ? _networks.GetValueOrDefault(id)
        : _networkNames.GetValueOrDefault((string.Create(CultureInfo.InvariantCulture, $"{network.Name}-{service.Id}"), service.Owner.UserId));

    private static IEnumerable<PoolFilter> Filters(Service[] services)
    {
        int[] owners = [.. services.Select(s => s.Owner.UserId).Distinct().Take(FewOwners + 1)];
        return owners.Length > FewOwners ? [PoolFilter.All] : owners.Select(PoolFilter.User);
    }

    private static int? ServiceOf(VirtualMachine vm) =>
        int.TryParse(vm.UserTemplate.Get("SERVICE_ID"), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : null;

    private void Add(VirtualMachine vm)
    {
        int? claimed = ServiceOf(vm) is { } service && _services.Contains(service) ? service : null;
        if (claimed is null && !_known.Contains(vm.Id)) return;
        VmObservation observation = Observed(vm);
        Machines[vm.Id] = observation;
        if (claimed is { } id) _claiming.Add((id, observation));
    }
}

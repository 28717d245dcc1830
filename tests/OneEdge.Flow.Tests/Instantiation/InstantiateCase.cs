using System.Collections.Immutable;
using System.Text.Json;
using OneEdge.Flow.Instantiation;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Instantiation;

/// <summary>A recorded instantiation, done again: the service, its networks and its virtual machines as the recording made them.</summary>
internal sealed class InstantiateCase
{
    private const int ServiceId = 7;
    private const int FirstVm = 41;
    private const int FirstNetwork = 101;

    /// <summary>The template of the virtual machines in the recordings.</summary>
    private static readonly StoredTemplate VmTemplate =
        StoredTemplate.Parse("NIC = [ NETWORK = \"base\" ]\nNIC = [ NETWORK_ID = \"9\" ]\nMEMORY = \"512\"\nCONTEXT = [ A = \"1\" ]");

    public required string Id { get; init; }

    public required JsonElement Json { get; init; }

    public static DateTimeOffset Now { get; } = new(2021, 6, 7, 12, 0, 0, TimeSpan.Zero);

    public static IEnumerable<InstantiateCase> All() =>
        ConformanceData.Cases("flow", "instantiate.jsonl").Select(json => new InstantiateCase { Json = json, Id = json.GetProperty("id").GetString()! });

    public override string ToString() => Id;

    public Service Create() => ServiceInstantiation.Create(
        Json.GetProperty("template"), Json.GetProperty("merge_template"), Documents.TestDocuments.Alice, ServiceId, Now);

    /// <summary>Makes the networks and says what was asked for.</summary>
    public static (Service Service, List<NetworkOrder> Orders) MakeNetworks(Service service)
    {
        List<NetworkOrder> orders = [];
        int next = FirstNetwork;
        ImmutableArray<ServiceNetwork> networks =
        [
            .. service.Networks.Select(network =>
            {
                if (NetworkOrder.Compose(service.Id, network) is not { } order) return network;
                orders.Add(order);
                return network with { NetworkId = next++ };
            }),
        ];
        return (ServiceInstantiation.PutNetworks(service with { Networks = networks }), orders);
    }

    /// <summary>Makes the virtual machines, role by role.</summary>
    public static (Service Service, List<VmOrder> Orders) MakeVms(Service service)
    {
        List<VmOrder> orders = [];
        int next = FirstVm;
        for (int i = 0; i < service.Roles.Length; i++)
        {
            while (service.Roles[i].Nodes.Length < service.Roles[i].Cardinality)
            {
                Role role = service.Roles[i];
                orders.Add(ServiceInstantiation.Compose(service, role.Name, role.NextVmNumber).Fill(Attribute).WithAppended(VmTemplate));
                RoleNode node = new() { VmId = next, Info = new(2, 100, "alice", "users", $"vm{next}") };
                next++;
                service = service with { Roles = service.Roles.SetItem(i, role with { Nodes = role.Nodes.Add(node), NextVmNumber = role.NextVmNumber + 1 }) };
            }
        }

        return (service, orders);
    }

    // The virtual machines of the recordings.
    private static string? Attribute(int id, string path) => path switch
    {
        "NAME" => $"vm{id}",
        "TEMPLATE/NIC/IP" or "NIC/IP" or "IP" => $"10.0.0.{id}",
        "TOKEN" or "USER_TEMPLATE/TOKEN" or "TEMPLATE/TOKEN" => $"tok{id}",
        "TEMPLATE/MEMORY" or "MEMORY" => "512",
        _ => null,
    };
}

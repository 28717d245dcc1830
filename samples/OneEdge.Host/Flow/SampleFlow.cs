using OneEdge.OpenNebula;

namespace OneEdge.Host.Flow;

/// <summary>The cloud of <c>flow serve --embedded</c>: hosts with room, a network, and a template to make services of.</summary>
internal static class SampleFlow
{
    public const string User = "oneadmin";

    // A cloud that ends with its process, and that nobody else reaches, keeps no secret.
    public const string Password = "opennebula";

    private const string Template = """
        {
          "name": "web", "deployment": "straight", "description": "A database, web servers in front of it, and workers",
          "registration_time": 1000000000,
          "roles": [
            {"name": "db", "cardinality": 1, "vm_template": 0, "min_vms": 1, "max_vms": 1},
            {"name": "web", "cardinality": 2, "vm_template": 0, "parents": ["db"], "min_vms": 1, "max_vms": 8, "cooldown": 10},
            {"name": "worker", "cardinality": 1, "vm_template": 0, "parents": ["db"], "min_vms": 0, "max_vms": 16, "cooldown": 10}
          ]
        }
        """;

    public static async Task<EmbeddedCloud> CreateAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var cloud = new EmbeddedCloud(new EmbeddedCloudOptions
        {
            Hosts = 4,
            HostCpus = 64,
            HostMemory = 262_144,
            OneadminPassword = Password,
            TimeProvider = time,
            Delays = new EmbeddedCloudDelays { Storage = TimeSpan.FromSeconds(1), Hypervisor = TimeSpan.FromSeconds(2) },
        });
        try
        {
            var one = new OpenNebulaClient(cloud.Rpc, time: time);
            await one.Templates.CreateAsync("NAME = small\nCPU = 0.5\nMEMORY = 512\n", cancellationToken);
            var store = new OpenNebulaDocumentStore(cloud.Rpc, "sample", new OpenNebulaDocumentStoreOptions { TimeProvider = time });
            string stamped = Template.Replace("1000000000", $"{time.GetUtcNow().ToUnixTimeSeconds()}", StringComparison.Ordinal);
            byte[] template = OneEdge.Flow.ServiceTemplate.Parse(stamped).Body.ToArray();
            await store.CreateAsync(DocumentType.ServiceTemplate, "web", template, cancellationToken);
            return cloud;
        }
        catch
        {
            cloud.Dispose();
            throw;
        }
    }
}

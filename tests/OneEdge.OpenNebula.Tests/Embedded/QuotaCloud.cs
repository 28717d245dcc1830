using System.Xml.Linq;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>A cloud with a user in a group of their own, who may make machines and images, and their quotas.</summary>
internal sealed class QuotaCloud : IDisposable
{
    private QuotaCloud(EmbeddedCloud cloud, int user, int group, IOpenNebulaRpc own) => (Cloud, User, Group, Own) = (cloud, user, group, own);

    public EmbeddedCloud Cloud { get; }

    public IOpenNebulaRpc Admin => Cloud.Rpc;

    public int User { get; }

    public int Group { get; }

    /// <summary>The cloud in the hands of the user.</summary>
    public IOpenNebulaRpc Own { get; }

    public static async Task<QuotaCloud> CreateAsync(EmbeddedCloudOptions? options = null)
    {
        var cloud = new EmbeddedCloud(options);
        int group = await cloud.Rpc.IdAsync("one.group.allocate", "limited");
        int user = await cloud.Rpc.IdAsync("one.user.allocate", "u", "upass", "core", RpcValue.Array(group, 1));
        return new QuotaCloud(cloud, user, group, cloud.Connect("u", "upass"));
    }

    public void Dispose() => Cloud.Dispose();

    /// <summary>A held machine of the user, of 0.25 processors and 64 MiB.</summary>
    public Task<int> MachineAsync(string more = "") => Own.IdAsync("one.vm.allocate", $"CPU=0.25\nMEMORY=64\n{more}", true);

    public Task DeployAsync(int vm) => Admin.CallAsync("one.vm.deploy", vm, 0, false, 0);

    public Task LimitUserAsync(string limits) => Admin.CallAsync("one.user.quota", User, limits);

    public Task LimitGroupAsync(string limits) => Admin.CallAsync("one.group.quota", Group, limits);

    /// <summary>What is used of a kind by the user; the group has to use as much.</summary>
    /// <returns>The values of some names, separated by blanks; nothing when there is no such quota.</returns>
    public async Task<string> UsedAsync(string kind, int? id, params string[] metrics)
    {
        string user = Used(await Admin.XmlAsync("one.user.info", User), kind, id, metrics);
        Assert.Equal(user, Used(await Admin.XmlAsync("one.group.info", Group), kind, id, metrics));
        return user;
    }

    /// <summary>Numbers of machines, processors and memory of the user: all, and those that run.</summary>
    public Task<string> MachinesAsync() => UsedAsync("VM", null, "VMS", "CPU", "MEMORY", "RUNNING_VMS", "RUNNING_CPU", "RUNNING_MEMORY");

    public static string Used(XElement owner, string kind, int? id, params string[] metrics)
    {
        XElement? quota = owner.Element($"{kind}_QUOTA")!.Elements(kind).SingleOrDefault(q => id is null || q.Number("ID") == id);
        return quota is null ? "" : string.Join(' ', metrics.Select(m => quota.Value($"{m}_USED")));
    }
}

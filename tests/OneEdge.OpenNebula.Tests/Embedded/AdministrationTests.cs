using System.Xml.Linq;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>Users, groups, rights, hosts and clusters.</summary>
public sealed class AdministrationTests : IDisposable
{
    private readonly EmbeddedCloud _cloud = new(new EmbeddedCloudOptions { Hosts = 1 });

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Password_token_driver_and_disabling_decide_who_gets_in()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        string token = (await alice.CallAsync("one.user.login", "alice", "", 3600, -1)).AsString();
        Assert.Equal(64, token.Length);
        IOpenNebulaRpc byToken = _cloud.Connect("alice", token);
        Assert.Equal("alice", (await byToken.XmlAsync("one.user.info", -1)).Value("NAME"));
        await alice.CallAsync("one.user.login", "alice", token, 0, -1);
        await byToken.AssertRefusedAsync(256, "User couldn't be authenticated, aborting call.", "one.user.info", -1);
        await alice.AssertRefusedAsync(4096, $"Could not find token: {token}", "one.user.login", "alice", token, 0, -1);
        await alice.CallAsync("one.user.passwd", 2, "other");
        Assert.Equal(256, (await alice.RefusedAsync("one.user.info", -1)).ServerCode);
        IOpenNebulaRpc again = _cloud.Connect("alice", "other");
        await _cloud.Rpc.CallAsync("one.user.enable", 2, false);
        Assert.Equal(256, (await again.RefusedAsync("one.user.info", -1)).ServerCode);
        await _cloud.Rpc.CallAsync("one.user.enable", 2, true);
        await _cloud.Rpc.CallAsync("one.user.chauth", 2, "nodriver", "");
        Assert.Equal(256, (await again.RefusedAsync("one.user.info", -1)).ServerCode);
    }

    [Fact]
    public async Task Token_of_a_group_acts_in_that_group_and_tokens_end()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions { TimeProvider = time });
        IOpenNebulaRpc alice = await cloud.UserAsync("alice");
        await cloud.Rpc.CallAsync("one.group.allocate", "g");
        await cloud.Rpc.CallAsync("one.user.addgroup", 2, 100);
        string token = (await alice.CallAsync("one.user.login", "alice", "", 60, 100)).AsString();
        IOpenNebulaRpc scoped = cloud.Connect("alice", token);
        await cloud.Rpc.CallAsync("one.acl.addrule", "200000064", "400400000000", "8", "400000000");
        int id = await scoped.IdAsync("one.document.allocate", "NAME=d", 100);
        Assert.Equal("g", (await alice.XmlAsync("one.document.info", id)).Value("GNAME"));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(256, (await scoped.RefusedAsync("one.document.info", id)).ServerCode);
    }

    [Theory]
    [InlineData("alice", "p", "NAME is already taken by USER 2.")]
    [InlineData("bad:name", "p", "Invalid NAME, char ':' is not allowed.")]
    [InlineData("", "p", "Invalid NAME, it cannot be empty.")]
    [InlineData("bob", "", "Invalid password, it cannot be empty.")]
    [InlineData("bob", "a b", "Invalid password, char ' ' is not allowed.")]
    public async Task User_that_cannot_be_is_refused_and_is_not_there(string name, string password, string problem)
    {
        await _cloud.UserAsync("alice");
        string before = (await _cloud.Rpc.CallAsync("one.userpool.info")).AsString();
        await _cloud.Rpc.AssertRefusedAsync(8192, problem, "one.user.allocate", name, password, "core", RpcValue.Array());
        Assert.Equal(before, (await _cloud.Rpc.CallAsync("one.userpool.info")).AsString());
    }

    [Fact]
    public async Task Plain_user_sees_itself_and_its_group_and_creates_no_user()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        await _cloud.UserAsync("bob");
        Assert.Equal(["alice"], (await alice.XmlAsync("one.userpool.info")).Elements("USER").Select(u => u.Value("NAME")));
        Assert.Equal(["users"], (await alice.XmlAsync("one.grouppool.info")).Elements("GROUP").Select(u => u.Value("NAME")));
        await alice.AssertRefusedAsync(512, "User [2] : Not authorized to perform USE USER [0].", "one.user.info", 0);
        await alice.AssertRefusedAsync(512, "User [2] : Not authorized to perform CREATE USER.", "one.user.allocate", "x", "y", "core", RpcValue.Array());
        await alice.AssertRefusedAsync(512, "User [2] : Not authorized to perform MANAGE USER [3].", "one.user.passwd", 3, "x");
        await alice.AssertRefusedAsync(
            512, "User [2] : Not authorized to perform CREATE HOST; Not authorized to perform ADMIN CLUSTER [0].",
            "one.host.allocate", "h", "dummy", "dummy", -1);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot delete user. oneadmin cannot be deleted.", "one.user.delete", 0);
    }

    [Fact]
    public async Task Access_rule_gives_a_right_and_takes_it_back()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        int document = await _cloud.Rpc.IdAsync("one.document.allocate", "NAME=d", 100);
        int rule = await _cloud.Rpc.IdAsync("one.acl.addrule", "100000002", "400100000000", "1", "400000000");
        Assert.Equal("d", (await alice.XmlAsync("one.document.info", document)).Value("NAME"));
        XElement shown = (await _cloud.Rpc.XmlAsync("one.acl.info")).Elements().Single(a => a.Number("ID") == rule);
        Assert.Equal($"#2 DOCUMENT/#{document} USE *", shown.Value("STRING"));
        await _cloud.Rpc.CallAsync("one.acl.delrule", rule);
        Assert.Equal(512, (await alice.RefusedAsync("one.document.info", document)).ServerCode);
        Assert.Equal(512, (await alice.RefusedAsync("one.acl.addrule", "100000002", "400400000000", "1", "400000000")).ServerCode);
        Assert.Equal(8192, (await _cloud.Rpc.RefusedAsync("one.acl.addrule", "zzz", "zzz", "zzz", "zzz")).ServerCode);
    }

    [Fact]
    public async Task Group_has_members_administrators_and_an_end()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        int group = await _cloud.Rpc.IdAsync("one.group.allocate", "g");
        await _cloud.Rpc.AssertRefusedAsync(8192, $"Cannot edit group. User 2 is not part of Group {group}.", "one.group.addadmin", group, 2);
        await _cloud.Rpc.CallAsync("one.user.addgroup", 2, group);
        await _cloud.Rpc.AssertRefusedAsync(2048, "User is already in this group", "one.user.addgroup", 2, group);
        await _cloud.Rpc.CallAsync("one.group.addadmin", group, 2);
        Assert.Equal("2", (await alice.XmlAsync("one.group.info", group)).Value("ADMINS/ID"));
        await _cloud.Rpc.AssertRefusedAsync(2048, $"Cannot delete group. Group {group} is not empty.", "one.group.delete", group);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot remove user from the primary group", "one.user.delgroup", 2, 1);
        await _cloud.Rpc.CallAsync("one.user.delgroup", 2, group);
        await _cloud.Rpc.CallAsync("one.group.delete", group);
        await _cloud.Rpc.AssertRefusedAsync(1024, $"Error getting group [{group}].", "one.group.info", group);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot delete group. System Groups (ID < 100) cannot be deleted.", "one.group.delete", 1);
    }

    [Fact]
    public async Task Host_goes_through_its_states_and_machines_keep_it()
    {
        List<string> seen = [];
        using IDisposable listener = _cloud.Listen(m => seen.Add(m.Topic));
        int id = await _cloud.Rpc.IdAsync("one.host.allocate", "edge", "dummy", "dummy", -1);
        foreach (int status in (int[])[1, 2, 0]) await _cloud.Rpc.CallAsync("one.host.status", id, status);
        Assert.Equal(
            [
                $"EVENT HOST {id}/INIT/ ", $"EVENT STATE HOST/INIT//{id} ", "EVENT API one.host.allocate 1",
                $"EVENT HOST {id}/MONITORED/ ", $"EVENT STATE HOST/MONITORED//{id} ",
                $"EVENT HOST {id}/DISABLED/ ", $"EVENT STATE HOST/DISABLED//{id} ", "EVENT API one.host.status 1",
                $"EVENT HOST {id}/OFFLINE/ ", $"EVENT STATE HOST/OFFLINE//{id} ", "EVENT API one.host.status 1",
                $"EVENT HOST {id}/INIT/ ", $"EVENT STATE HOST/INIT//{id} ", "EVENT API one.host.status 1",
                $"EVENT HOST {id}/MONITORED/ ", $"EVENT STATE HOST/MONITORED//{id} ",
            ],
            seen);
        await _cloud.Rpc.AssertRefusedAsync(8192, "Wrong status code", "one.host.status", id, 9);
        int vm = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=1", true);
        await _cloud.Rpc.CallAsync("one.vm.deploy", vm, id, false, -1, "");
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot delete host. Can not remove a host with running VMs", "one.host.delete", id);
        await _cloud.Rpc.CallAsync("one.vm.recover", vm, 3);
        await _cloud.Rpc.CallAsync("one.host.delete", id);
        Assert.Equal(["host0"], (await _cloud.Rpc.XmlAsync("one.hostpool.info")).Elements().Select(h => h.Value("NAME")));
    }

    [Fact]
    public async Task Cluster_takes_hosts_over_and_is_not_deleted_with_them()
    {
        int cluster = await _cloud.Rpc.IdAsync("one.cluster.allocate", "edge");
        await _cloud.Rpc.CallAsync("one.cluster.addhost", cluster, 0);
        Assert.Equal("edge", (await _cloud.Rpc.XmlAsync("one.host.info", 0)).Value("CLUSTER"));
        Assert.Empty((await _cloud.Rpc.XmlAsync("one.cluster.info", 0)).Element("HOSTS")!.Elements());
        await _cloud.Rpc.AssertRefusedAsync(
            2048, $"Cannot delete cluster. Cluster {cluster} is not empty, it contains 1 hosts.", "one.cluster.delete", cluster);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot delete cluster. System Clusters (ID < 100) cannot be deleted.", "one.cluster.delete", 0);
        await _cloud.Rpc.CallAsync("one.cluster.delhost", cluster, 0);
        await _cloud.Rpc.CallAsync("one.cluster.delete", cluster);
    }
}

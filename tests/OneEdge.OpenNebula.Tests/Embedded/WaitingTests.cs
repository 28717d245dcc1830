using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>Machines that wait: for their images, and for a host that their group allows.</summary>
public sealed class WaitingTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly EmbeddedCloud _cloud;

    public WaitingTests() => _cloud = new EmbeddedCloud(new EmbeddedCloudOptions
    {
        TimeProvider = _time,
        Hosts = 3,
        Delays = new EmbeddedCloudDelays { Image = TimeSpan.FromSeconds(5) },
    });

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Machine_of_an_image_that_is_being_made_waits_for_it()
    {
        await _cloud.Rpc.CallAsync("one.image.allocate", "NAME=os\nPATH=/os", 1);
        int id = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=64\nDISK=[IMAGE=os]", false);
        int held = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=64\nDISK=[IMAGE=os]", true);
        XElement vm = await VmAsync(id);
        Assert.Equal(("10", "YES", ""), (vm.Value("STATE"), vm.Value("TEMPLATE/DISK/CLONING"), vm.Value("TEMPLATE/DISK/SOURCE")));
        await _cloud.Rpc.AssertRefusedAsync(2048, "Deploy action is not available for state CLONING", "one.vm.deploy", id, 0, false, -1);
        _time.Advance(TimeSpan.FromSeconds(5));
        vm = await VmAsync(id);
        Assert.Equal(("3", "3", "dummy_path"), (vm.Value("STATE"), vm.Value("LCM_STATE"), vm.Value("TEMPLATE/DISK/SOURCE")));
        Assert.Null(vm.Element("TEMPLATE")!.Element("DISK")!.Element("CLONING"));
        Assert.Equal("2", (await VmAsync(held)).Value("STATE"));
    }

    [Fact]
    public async Task Machine_of_an_image_that_fails_goes_on_when_the_image_is_enabled()
    {
        using (_cloud.Script.Fail(EmbeddedWork.ImageCreate))
        {
            await _cloud.Rpc.CallAsync("one.image.allocate", "NAME=os\nPATH=/os", 1);
            int early = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=64\nDISK=[IMAGE=os]", false);
            _time.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal("11", (await VmAsync(early)).Value("STATE"));
            await _cloud.Rpc.CallAsync("one.vm.recover", early, 1);
            Assert.Equal("11", (await VmAsync(early)).Value("STATE"));
        }

        await _cloud.Rpc.CallAsync("one.image.enable", 0, true);
        Assert.Equal("3", (await VmAsync(0)).Value("STATE"));
        await _cloud.Rpc.CallAsync("one.image.allocate", "NAME=other\nPATH=/os", 1);
        int id = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=64\nDISK=[IMAGE=other]", false);
        await _cloud.Rpc.CallAsync("one.vm.action", "terminate", id);
        Assert.Equal("6", (await VmAsync(id)).Value("STATE"));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(("6", "1"), ((await VmAsync(id)).Value("STATE"), (await _cloud.Rpc.XmlAsync("one.image.info", 1)).Value("STATE")));
    }

    [Fact]
    public async Task Affine_machines_share_a_host_that_has_room_for_all_and_others_are_apart()
    {
        int group = await _cloud.Rpc.IdAsync(
            "one.vmgroup.allocate", "NAME=g\nROLE=[NAME=near,POLICY=AFFINED]\nROLE=[NAME=far,POLICY=ANTI_AFFINED]\nANTI_AFFINED=\"near,far\"");
        int[] near = [await MemberAsync(group, "near"), await MemberAsync(group, "near"), await MemberAsync(group, "near")];
        int[] far = [await MemberAsync(group, "far"), await MemberAsync(group, "far"), await MemberAsync(group, "far")];
        string host = Assert.Single((await HostsAsync(near)).Distinct());
        string[] others = await HostsAsync(far[..2]);
        Assert.Equal(3, others.Append(host).Distinct().Count());
        XElement waiting = await VmAsync(far[2]);
        Assert.Equal("1", waiting.Value("STATE"));
        Assert.Contains("No host meets capacity and SCHED_REQUIREMENTS", waiting.Value("USER_TEMPLATE/SCHED_MESSAGE"), StringComparison.Ordinal);

        await _cloud.Rpc.CallAsync("one.vm.action", "terminate-hard", far[0]);
        Assert.Equal(others[0], Assert.Single(await HostsAsync([far[2]])));
        Assert.Equal($"{far[1]},{far[2]}", (await _cloud.Rpc.XmlAsync("one.vmgroup.info", group)).Element("ROLES")!.Elements("ROLE").Last().Value("VMS"));
    }

    [Fact]
    public async Task Roles_of_an_affine_rule_wait_for_room_on_their_host()
    {
        int group = await _cloud.Rpc.IdAsync("one.vmgroup.allocate", "NAME=g\nROLE=[NAME=a]\nROLE=[NAME=b]\nAFFINED=\"a,b\"");
        int first = await MemberAsync(group, "a", cpu: 5);
        int second = await MemberAsync(group, "b", cpu: 5);
        Assert.Equal(("3", "1"), ((await VmAsync(first)).Value("STATE"), (await VmAsync(second)).Value("STATE")));
        await _cloud.Rpc.CallAsync("one.vm.action", "terminate-hard", first);
        Assert.Equal("3", (await VmAsync(second)).Value("STATE"));
    }

    [Fact]
    public async Task Machines_of_a_role_are_on_its_hosts_and_not_on_those_to_avoid()
    {
        int group = await _cloud.Rpc.IdAsync(
            "one.vmgroup.allocate", "NAME=g\nROLE=[NAME=a,HOST_AFFINED=\"1,2\"]\nROLE=[NAME=b,HOST_ANTI_AFFINED=\"0,1\"]");
        int[] ids = [await MemberAsync(group, "a"), await MemberAsync(group, "a"), await MemberAsync(group, "b"), await MemberAsync(group, "b")];
        string[] hosts = await HostsAsync(ids);
        Assert.Equal(["1", "2"], hosts[..2].Order());
        Assert.Equal(["2", "2"], hosts[2..]);
    }

    private async Task<string[]> HostsAsync(int[] vms)
    {
        List<string> hosts = [];
        foreach (int vm in vms) hosts.Add((await VmAsync(vm)).Element("HISTORY_RECORDS")!.Elements("HISTORY").Last().Value("HID"));
        return [.. hosts];
    }

    private Task<int> MemberAsync(int group, string role, int cpu = 1) =>
        _cloud.Rpc.IdAsync("one.vm.allocate", $"CPU={cpu}\nMEMORY=64\nVMGROUP=[VMGROUP_ID={group},ROLE={role}]", false);

    private Task<XElement> VmAsync(int id) => _cloud.Rpc.XmlAsync("one.vm.info", id);
}

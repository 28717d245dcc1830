using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>Which hosts and datastores machines come to, when that is looked at again, and what room they hold.</summary>
public sealed class PlacementTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly EmbeddedCloud _cloud;

    public PlacementTests() => _cloud = new EmbeddedCloud(new EmbeddedCloudOptions
    {
        Hosts = 2,
        HostCpus = 4,
        HostMemory = 1024,
        TimeProvider = _time,
        Delays = new EmbeddedCloudDelays { Hypervisor = Minute },
    });

    public void Dispose() => _cloud.Dispose();

    [Theory]
    [InlineData("one.host.update", "RESERVED_MEM=\"524288\"", "524288", "400")]
    [InlineData("one.host.update", "RESERVED_CPU=\"50%\"", "1048576", "200")]
    [InlineData("one.host.update", "RESERVED_CPU=\"-400\"", "1048576", "800")]
    [InlineData("one.host.update", "RESERVED_CPU=\"NaN%\"\nRESERVED_MEM=\"1e300%\"", "-1152921504606846976", "0")]
    [InlineData("one.cluster.update", "RESERVED_MEM=\"50%\"", "524288", "400")]
    public async Task Room_of_a_host_is_what_is_not_reserved(string method, string reserved, string memory, string cpu)
    {
        await _cloud.Rpc.CallAsync(method, 0, reserved, 1);
        XElement share = (await _cloud.Rpc.XmlAsync("one.host.info", 0)).Element("HOST_SHARE")!;
        Assert.Equal((memory, cpu, "1048576", "400"), (share.Value("MAX_MEM"), share.Value("MAX_CPU"), share.Value("TOTAL_MEM"), share.Value("TOTAL_CPU")));
        int held = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=3\nMEMORY=1000", true);
        bool fits = long.Parse(memory, null) >= 1_024_000 && int.Parse(cpu, null) >= 300;
        if (fits) await _cloud.Rpc.CallAsync("one.vm.deploy", held, 0, true, -1, "");
        else Assert.Equal(2048, (await _cloud.Rpc.RefusedAsync("one.vm.deploy", held, 0, true, -1, "")).ServerCode);
    }

    [Fact]
    public async Task Machine_that_waits_is_looked_at_again_when_it_wants_less_or_may_go_to_more_hosts()
    {
        int large = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=5\nMEMORY=1", false);
        int choosy = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=1\nSCHED_REQUIREMENTS=\"RACK = 7\"", false);
        int other = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=1\nSCHED_REQUIREMENTS=\"RACK = 8\"", false);
        Assert.Equal(("1", "1", "1"), (await StateAsync(large), await StateAsync(choosy), await StateAsync(other)));
        await _cloud.Rpc.CallAsync("one.vm.resize", large, "CPU=1", true);
        await _cloud.Rpc.CallAsync("one.vm.update", choosy, "", 0);
        await _cloud.Rpc.CallAsync("one.host.update", 1, "RACK=8", 1);
        Assert.Equal(("3", "3", "3"), (await StateAsync(large), await StateAsync(choosy), await StateAsync(other)));
        Assert.Equal("1", (await _cloud.Rpc.XmlAsync("one.vm.info", other)).Value("HISTORY_RECORDS/HISTORY/HID"));
    }

    [Fact]
    public async Task Machine_that_waits_goes_to_a_host_that_comes_into_its_cluster()
    {
        int cluster = await _cloud.Rpc.IdAsync("one.cluster.allocate", "c");
        int vm = await _cloud.Rpc.IdAsync("one.vm.allocate", $"CPU=1\nMEMORY=1\nSCHED_REQUIREMENTS=\"CLUSTER_ID = {cluster}\"", false);
        Assert.Equal("1", await StateAsync(vm));
        await _cloud.Rpc.CallAsync("one.cluster.addhost", cluster, 1);
        Assert.Equal("3", await StateAsync(vm));
    }

    [Theory]
    [InlineData("ID = 0 | (")]
    [InlineData("\"ID = 0")]
    [InlineData("ID ~ 0")]
    public async Task Requirements_that_cannot_be_read_are_met_by_no_host(string requirements)
    {
        int vm = await _cloud.Rpc.IdAsync(
            "one.vm.allocate", $"<VM><CPU>1</CPU><MEMORY>1</MEMORY><SCHED_REQUIREMENTS><![CDATA[{requirements}]]></SCHED_REQUIREMENTS></VM>", false);
        XElement info = await _cloud.Rpc.XmlAsync("one.vm.info", vm);
        Assert.Equal("1", info.Value("STATE"));
        Assert.EndsWith(
            $"Error in SCHED_REQUIREMENTS: '{requirements}', error: syntax error", info.Value("USER_TEMPLATE/SCHED_MESSAGE"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Host_keeps_the_room_of_a_machine_until_it_has_moved(bool isLive)
    {
        int vm = await RunningAsync("CPU=3\nMEMORY=512", host: 0);
        await _cloud.Rpc.CallAsync("one.vm.migrate", vm, 1, isLive, false, -1, 0);
        Assert.Equal(("300", "300"), (await UsedAsync(0), await UsedAsync(1)));
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot delete host. Can not remove a host with running VMs", "one.host.delete", 0);
        Assert.Equal("1", await StateAsync(await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=3\nMEMORY=1", false)));
        _time.Advance(Minute);
        Assert.Equal(("300", "300"), (await UsedAsync(0), await UsedAsync(1)));
        Assert.Equal("0", (await _cloud.Rpc.XmlAsync("one.vm.info", vm + 1)).Value("HISTORY_RECORDS/HISTORY/HID"));
    }

    [Theory]
    [InlineData(true, EmbeddedWork.Migrate)]
    [InlineData(false, EmbeddedWork.Save)]
    public async Task Machine_that_could_not_move_is_where_it_was_and_holds_room_there_only(bool isLive, EmbeddedWork work)
    {
        int vm = await RunningAsync("CPU=3\nMEMORY=512", host: 0);
        _cloud.Script.Fail(work);
        await _cloud.Rpc.CallAsync("one.vm.migrate", vm, 1, isLive, false, -1, 0);
        _time.Advance(Minute);
        XElement info = await _cloud.Rpc.XmlAsync("one.vm.info", vm);
        Assert.Equal(("3", "0"), (info.Value("LCM_STATE"), info.Element("HISTORY_RECORDS")!.Elements().Last().Value("HID")));
        Assert.Equal(("300", "0"), (await UsedAsync(0), await UsedAsync(1)));
    }

    [Fact]
    public async Task Machine_that_is_deleted_while_it_moves_leaves_no_room_taken()
    {
        int vm = await RunningAsync("CPU=3\nMEMORY=512", host: 0);
        await _cloud.Rpc.CallAsync("one.vm.migrate", vm, 1, true, false, -1, 0);
        await _cloud.Rpc.CallAsync("one.vm.recover", vm, 3);
        Assert.Equal(("0", "0"), (await UsedAsync(0), await UsedAsync(1)));
    }

    [Fact]
    public async Task Move_to_another_datastore_of_the_same_host_takes_no_more_room()
    {
        int datastore = await _cloud.Rpc.IdAsync("one.datastore.allocate", "NAME=s\nTYPE=SYSTEM_DS\nTM_MAD=ssh", -1);
        int vm = await RunningAsync("CPU=3\nMEMORY=512", host: 0);
        await _cloud.Rpc.CallAsync("one.vm.migrate", vm, 0, false, true, datastore, 0);
        _time.Advance(Minute + Minute);
        XElement last = (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Element("HISTORY_RECORDS")!.Elements().Last();
        Assert.Equal(("0", $"{datastore}"), (last.Value("HID"), last.Value("DS_ID")));
        Assert.Equal("300", await UsedAsync(0));
        await _cloud.Rpc.CallAsync("one.vm.recover", vm, 5);
        Assert.Equal("0", await UsedAsync(0));
    }

    [Fact]
    public async Task Datastore_for_a_machine_has_to_be_there_to_be_one_of_machines_and_in_the_cluster_of_the_host()
    {
        int vm = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=1", true);
        await _cloud.Rpc.AssertRefusedAsync(1024, "Error getting datastore [77].", "one.vm.deploy", vm, 0, false, 77, "");
        await _cloud.Rpc.AssertRefusedAsync(1024, "Error getting datastore [-5].", "one.vm.deploy", vm, 0, false, -5, "");
        const string wrong = "Trying to use datastore [1] to deploy the VM, but it is not of type system datastore.";
        await _cloud.Rpc.AssertRefusedAsync(8192, wrong, "one.vm.deploy", vm, 0, false, 1, "");
        int cluster = await _cloud.Rpc.IdAsync("one.cluster.allocate", "c");
        await _cloud.Rpc.CallAsync("one.cluster.addhost", cluster, 1);
        await _cloud.Rpc.AssertRefusedAsync(
            2048, $"datastore [0] and host [1] are not in the same cluster [{cluster}].", "one.vm.deploy", vm, 1, false, 0, "");
        await _cloud.Rpc.AssertRefusedAsync(
            2048, $"cluster [{cluster}] does not have any datastore of type SYSTEM_DS.", "one.vm.deploy", vm, 1, false, -1, "");
        await _cloud.Rpc.CallAsync("one.vm.deploy", vm, 0, false, -1, "");
        _time.Advance(Minute);
        await _cloud.Rpc.AssertRefusedAsync(1024, "Error getting datastore [77].", "one.vm.migrate", vm, 0, false, false, 77, 0);
        await _cloud.Rpc.AssertRefusedAsync(8192, wrong, "one.vm.migrate", vm, 0, false, false, 1, 0);
    }

    private async Task<int> RunningAsync(string template, int host)
    {
        int vm = await _cloud.Rpc.IdAsync("one.vm.allocate", template, true);
        await _cloud.Rpc.CallAsync("one.vm.deploy", vm, host, false, -1, "");
        _time.Advance(Minute);
        return vm;
    }

    private async Task<string> StateAsync(int vm) => (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Value("STATE");

    private async Task<string> UsedAsync(int host) => (await _cloud.Rpc.XmlAsync("one.host.info", host)).Value("HOST_SHARE/CPU_USAGE");
}

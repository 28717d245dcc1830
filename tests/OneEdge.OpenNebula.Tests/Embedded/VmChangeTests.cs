using System.Globalization;
using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>What is attached, resized, saved and planned, and what stands in the machine afterwards.</summary>
public sealed class VmChangeTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly EmbeddedCloud _cloud;
    private readonly LabStorage _storage = new();

    public VmChangeTests()
    {
        _cloud = new EmbeddedCloud(new EmbeddedCloudOptions { TimeProvider = _time });
        (_cloud.State.VmDisks, _cloud.State.VmNics) = (_storage, _storage);
    }

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Disk_is_attached_and_detached_and_each_change_closes_a_record()
    {
        int id = await CreateAsync();
        await _cloud.Rpc.CallAsync("one.vm.attach", id, "DISK=[SIZE=10,TYPE=fs,FORMAT=raw]");
        XElement vm = await InfoAsync(id);
        Assert.Equal(["vda", "sda"], vm.Element("TEMPLATE")!.Elements("DISK").Select(d => d.Value("TARGET")));
        Assert.Equal(["0", "2"], vm.Element("TEMPLATE")!.Elements("DISK").Select(d => d.Value("DISK_ID")));
        await _cloud.Rpc.AssertRefusedAsync(2048, "Could not detach disk with DISK_ID 7, it does not exist.", "one.vm.detach", id, 7);
        await _cloud.Rpc.CallAsync("one.vm.detach", id, 2);
        vm = await InfoAsync(id);
        Assert.Single(vm.Element("TEMPLATE")!.Elements("DISK"));
        Assert.Equal(["21", "22", "0"], vm.Element("HISTORY_RECORDS")!.Elements().Select(h => h.Value("ACTION")));
        await _cloud.Rpc.CallAsync("one.vm.action", "suspend", id);
        await _cloud.Rpc.AssertRefusedAsync(2048, $"Could not attach a new disk to VM {id}, wrong state SUSPENDED.", "one.vm.attach", id, "DISK=[SIZE=1]");
        await _cloud.Rpc.AssertRefusedAsync(2048, $"Could not detach disk from VM {id}, wrong state SUSPENDED.", "one.vm.detach", id, 0);
    }

    [Fact]
    public async Task Hotplug_that_fails_leaves_no_disk_and_no_nic()
    {
        int id = await CreateAsync();
        XElement before = (await InfoAsync(id)).Element("TEMPLATE")!;
        using (_cloud.Script.Fail(EmbeddedWork.Hotplug))
        {
            await _cloud.Rpc.CallAsync("one.vm.attach", id, "DISK=[SIZE=10]");
            await _cloud.Rpc.CallAsync("one.vm.attachnic", id, "NIC=[NETWORK_ID=0]");
            await _cloud.Rpc.CallAsync("one.vm.resize", id, "CPU=2\nMEMORY=256", false);
        }

        XElement after = await InfoAsync(id);
        Assert.Equal(before.ToString(), after.Element("TEMPLATE")!.ToString());
        Assert.Equal("3", after.Value("LCM_STATE"));
        Assert.Equal("131072", (await _cloud.Rpc.XmlAsync("one.host.info", 0)).Value("HOST_SHARE/MEM_USAGE"));
    }

    [Fact]
    public async Task Nic_is_attached_and_its_values_stand_in_the_context()
    {
        int id = await CreateAsync();
        await _cloud.Rpc.CallAsync("one.vm.attachnic", id, "NIC=[NETWORK_ID=0]");
        XElement template = (await InfoAsync(id)).Element("TEMPLATE")!;
        Assert.Equal(("10.0.0.1", "10.0.0.2"), (template.Value("CONTEXT/ETH0_IP"), template.Value("CONTEXT/ETH1_IP")));
        Assert.Equal(["NIC0", "NIC1"], template.Elements("NIC").Select(n => n.Value("NAME")));
        await _cloud.Rpc.CallAsync("one.vm.detachnic", id, 0);
        template = (await InfoAsync(id)).Element("TEMPLATE")!;
        Assert.Null(template.Element("CONTEXT")!.Element("ETH0_IP"));
        Assert.Equal("10.0.0.2", template.Value("CONTEXT/ETH1_IP"));
        await _cloud.Rpc.AssertRefusedAsync(2048, "Could not detach NIC with NIC_ID 0, it does not exist.", "one.vm.detachnic", id, 0);
    }

    [Fact]
    public async Task Resize_changes_the_machine_and_the_room_on_its_host()
    {
        int id = await CreateAsync();
        await _cloud.Rpc.CallAsync("one.vm.resize", id, "CPU=2\nMEMORY=1024\nVCPU=4", true);
        XElement vm = await InfoAsync(id);
        Assert.Equal(("2", "1024", "4"), (vm.Value("TEMPLATE/CPU"), vm.Value("TEMPLATE/MEMORY"), vm.Value("TEMPLATE/VCPU")));
        XElement share = (await _cloud.Rpc.XmlAsync("one.host.info", 0)).Element("HOST_SHARE")!;
        Assert.Equal(("1048576", "200"), (share.Value("MEM_USAGE"), share.Value("CPU_USAGE")));
        await _cloud.Rpc.AssertRefusedAsync(8192, "CPU must be a positive float or integer value.", "one.vm.resize", id, "CPU=-1", true);
        await _cloud.Rpc.AssertRefusedAsync(8192, "MEMORY must be a positive integer value.", "one.vm.resize", id, "MEMORY=-4", true);
        await _cloud.Rpc.CallAsync("one.vm.resize", id, "MEMORY=x\nCPU=0", true);
        Assert.Equal(("2", "1024"), ((await InfoAsync(id)).Value("TEMPLATE/CPU"), (await InfoAsync(id)).Value("TEMPLATE/MEMORY")));
        OpenNebulaCallException error = await _cloud.Rpc.RefusedAsync("one.vm.resize", id, "CPU=100", true);
        Assert.Equal(2048, error.ServerCode);
        await _cloud.Rpc.CallAsync("one.vm.action", "terminate", id);
        share = (await _cloud.Rpc.XmlAsync("one.host.info", 0)).Element("HOST_SHARE")!;
        Assert.Equal(("0", "0", "0"), (share.Value("MEM_USAGE"), share.Value("CPU_USAGE"), share.Value("RUNNING_VMS")));
    }

    [Fact]
    public async Task Snapshots_are_created_reverted_and_deleted_where_they_may()
    {
        int id = await CreateAsync();
        Assert.Equal(0, await _cloud.Rpc.IdAsync("one.vm.snapshotcreate", id, "a"));
        Assert.Equal(1, await _cloud.Rpc.IdAsync("one.vm.snapshotcreate", id, ""));
        await _cloud.Rpc.CallAsync("one.vm.snapshotrevert", id, 0);
        await _cloud.Rpc.CallAsync("one.vm.snapshotdelete", id, 0);
        Assert.Equal(["snapshot-1"], (await InfoAsync(id)).Element("TEMPLATE")!.Elements("SNAPSHOT").Select(s => s.Value("NAME")));
        await _cloud.Rpc.AssertRefusedAsync(2048, $"Could not revert VM {id} to snapshot 0, it does not exist.", "one.vm.snapshotrevert", id, 0);

        Assert.Equal(0, await _cloud.Rpc.IdAsync("one.vm.disksnapshotcreate", id, 0, "first"));
        Assert.Equal(1, await _cloud.Rpc.IdAsync("one.vm.disksnapshotcreate", id, 0, "second"));
        await _cloud.Rpc.AssertRefusedAsync(2048, "VM disk does not exist", "one.vm.disksnapshotcreate", id, 7, "x");
        await _cloud.Rpc.AssertRefusedAsync(
            2048, $"Could not revert to disk snapshot for VM {id}, wrong state RUNNING.", "one.vm.disksnapshotrevert", id, 0, 0);
        await _cloud.Rpc.CallAsync("one.vm.action", "poweroff", id);
        await _cloud.Rpc.CallAsync("one.vm.disksnapshotrevert", id, 0, 0);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot delete the active snapshot with children", "one.vm.disksnapshotdelete", id, 0, 0);
        await _cloud.Rpc.CallAsync("one.vm.disksnapshotdelete", id, 0, 1);
        await _cloud.Rpc.CallAsync("one.vm.disksnapshotrename", id, 0, 0, "renamed");
        XElement snapshot = Assert.Single((await InfoAsync(id)).Element("SNAPSHOTS")!.Elements("SNAPSHOT"));
        Assert.Equal(("renamed", "YES", "-1"), (snapshot.Value("NAME"), snapshot.Value("ACTIVE"), snapshot.Value("PARENT")));
    }

    [Fact]
    public async Task Disk_grows_and_never_shrinks()
    {
        int id = await CreateAsync();
        await _cloud.Rpc.CallAsync("one.vm.diskresize", id, 0, "2048");
        Assert.Equal("2048", (await InfoAsync(id)).Value("TEMPLATE/DISK/SIZE"));
        await _cloud.Rpc.AssertRefusedAsync(2048, "New disk size has to be greater than current one", "one.vm.diskresize", id, 0, "2048");
        await _cloud.Rpc.AssertRefusedAsync(2048, "Disk SIZE is not a valid integer", "one.vm.diskresize", id, 0, "big");
    }

    [Fact]
    public async Task Planned_action_is_done_at_its_time_and_one_that_was_taken_back_is_not()
    {
        int id = await CreateAsync();
        int planned = await _cloud.Rpc.IdAsync("one.vm.schedadd", id, "SCHED_ACTION=[ACTION=\"poweroff\",TIME=\"+3600\"]");
        int other = await _cloud.Rpc.IdAsync("one.vm.schedadd", id, "SCHED_ACTION=[ACTION=\"terminate\",TIME=\"+60\"]");
        await _cloud.Rpc.AssertRefusedAsync(2048, "nonsense is not supported.", "one.vm.schedadd", id, "SCHED_ACTION=[ACTION=nonsense,TIME=+1]");
        await _cloud.Rpc.CallAsync("one.vm.scheddelete", id, other);
        await _cloud.Rpc.AssertRefusedAsync(1024, $"Error getting scheduled action [{other}].", "one.vm.scheddelete", id, other);
        XElement action = (await InfoAsync(id)).Element("TEMPLATE")!.Element("SCHED_ACTION")!;
        Assert.Equal((_time.GetUtcNow().ToUnixTimeSeconds() + 3600).ToString(CultureInfo.InvariantCulture), action.Value("TIME"));
        _time.Advance(TimeSpan.FromSeconds(3599));
        Assert.Equal("3", (await InfoAsync(id)).Value("STATE"));
        _time.Advance(TimeSpan.FromSeconds(1));
        XElement after = await InfoAsync(id);
        Assert.Equal("8", after.Value("STATE"));
        Assert.Equal(action.Value("TIME"), after.Element("TEMPLATE")!.Element("SCHED_ACTION")!.Value("DONE"));
        Assert.Equal(planned, after.Element("TEMPLATE")!.Element("SCHED_ACTION")!.Number("ID"));
    }

    [Fact]
    public async Task Owner_template_is_replaced_or_merged_and_locks_bind()
    {
        int id = await CreateAsync();
        await _cloud.Rpc.CallAsync("one.vm.update", id, "READY=YES", 1);
        await _cloud.Rpc.CallAsync("one.vm.update", id, "ONLY=this", 0);
        Assert.Equal(["ONLY"], (await InfoAsync(id)).Element("USER_TEMPLATE")!.Elements().Select(e => e.Name.LocalName));
        await _cloud.Rpc.CallAsync("one.vm.lock", id, 2, false);
        await _cloud.Rpc.AssertRefusedAsync(512, $"User [0] : VM is locked. [{id}].", "one.vm.action", "poweroff", id);
        await _cloud.Rpc.CallAsync("one.vm.unlock", id);
        await _cloud.Rpc.CallAsync("one.vm.action", "poweroff", id);
    }

    [Fact]
    public async Task Monitoring_shows_what_the_test_lets_a_machine_report()
    {
        int id = await CreateAsync();
        _cloud.Script.SetMonitoring(id, ("CPU", "42"), ("LOAD", "80"));
        _cloud.Script.SetMonitoring(id, ("LOAD", "10"));
        XElement monitoring = (await InfoAsync(id)).Element("MONITORING")!;
        Assert.Equal(("42", "10"), (monitoring.Value("CPU"), monitoring.Value("LOAD")));
        Assert.Equal(["80", "10"], (await _cloud.Rpc.XmlAsync("one.vm.monitoring", id)).Elements().Select(m => m.Value("LOAD")));
        Assert.Equal(["10"], (await _cloud.Rpc.XmlAsync("one.vmpool.monitoring", -2, 0)).Elements().Select(m => m.Value("LOAD")));
        Assert.Throws<ArgumentException>(() => _cloud.Script.SetMonitoring(4242, ("A", "1")));
    }

    private Task<int> CreateAsync() => _cloud.Rpc.IdAsync(
        "one.vm.allocate", "NAME=vm\nCPU=0.5\nMEMORY=128\nDISK=[IMAGE_ID=5]\nNIC=[NETWORK_ID=0]\nCONTEXT=[NETWORK=YES]", false);

    private Task<XElement> InfoAsync(int id) => _cloud.Rpc.XmlAsync("one.vm.info", id);

    [Fact]
    public async Task Resize_that_fails_takes_back_numbers_only()
    {
        using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions
        {
            TimeProvider = _time,
            Delays = new EmbeddedCloudDelays { Hotplug = TimeSpan.FromMinutes(1) },
        });
        int group = await cloud.Rpc.IdAsync("one.secgroup.allocate", "NAME=g");
        await cloud.Rpc.CallAsync("one.vn.allocate", "NAME=n\nVN_MAD=dummy\nBRIDGE=b\nAR=[TYPE=IP4,IP=10.0.0.1,SIZE=4]", -1);
        int id = await cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=64\nNIC=[NETWORK_ID=0]", false);
        cloud.Script.Fail(EmbeddedWork.Hotplug);
        await cloud.Rpc.CallAsync("one.vm.resize", id, "CPU=2\nVCPU=2", false);
        await cloud.Rpc.CallAsync("one.vm.attachsg", id, 0, group);
        _time.Advance(TimeSpan.FromMinutes(1));
        XElement vm = await cloud.Rpc.XmlAsync("one.vm.info", id);
        Assert.Equal(("1", "64", $"0,{group}"), (vm.Value("TEMPLATE/CPU"), vm.Value("TEMPLATE/MEMORY"), vm.Value("TEMPLATE/NIC/SECURITY_GROUPS")));
        Assert.Null(vm.Element("TEMPLATE")!.Element("VCPU"));
        Assert.Equal("100", (await cloud.Rpc.XmlAsync("one.host.info", 0)).Value("HOST_SHARE/CPU_USAGE"));
    }
}

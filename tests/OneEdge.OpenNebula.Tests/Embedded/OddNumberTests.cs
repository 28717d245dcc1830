using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>Numbers at the ends of what numbers can be, and texts that are nearly numbers.</summary>
public sealed class OddNumberTests : IDisposable
{
    private const string Most = "9223372036854775807";
    private const string Least = "-9223372036854775808";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly EmbeddedCloud _cloud;

    public OddNumberTests() => _cloud = new EmbeddedCloud(new EmbeddedCloudOptions { TimeProvider = _time });

    public void Dispose() => _cloud.Dispose();

    [Theory]
    [InlineData($"TIME=\"{Least}\"", $"Unable to parse the time value or value is empty: {Least}")]
    [InlineData($"TIME=\"+{Most}\"", $"Unable to parse the time value or value is empty: +{Most}")]
    [InlineData($"TIME=1,WARNING=\"{Least}\"", $"Unable to parse the warning value: {Least}")]
    public async Task Time_beyond_the_calendar_is_refused(string times, string message)
    {
        int vm = await CreateAsync("");
        await _cloud.Rpc.AssertRefusedAsync(2048, message, "one.vm.schedadd", vm, $"SCHED_ACTION=[ACTION=poweroff,{times}]");
    }

    [Fact]
    public async Task Images_of_all_the_space_there_is_are_counted_together()
    {
        int datastore = await _cloud.Rpc.IdAsync("one.datastore.allocate", "NAME=d\nDS_MAD=fs\nTM_MAD=ssh", -1);
        foreach (string name in (string[])["a", "b"])
            await _cloud.Rpc.CallAsync("one.image.allocate", $"NAME={name}\nTYPE=DATABLOCK\nSIZE={Most}", datastore, true);
        XElement full = await _cloud.Rpc.XmlAsync("one.datastore.info", datastore);
        Assert.Equal((Most, "0"), (full.Value("USED_MB"), full.Value("FREE_MB")));
        await _cloud.Rpc.CallAsync("one.datastore.update", datastore, $"LIMIT_MB=\"{Least}\"", 1);
        await _cloud.Rpc.AssertRefusedAsync(
            2048, "Not enough space in datastore", "one.image.allocate", "NAME=c\nTYPE=DATABLOCK\nSIZE=1", datastore, false);
    }

    [Fact]
    public async Task Backup_of_disks_of_all_sizes_has_no_room()
    {
        int backups = await _cloud.Rpc.IdAsync("one.datastore.allocate", "NAME=b\nTYPE=BACKUP_DS\nDS_MAD=rsync\nRSYNC_HOST=h\nRSYNC_USER=u", -1);
        string disk = $"DISK=[TYPE=fs,SIZE={Most}]\n";
        int vm = await CreateAsync($"{disk}{disk}BACKUP_CONFIG=[BACKUP_VOLATILE=YES]");
        await _cloud.Rpc.AssertRefusedAsync(2048, "Not enough free space on target datastore", "one.vm.backup", vm, backups, false);
    }

    [Fact]
    public async Task Snapshots_of_the_largest_disk_are_counted_as_far_as_numbers_go()
    {
        int image = await _cloud.Rpc.IdAsync("one.image.allocate", $"NAME=i\nTYPE=DATABLOCK\nSIZE={Most}\nPERSISTENT=YES", 1, true);
        int vm = await CreateAsync($"DISK=[IMAGE_ID={image}]");
        foreach (string name in (string[])["a", "b"]) await _cloud.Rpc.CallAsync("one.vm.disksnapshotcreate", vm, 0, name);
        Assert.Equal(Most, (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Value("TEMPLATE/DISK/DISK_SNAPSHOT_TOTAL_SIZE"));
        await _cloud.Rpc.CallAsync("one.vm.action", "terminate", vm);
        vm = await CreateAsync($"DISK=[IMAGE_ID={image}]");
        Assert.Equal(Most, (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Value("TEMPLATE/DISK/DISK_SNAPSHOT_TOTAL_SIZE"));
    }

    [Theory]
    [InlineData("MEMORY=1e3")]
    [InlineData("MEMORY=99999999999999999999")]
    [InlineData("CPU=1e300")]
    [InlineData("CPU=1e-300")]
    [InlineData("VCPU=1.5")]
    public async Task Resize_to_what_is_no_number_changes_nothing(string wanted)
    {
        int vm = await CreateAsync("");
        await _cloud.Rpc.CallAsync("one.vm.resize", vm, wanted, true);
        XElement after = await _cloud.Rpc.XmlAsync("one.vm.info", vm);
        Assert.Equal(("1", "64", null), (after.Value("TEMPLATE/CPU"), after.Value("TEMPLATE/MEMORY"), after.Element("TEMPLATE")!.Element("VCPU")?.Value));
        Assert.Equal("65536", (await _cloud.Rpc.XmlAsync("one.host.info", 0)).Value("HOST_SHARE/MEM_USAGE"));
    }

    [Fact]
    public async Task Numbers_that_the_machine_gave_its_context_stay_whatever_the_owner_adds()
    {
        int vm = await CreateAsync("CONTEXT=[A=1]");
        await _cloud.Rpc.CallAsync("one.vm.updateconf", vm, "CONTEXT=[B=2,DISK_ID=2147483647,VMID=99,TARGET=sdz]", 1);
        XElement context = (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Element("TEMPLATE")!.Element("CONTEXT")!;
        Assert.Equal(("1", "2", "0", $"{vm}", "hda"), (
            context.Value("A"), context.Value("B"), context.Value("DISK_ID"), context.Value("VMID"), context.Value("TARGET")));
        await _cloud.Rpc.CallAsync("one.vm.attach", vm, "DISK=[TYPE=fs,SIZE=1]");
        Assert.Equal("1", (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Value("TEMPLATE/DISK/DISK_ID"));
    }

    [Fact]
    public async Task Context_that_shows_itself_again_and_again_comes_to_an_end()
    {
        int vm = await CreateAsync("CONTEXT=[A=1]");
        string change = $"CONTEXT=[A=\"{string.Concat(Enumerable.Repeat("$TEMPLATE", 500))}\"]";
        await _cloud.Rpc.CallAsync("one.vm.updateconf", vm, change, 0);
        OpenNebulaCallException error = await _cloud.Rpc.RefusedAsync("one.vm.updateconf", vm, change, 0);
        Assert.Equal(8192, error.ServerCode);
        Assert.EndsWith("The value is too long", error.ServerMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_work_takes_a_hundred_years_at_most()
    {
        var century = TimeSpan.FromDays(36_500);
        Assert.Throws<ArgumentOutOfRangeException>(() => _cloud.Script.Slow(EmbeddedWork.Prolog, century + TimeSpan.FromTicks(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _cloud.Script.Slow(EmbeddedWork.Prolog, TimeSpan.FromTicks(-1)));
        for (int i = 0; i < 300; i++) _cloud.Script.Slow(EmbeddedWork.Prolog, century);
        int vm = await CreateAsync("");
        _time.Advance(century - TimeSpan.FromSeconds(1));
        Assert.Equal("1", (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Value("LCM_STATE"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("3", (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Value("LCM_STATE"));
    }

    private Task<int> CreateAsync(string more) => _cloud.Rpc.IdAsync("one.vm.allocate", $"CPU=1\nMEMORY=64\n{more}", false);
}

using System.Diagnostics;
using System.Text;
using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

public sealed class ProbeTests : IDisposable
{
    private const string Ds = "<DATASTORE><ID>100</ID><TEMPLATE><REPLICA_HOST><![CDATA[node1]]></REPLICA_HOST></TEMPLATE></DATASTORE>";
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disks_with_a_frequency_on_a_datastore_with_a_replica_are_found()
    {
        Machine(100, 5, Vm(5, (0, "3600"), (1, null), (12, "0")), Ds, "disk.0", "disk.1", "disk.12");
        Machine(100, 40, Vm(40, (0, " 60 ")), Ds, "disk.0");
        RecoveryProbeResult result = await FindAsync();
        Assert.Equal([(5, 0, 3600), (5, 12, 0), (40, 0, 60)], result.Disks.Select(disk => (disk.VmId, disk.DiskId, (int)disk.Frequency.TotalSeconds)));
        Assert.All(result.Disks, disk => Assert.Equal("node1", disk.ReplicaHost));
        Assert.Equal(_directory["100/5/disk.0"], result.Disks[0].File);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public async Task Other_datastores_names_and_disks_are_left_alone()
    {
        Machine(100, 5, Vm(5, (0, "60")), Ds, "disk.1", "disk.00", "diskX0", "disk.0x");
        Machine(101, 5, Vm(5, (0, "60")), Ds, "disk.0");
        _directory.Write("101/.monitor", "shared");
        foreach (string name in new[] { "100/05", "100/5a", "100/-5", "100/99999999999", "0100/5", "100x/5" })
        {
            _directory.Write(name + "/vm.xml", Vm(5, (0, "60")));
            _directory.Write(name + "/ds.xml", Ds);
            _directory.Write(name + "/disk.0", "");
        }

        RecoveryProbeResult result = await FindAsync();
        Assert.Empty(result.Disks);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public async Task Defect_6_2_machine_without_frequency_or_replica_does_not_stop_the_others()
    {
        Machine(100, 1, Vm(1, (0, null)), Ds, "disk.0");
        Machine(100, 2, Vm(2, (0, "60")), "<DATASTORE><TEMPLATE/></DATASTORE>", "disk.0");
        Machine(100, 3, Vm(3, (0, "60")), Ds, "disk.0");
        _directory.Write("100/4/disk.0", "");
        Assert.Equal([3], (await FindAsync()).Disks.Select(disk => disk.VmId));
    }

    [Fact]
    public async Task Window_3_raw_disk_that_was_linked_to_nothing_is_found_so_that_it_is_told_of()
    {
        Machine(100, 1, Vm(1, (0, "60")), Ds);
        File.CreateSymbolicLink(_directory["100/1/disk.0"], "disk.0.snap/base.1");
        Assert.Single((await FindAsync()).Disks);
    }

    [Theory]
    [InlineData("<VM><ID>1</ID><TEMPLATE><DISK><DISK_ID>0</DISK_ID><RECOVERY_SNAPSHOT_FREQ>soon</RECOVERY_SNAPSHOT_FREQ></DISK></TEMPLATE></VM>")]
    [InlineData("<VM><ID>1</ID><TEMPLATE><DISK><DISK_ID>0</DISK_ID><RECOVERY_SNAPSHOT_FREQ>-1</RECOVERY_SNAPSHOT_FREQ></DISK></TEMPLATE></VM>")]
    [InlineData("<VM><ID>1</ID><TEMPLATE><DISK><DISK_ID>0</DISK_ID><RECOVERY_SNAPSHOT_FREQ>2147483647</RECOVERY_SNAPSHOT_FREQ></DISK></TEMPLATE></VM>")]
    [InlineData("<VM><ID>1</ID><TEMPLATE><DISK><DISK_ID>../../etc</DISK_ID><RECOVERY_SNAPSHOT_FREQ>60</RECOVERY_SNAPSHOT_FREQ></DISK></TEMPLATE></VM>")]
    [InlineData("<VM><ID>1</ID><TEMPLATE><DISK><RECOVERY_SNAPSHOT_FREQ>60</RECOVERY_SNAPSHOT_FREQ></DISK></TEMPLATE></VM>")]
    [InlineData("<VM><ID>2</ID><TEMPLATE><DISK><DISK_ID>0</DISK_ID><RECOVERY_SNAPSHOT_FREQ>60</RECOVERY_SNAPSHOT_FREQ></DISK></TEMPLATE></VM>")]
    [InlineData("<VM><TEMPLATE/></VM>")]
    [InlineData("<VM>")]
    [InlineData("")]
    [InlineData("<!DOCTYPE VM [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><VM><ID>1</ID></VM>")]
    [InlineData("<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><VM><ID>&b;</ID></VM>")]
    public async Task Malformed_document_is_a_problem_of_its_machine_alone(string xml)
    {
        Machine(100, 1, xml, Ds, "disk.0");
        Machine(100, 3, Vm(3, (0, "60")), Ds, "disk.0");
        RecoveryProbeResult result = await FindAsync();
        Assert.Equal([3], result.Disks.Select(disk => disk.VmId));
        Assert.Equal(1, Assert.Single(result.Problems).VmId);
        Assert.Contains("vm.xml", result.Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-oProxyCommand=id")]
    [InlineData("a b")]
    [InlineData("a;reboot")]
    [InlineData("$(id)")]
    public async Task Replica_that_is_no_host_is_a_problem(string host)
    {
        Machine(100, 1, Vm(1, (0, "60")), $"<DATASTORE><TEMPLATE><REPLICA_HOST>{host}</REPLICA_HOST></TEMPLATE></DATASTORE>", "disk.0");
        RecoveryProbeResult result = await FindAsync();
        Assert.Empty(result.Disks);
        Assert.Contains("REPLICA_HOST", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Huge_or_deep_document_is_refused_before_it_costs_anything()
    {
        Machine(100, 1, "<VM>" + new string(' ', 5 << 20) + "</VM>", Ds, "disk.0");
        Machine(100, 2, string.Concat(Enumerable.Repeat("<a>", 100_000)), Ds, "disk.0");
        Assert.Equal([1, 2], (await FindAsync()).Problems.Select(problem => problem.VmId));
    }

    [Fact]
    public async Task Links_and_pipes_are_not_followed()
    {
        using var elsewhere = new TemporaryDirectory();
        elsewhere.Write("vm.xml", Vm(8, (0, "60")));
        elsewhere.Write("ds.xml", Ds);
        elsewhere.Write("disk.0", "");
        Machine(100, 1, Vm(1, (0, "60")), Ds, "disk.0");
        Directory.CreateSymbolicLink(_directory["100/8"], elsewhere.Path);
        Directory.CreateSymbolicLink(_directory["200"], _directory["100"]);
        File.Delete(_directory["100/1/vm.xml"]);
        File.CreateSymbolicLink(_directory["100/1/vm.xml"], elsewhere["vm.xml"]);
        Machine(100, 2, Vm(2, (0, "60")), Ds, "disk.0");
        File.Delete(_directory["100/2/ds.xml"]);
        using (Process mkfifo = Process.Start("mkfifo", _directory["100/2/ds.xml"])) await mkfifo.WaitForExitAsync(Token);
        RecoveryProbeResult result = await FindAsync();
        Assert.Empty(result.Disks);
        Assert.Equal([1, 2], result.Problems.Select(problem => problem.VmId));
    }

    [Fact]
    public async Task Place_without_datastores_has_no_disks() => Assert.Empty((await new RecoveryProbe(_directory["nothing"]).FindAsync(Token)).Disks);

    [Fact]
    public void Lines_are_those_of_the_original()
    {
        RecoveryDisk disk = ScheduleTests.Disk(5);
        var good = new RecoveryState { LastSuccess = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000) };
        string text = RecoveryMonitor.Format(
        [
            new RecoveryOutcome(disk with { DiskId = 2 }, RecoveryState.None, new StorageException(StorageErrorCodes.GuestNotRunning,
                "VM 5 is\n\"not\" running\\")),
            new RecoveryOutcome(disk, good, null),
            new RecoveryOutcome(disk with { VmId = 40, DiskId = 1 }, good with { Failures = 2, LastError = "replica is down" }, null),
        ]);
        Assert.Equal(
            """
            VM = [ ID="5", MONITOR="DISK_RECOVERY_SNAPSHOT = [ ID=0, TIMESTAMP="1700000000" ]
            DISK_RECOVERY_SNAPSHOT = [ ID=2, MSG="ERROR VM 5 is \"not\" running\\" ]"]
            VM = [ ID="40", MONITOR="DISK_RECOVERY_SNAPSHOT = [ ID=1, MSG="ERROR replica is down" ]"]

            """,
            Decoded(text));
    }

    public void Dispose() => _directory.Dispose();

    private static string Decoded(string text) => System.Text.RegularExpressions.Regex.Replace(
        text, "MONITOR=\"([A-Za-z0-9+/=]+)\"", match => $"MONITOR=\"{Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups[1].Value))}\"");

    private static string Vm(int id, params (int Disk, string? Frequency)[] disks) =>
        $"<VM><ID>{id}</ID><HISTORY_RECORDS><HISTORY><DS_ID>100</DS_ID></HISTORY></HISTORY_RECORDS><TEMPLATE><CPU>1</CPU>"
        + string.Concat(disks.Select(disk => $"<DISK><DISK_ID><![CDATA[{disk.Disk}]]></DISK_ID>"
            + (disk.Frequency is null ? "" : $"<RECOVERY_SNAPSHOT_FREQ><![CDATA[{disk.Frequency}]]></RECOVERY_SNAPSHOT_FREQ>") + "</DISK>"))
        + "</TEMPLATE></VM>";

    private void Machine(int datastore, int vm, string vmXml, string dsXml, params string[] files)
    {
        _directory.Write($"{datastore}/.monitor", "ssh\n");
        _directory.Write($"{datastore}/{vm}/vm.xml", vmXml);
        _directory.Write($"{datastore}/{vm}/ds.xml", dsXml);
        foreach (string file in files) _directory.Write($"{datastore}/{vm}/{file}", "");
    }

    private Task<RecoveryProbeResult> FindAsync() => new RecoveryProbe(_directory.Path).FindAsync(Token);
}

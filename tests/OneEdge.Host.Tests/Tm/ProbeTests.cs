using System.Runtime.Versioning;
using System.Text;
using OneEdge.Testing;

namespace OneEdge.Host.Tests.Tm;

[SupportedOSPlatform("linux")]
public sealed class ProbeTests : IDisposable
{
    private const string Ds = "<DATASTORE><ID>0</ID><TEMPLATE><REPLICA_HOST><![CDATA[replica.invalid]]></REPLICA_HOST></TEMPLATE></DATASTORE>";
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Snapshot_that_is_not_due_is_reported_with_its_time()
    {
        Machine("3600");
        string mark = _directory.Write("0/7/disk.0.snap/rs_tmp", "");
        DateTime taken = DateTime.UtcNow.AddMinutes(-5);
        File.SetLastWriteTimeUtc(mark, taken);
        HostRun run = (await ProbeAsync()).Exits(0);
        Assert.Equal($"DISK_RECOVERY_SNAPSHOT = [ ID=0, TIMESTAMP=\"{new DateTimeOffset(taken).ToUnixTimeSeconds()}\" ]", Decoded(run));
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Snapshot_that_is_due_and_fails_is_reported_with_its_reason()
    {
        Machine("0");
        HostRun run = (await ProbeAsync()).Exits(0);
        Assert.StartsWith("DISK_RECOVERY_SNAPSHOT = [ ID=0, MSG=\"ERROR ", Decoded(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machine_whose_files_are_malformed_is_told_and_stops_nobody()
    {
        Machine("0");
        _directory.Write("0/8/vm.xml", "<VM><ID>8</I");
        _directory.Write("0/8/ds.xml", Ds);
        HostRun run = (await ProbeAsync()).Exits(0);
        Assert.Contains("ID=\"7\"", run.Out, StringComparison.Ordinal);
        Assert.StartsWith($"ERROR: recovery: {_directory["0/8/vm.xml"]}(", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private void Machine(string frequency)
    {
        _directory.Write("0/.monitor", "ssh\n");
        _directory.Write("0/7/vm.xml", $"""
            <VM><ID>7</ID><TEMPLATE><DISK><DISK_ID>0</DISK_ID><RECOVERY_SNAPSHOT_FREQ>{frequency}</RECOVERY_SNAPSHOT_FREQ></DISK></TEMPLATE></VM>
            """);
        _directory.Write("0/7/ds.xml", Ds);
        _directory.Write("0/7/disk.0.snap/base.1", "");
        File.CreateSymbolicLink(_directory["0/7/disk.0"], "disk.0.snap/base.1");
    }

    private Task<HostRun> ProbeAsync() => HostRun.OfAsync(
        ["tm", "probe", "--virsh", "/bin/false", "--ssh-config", "/dev/null"], $"<M><DATASTORE_LOCATION>{_directory.Path}</DATASTORE_LOCATION></M>");

    private static string Decoded(HostRun run)
    {
        string line = Assert.Single(run.Lines);
        Assert.StartsWith("VM = [ ID=\"7\", MONITOR=\"", line, StringComparison.Ordinal);
        return Encoding.UTF8.GetString(Convert.FromBase64String(line.Split('"')[3]));
    }
}

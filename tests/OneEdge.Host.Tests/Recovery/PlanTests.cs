using System.Runtime.Versioning;
using System.Text.Json;

namespace OneEdge.Host.Tests.Recovery;

[SupportedOSPlatform("linux")]
public sealed class PlanTests : IDisposable
{
    private readonly Hypervisor _world = new();

    [Fact]
    public async Task Disk_without_a_snapshot_is_due_now_and_nothing_is_touched()
    {
        await _world.DeployAsync(7);
        string[] before = TreeState.Of(_world.Datastores);
        HostRun run = (await HostRun.OfAsync("recovery", "plan", "--datastores", _world.Datastores)).Exits(0);
        Assert.Equal("7\t0\t1 h 0 min\tnever\tsnapshot\tnow\treplica\t", Assert.Single(run.Lines));
        JsonElement disk = (await HostRun.OfAsync("recovery", "plan", "--datastores", _world.Datastores, "--json")).Exits(0).Json.GetProperty("disks")[0];
        Assert.Equal((7, 0, 3600, "snapshot"), (
            disk.GetProperty("vm").GetInt32(), disk.GetProperty("disk").GetInt32(), disk.GetProperty("frequencySeconds").GetInt32(),
            disk.GetProperty("now").GetString()));
        Assert.Equal(before, TreeState.Of(_world.Datastores));
    }

    [Fact]
    public async Task Disk_with_a_snapshot_of_the_original_waits_for_its_turn()
    {
        await _world.DeployAsync(7);
        // The mark of the original: an empty file whose time is that of the last snapshot.
        string mark = _world.VmDirectory(7) + "/disk.0.snap/rs_tmp";
        File.WriteAllText(mark, "");
        File.SetLastWriteTimeUtc(mark, DateTime.UtcNow.AddMinutes(-10));
        HostRun run = (await HostRun.OfAsync("recovery", "plan", "--datastores", _world.Datastores)).Exits(0);
        Assert.Matches(@"^7\t0\t1 h 0 min\t20\S+Z\twaits\tin (49|50) min \d+ s\treplica\t\n$", run.Out);
    }

    [Fact]
    public async Task Machine_whose_files_cannot_be_used_is_told_of_and_hides_no_other()
    {
        await _world.DeployAsync(7);
        await _world.DeployAsync(8);
        File.WriteAllText(_world.VmDirectory(7) + "/vm.xml", "<VM><ID>7</ID>");
        HostRun run = (await HostRun.OfAsync("recovery", "plan", "--datastores", _world.Datastores)).Exits(1);
        Assert.StartsWith("8\t", Assert.Single(run.Lines), StringComparison.Ordinal);
        Assert.StartsWith("oneedge: warning: VM 7: ", run.Error, StringComparison.Ordinal);
        JsonElement json = (await HostRun.OfAsync("recovery", "plan", "--datastores", _world.Datastores, "--json")).Exits(1).Json;
        Assert.Equal(7, json.GetProperty("problems")[0].GetProperty("vm").GetInt32());
    }

    [Fact]
    public async Task Terminal_has_a_table()
    {
        await _world.DeployAsync(7);
        HostRun run = (await HostRun.OfAsync(["recovery", "plan", "--datastores", _world.Datastores], terminal: true)).Exits(0);
        Assert.Contains("REPLICA", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan", "--datastores", "relative")]
    [InlineData("plan", "--cycle", "0")]
    [InlineData("run", "--keep", "0")]
    [InlineData("run", "--qmp", "here")]
    [InlineData("list", "seven")]
    [InlineData("list", "-1")]
    [InlineData("restore", "7")]
    [InlineData("restore", "7", "0")]
    [InlineData("restore", "7", "0", "--to", "relative")]
    [InlineData("restore", "7", "0", "--to", "a b:/x")]
    [InlineData("restore", "7", "0", "--to", "/x/../y")]
    [InlineData("restore", "7", "0", "--to", "/x", "--not-before", "soon")]
    public async Task Wrong_arguments_are_told_with_a_hint(params string[] words)
    {
        HostRun run = (await HostRun.OfAsync(["recovery", .. words])).Exits(255);
        Assert.Empty(run.Out);
        Assert.All(
            run.Error.TrimEnd('\n').Split('\n'),
            line => Assert.Matches($@"^oneedge: error OEH0001: .+ \(see: oneedge recovery {words[0]} --help\)$", line));
    }

    [Theory]
    [InlineData("--datastores", "plan")]
    [InlineData("--datastores", "run", "--once")]
    [InlineData("--store", "list")]
    [InlineData("--store", "restore", "7", "0", "--to", "/x")]
    public async Task Directory_that_is_missing_is_told_with_a_hint(string option, params string[] words)
    {
        HostRun run = (await HostRun.OfAsync(["recovery", .. words, option, _world["nothing"]])).Exits(255);
        Assert.Matches(
            $@"^oneedge: error OEH0002: There is no directory '{_world["nothing"]}' of .+\. \(say with {option} where it is on this host\)\n$", run.Error);
    }

    public void Dispose() => _world.Dispose();
}

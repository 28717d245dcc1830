using System.Runtime.Versioning;
using System.Text.Json;

namespace OneEdge.Host.Tests.Recovery;

[SupportedOSPlatform("linux")]
public sealed class RestoreTests : IDisposable
{
    private readonly Hypervisor _world = new();

    private string Newest => $"{_world.Store}/7/.oneedge/disk.0/2/disk.0.snap/base.1";

    [Fact]
    public async Task Dry_run_prints_the_plan_and_touches_nothing()
    {
        await MakeAsync();
        string[] before = [.. TreeState.Of(_world.Store), .. TreeState.Of(_world.Datastores)];
        HostRun run = (await RestoreAsync("--to", $"h2:{_world["back"]}", "--dry-run")).Exits(0);
        Assert.StartsWith("Restore disk 0 of VM 7, generation 2, of 20", run.Lines[0], StringComparison.Ordinal);
        Assert.Equal(6, run.Lines.Count);
        Assert.Contains("on h2: give them their names", run.Lines[5], StringComparison.Ordinal);
        JsonElement json = (await RestoreAsync("--to", _world["back"], "-n", "--json")).Exits(0).Json;
        Assert.True(json.GetProperty("dryRun").GetBoolean());
        Assert.All(json.GetProperty("steps").EnumerateArray(), step => Assert.False(step.GetProperty("done").GetBoolean()));
        Assert.Equal(before, TreeState.Of(_world.Store).Concat(TreeState.Of(_world.Datastores)));
        Assert.False(Directory.Exists(_world["back"]));
    }

    [Fact]
    public async Task Damaged_snapshot_is_listed_with_its_problem_and_passed_over()
    {
        byte[] content = await MakeAsync();
        // The file of the newest generation is that of the published name too.
        File.WriteAllBytes(Newest, File.ReadAllBytes(Newest)[..1000]);
        HostRun list = (await HostRun.OfAsync("recovery", "list", "7", "--store", _world.Store)).Exits(1);
        Assert.Equal(["2", "1"], list.Lines.Select(line => line.Split('\t')[2]));
        Assert.DoesNotContain("sound", list.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith("\tsound", list.Lines[1], StringComparison.Ordinal);
        HostRun run = (await RestoreAsync("--to", _world["back"])).Exits(0);
        Assert.StartsWith("oneedge: warning: passed over disk 0 of VM 7, generation 2", run.Error, StringComparison.Ordinal);
        Assert.Equal(content, await Hypervisor.GuestBytesAsync(_world["back/disk.0"]));
        JsonElement json = (await RestoreAsync("--to", _world["again"], "--json")).Exits(0).Json;
        Assert.Equal(1, json.GetProperty("snapshot").GetProperty("generation").GetInt32());
        Assert.Equal(2, json.GetProperty("passed")[0].GetProperty("generation").GetInt32());
        Assert.All(json.GetProperty("steps").EnumerateArray(), step => Assert.True(step.GetProperty("done").GetBoolean()));
    }

    [Fact]
    public async Task Json_of_the_list_has_age_size_and_health()
    {
        await MakeAsync();
        JsonElement[] snapshots =
            [.. (await HostRun.OfAsync("recovery", "list", "--store", _world.Store, "--json")).Exits(0).Json.GetProperty("snapshots").EnumerateArray()];
        Assert.Equal([2, 1], snapshots.Select(item => item.GetProperty("generation").GetInt32()));
        Assert.All(snapshots, item =>
        {
            Assert.InRange(item.GetProperty("ageSeconds").GetInt64(), 0, 600);
            Assert.Equal(8 << 20, item.GetProperty("virtualBytes").GetInt32());
            Assert.Equal(JsonValueKind.Null, item.GetProperty("problem").ValueKind);
        });
        Assert.Equal("no snapshots\n", (await HostRun.OfAsync("recovery", "list", "99", "--store", _world.Store)).Exits(0).Out);
    }

    [Fact]
    public async Task Disk_that_is_there_is_replaced_only_when_told()
    {
        byte[] content = await MakeAsync();
        Directory.CreateDirectory(_world["back"]);
        File.WriteAllText(_world["back/disk.0"], "the disk");
        HostRun refused = (await RestoreAsync("--to", _world["back"])).Exits(255);
        Assert.Contains("error OES0604", refused.Error, StringComparison.Ordinal);
        Assert.Equal("the disk", File.ReadAllText(_world["back/disk.0"]));
        string[] words = ["recovery", "restore", "7", "0", "--store", _world.Store, "--to", _world["back"], "--replace"];
        HostRun no = (await HostRun.OfAsync(words, input: "no\n", terminal: true)).Exits(255);
        Assert.EndsWith("nothing was done\n", no.Out, StringComparison.Ordinal);
        Assert.Equal("the disk", File.ReadAllText(_world["back/disk.0"]));
        (await HostRun.OfAsync(words, input: "yes\n", terminal: true)).Exits(0);
        Assert.Equal(content, await Hypervisor.GuestBytesAsync(_world["back/disk.0"]));
        (await HostRun.OfAsync([.. words, "--yes"], terminal: true)).Exits(0);
    }

    [Fact]
    public async Task Disk_goes_to_another_host()
    {
        byte[] content = await MakeAsync();
        HostRun run = (await RestoreAsync("--to", $"replica:{_world["back"]}", "--ssh-config", _world.Ssh.ConfigFile)).Exits(0);
        Assert.Equal($"restored to {_world["back"]} on replica", run.Lines[^1]);
        Assert.Equal(content, await Hypervisor.GuestBytesAsync(_world["back/disk.0"]));
    }

    [Theory]
    [InlineData("8", "0")]
    [InlineData("7", "1")]
    [InlineData("7", "0", "--not-before", "2999-01-01")]
    public async Task Without_a_snapshot_nothing_is_made(params string[] words)
    {
        await MakeAsync();
        HostRun run = (await HostRun.OfAsync(["recovery", "restore", .. words, "--store", _world.Store, "--to", _world["elsewhere"]])).Exits(255);
        Assert.Contains("error OES0607", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_world["elsewhere"]));
    }

    public void Dispose() => _world.Dispose();

    private Task<HostRun> RestoreAsync(params string[] words) => HostRun.OfAsync(["recovery", "restore", "7", "0", "--store", _world.Store, .. words]);

    /// <summary>A machine with two generations of snapshots.</summary>
    private async Task<byte[]> MakeAsync()
    {
        byte[] content = await _world.DeployAsync(7, frequency: 0);
        await _world.StartAsync(7);
        for (int i = 0; i < 2; i++) (await HostRun.OfAsync(["recovery", "run", "--once", "--keep", "2", "--qmp", _world.Monitors, .. _world.Words])).Exits(0);
        return content;
    }
}

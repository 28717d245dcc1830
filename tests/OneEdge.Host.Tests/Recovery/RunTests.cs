using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using OneEdge.Storage.Recovery;
using OneEdge.Storage.Tests.Recovery;
using OneEdge.Testing;

namespace OneEdge.Host.Tests.Recovery;

[SupportedOSPlatform("linux")]
public sealed class RunTests : IDisposable
{
    private readonly Hypervisor _world = new();

    [Fact]
    public async Task Snapshots_of_running_machines_are_taken_listed_and_restored()
    {
        byte[] content = await _world.DeployAsync(7);
        await _world.DeployAsync(8);
        await _world.StartAsync(7);
        await _world.StartAsync(8);
        HostRun run = (await HostRun.OfAsync(["recovery", "run", "--once", "--qmp", _world.Monitors, .. _world.Words])).Exits(0);
        Assert.Equal(2, run.Lines.Count);
        Assert.Matches(@"^20\S+Z\ttaken\tVM 7\tdisk 0\tgeneration 1, of 20\S+Z, on replica$", run.Lines[0]);
        Assert.Equal(GuestDiskLayer.Overlay, await _world.LayerAsync(7));
        // Not due again.
        Assert.Empty((await HostRun.OfAsync(["recovery", "run", "--once", "--qmp", _world.Monitors, .. _world.Words])).Exits(0).Out);
        HostRun plan = (await HostRun.OfAsync("recovery", "plan", "--datastores", _world.Datastores)).Exits(0);
        Assert.All(plan.Lines, line => Assert.Contains("\twaits\tin 59 min ", line, StringComparison.Ordinal));

        HostRun list = (await HostRun.OfAsync("recovery", "list", "--store", _world.Store)).Exits(0);
        Assert.Matches(@"^7\t0\t1\t20\S+Z\t\d+ s\t[\d.]+ [KM]iB\t8 MiB\tsound$", list.Lines[0]);
        Assert.Equal(2, list.Lines.Count);
        HostRun restore = (await HostRun.OfAsync("recovery", "restore", "7", "0", "--store", _world.Store, "--to", _world["back"])).Exits(0);
        Assert.StartsWith("restoring disk 0 of VM 7, generation 1, ", restore.Lines[0], StringComparison.Ordinal);
        Assert.Equal($"restored to {_world["back"]} on local", restore.Lines[^1]);
        Assert.Equal(content, await Hypervisor.GuestBytesAsync(_world["back/disk.0"]));
    }

    [Fact]
    public async Task Json_is_an_object_a_line()
    {
        await _world.DeployAsync(7);
        await _world.StartAsync(7);
        HostRun run = (await HostRun.OfAsync(["recovery", "run", "--once", "--json", "--qmp", _world.Monitors, .. _world.Words])).Exits(0);
        JsonElement taken = JsonDocument.Parse(Assert.Single(run.Lines)).RootElement;
        Assert.Equal(("taken", 7, 0, 1, false), (
            taken.GetProperty("event").GetString(), taken.GetProperty("vm").GetInt32(), taken.GetProperty("disk").GetInt32(),
            taken.GetProperty("generation").GetInt32(), taken.GetProperty("pendingCommit").GetBoolean()));
    }

    [Fact]
    public async Task Machine_that_is_off_fails_and_holds_up_no_other()
    {
        await _world.DeployAsync(7);
        await _world.DeployAsync(8);
        await _world.StartAsync(8);
        HostRun run = (await HostRun.OfAsync(["recovery", "run", "--once", "--json", "--qmp", _world.Monitors, .. _world.Words])).Exits(1);
        JsonElement[] events = [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["failed", "taken"], events.Select(item => item.GetProperty("event").GetString()));
        Assert.Equal("OES0605", events[0].GetProperty("code").GetString());
        Assert.Contains("\tretry\t", (await HostRun.OfAsync("recovery", "plan", "--datastores", _world.Datastores)).Exits(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_while_a_snapshot_is_taken_it_leaves_the_guest_on_its_own_image()
    {
        await _world.DeployAsync(7, frequency: 1);
        await _world.StartAsync(7);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Hypervisor.Token);
        using var output = new WatchedOutput();
        using var error = new StringWriter();
        Task taken = output.Seen("\ttaken\t");
        Task<int> run = HostProgram.RunAsync(
            ["recovery", "run", "--cycle", "1", "--qmp", _world.Monitors, .. _world.Words], new HostIo(TextReader.Null, output, error), stop.Token);
        Assert.Same(taken, await Task.WhenAny(taken, run));
        var layer = new FileInfo(_world.VmDirectory(7) + "/disk.0.snap/rs_tmp");
        for (var clock = Stopwatch.StartNew(); ; layer.Refresh())
        {
            // Between two snapshots the file is empty.
            if (layer is { Exists: true, Length: > 0 }) break;
            HangLimit.AssertNotReached(clock);
            await Task.Delay(1, Hypervisor.Token);
        }

        await stop.CancelAsync();
        Assert.Equal(130, await run);
        GuestDiskLayer found = await _world.LayerAsync(7);
        Assert.True(found == GuestDiskLayer.Overlay, $"{found}\n{output}{File.ReadAllText(_world.VmDirectory(7) + "/.recovery.disk.0.json")}");
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("\tstopped", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains("\tleft\t", StringComparison.Ordinal));
        Assert.Equal("oneedge: cancelled\n", error.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Machines_of_libvirt_are_reached_by_virsh()
    {
        Tool.Require("qemu-img", "qemu-utils");
        byte[] content = await _world.DeployAsync(7);
        string virsh = FakeVirsh.Write(_world["virsh"], _world.VmDirectory(7) + "/disk.0");
        (await HostRun.OfAsync(["recovery", "run", "--once", "--virsh", virsh, "--connect", "test:///default", .. _world.Words])).Exits(0);
        Assert.All(FakeVirsh.Calls(_world["virsh"]), call => Assert.NotEmpty(call));
        Assert.StartsWith("--connect\ntest:///default\n", File.ReadAllText(_world["virsh/calls"]), StringComparison.Ordinal);
        Assert.Equal(content, await Hypervisor.GuestBytesAsync($"{_world.Store}/7/disk.0"));
        File.WriteAllText(_world["virsh/state"], "shut off\n");
        File.Delete(_world.VmDirectory(7) + "/.recovery.disk.0.json");
        File.Delete(_world.VmDirectory(7) + "/disk.0.snap/rs_tmp");
        HostRun off = (await HostRun.OfAsync(["recovery", "run", "--once", "--virsh", virsh, .. _world.Words])).Exits(255);
        Assert.Contains("\tfailed\tVM 7\tdisk 0\tVM 7 is not running", off.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machine_whose_files_cannot_be_used_is_told_of_once()
    {
        await _world.DeployAsync(7, frequency: 1);
        await _world.StartAsync(7);
        await _world.DeployAsync(8);
        File.WriteAllText(_world.VmDirectory(8) + "/vm.xml", "<VM>");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Hypervisor.Token);
        using var output = new WatchedOutput();
        Task third = output.Seen("generation 3,");
        Task<int> run = HostProgram.RunAsync(
            ["recovery", "run", "--cycle", "1", "--qmp", _world.Monitors, .. _world.Words], new HostIo(TextReader.Null, output, TextWriter.Null), stop.Token);
        Assert.Same(third, await Task.WhenAny(third, run));
        await stop.CancelAsync();
        Assert.Equal(130, await run);
        Assert.Single(output.ToString().Split('\n'), line => line.Contains("\tproblem\tVM 8\t", StringComparison.Ordinal));
    }

    public void Dispose() => _world.Dispose();
}

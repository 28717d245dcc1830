using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

public sealed class ExecutorTests : IDisposable
{
    private readonly LocalWorld _world = new();
    private readonly CountingHosts _hosts;
    private readonly FileTransferJournal _journal;

    public ExecutorTests()
    {
        _hosts = new CountingHosts(_world);
        _journal = new FileTransferJournal(_world["journal"]);
        LocalWorld.MakeImage(_world.Image, 1);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Interrupted_plan_does_only_what_is_missing_when_it_is_run_again()
    {
        TransferPlan plan = Plan();
        FailAt("create-recovery-base");
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(plan));
        _hosts.Before = (_, _, _) => Task.CompletedTask;
        List<TransferEvent> events = await RunAsync(plan);
        Assert.Equal([0, 1, 2], events.OfType<StepSkipped>().Select(item => item.Index));
        Assert.Equal(["create-recovery-base", "resize"], events.OfType<StepFinished>().Select(item => StepScripts.Of(item.Step).Script.Name));
        Assert.Equal(1, _hosts.Count("publish-disk"));
        LocalWorld.AssertHolds(_world.Disk, 1);
    }

    [Fact]
    public async Task Plan_begins_anew_when_its_disk_is_no_longer_as_it_was_left()
    {
        TransferPlan plan = Plan();
        FailAt("create-recovery-base");
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(plan));
        _hosts.Before = (_, _, _) => Task.CompletedTask;
        Directory.Delete(Path.GetDirectoryName(_world.Disk)!, recursive: true);
        Assert.DoesNotContain(await RunAsync(plan), item => item is StepSkipped);
        LocalWorld.AssertHolds(_world.Disk, 1);
    }

    [Fact]
    public async Task Finished_plan_is_done_anew_when_it_is_run_again()
    {
        TransferPlan plan = Plan();
        await RunAsync(plan);
        Directory.Delete(Path.GetDirectoryName(_world.Disk)!, recursive: true);
        Assert.DoesNotContain(await RunAsync(plan), item => item is StepSkipped);
        Assert.Empty(Directory.GetFiles(_world["journal"]));
        LocalWorld.AssertHolds(_world.Disk, 1);
    }

    [Theory]
    [InlineData("prepare-copy")]
    [InlineData("copy")]
    [InlineData("publish-disk")]
    [InlineData("create-recovery-base")]
    [InlineData("resize")]
    public async Task Plan_that_fails_at_any_script_is_finished_by_the_next_run(string script)
    {
        TransferPlan plan = Plan();
        FailAt(script);
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(plan));
        string mark = Path.Combine(Path.GetDirectoryName(_world.Disk)!, ".recovery.disk.0.new");
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Path.GetDirectoryName(_world.Disk)!, ".*"), left => left != mark);
        _hosts.Before = (_, _, _) => Task.CompletedTask;
        Assert.IsType<TransferFinished>((await RunAsync(plan))[^1]);
        LocalWorld.AssertHolds(_world.Disk, 1);
        Assert.Contains("8 MiB", ReplicaWorld.Run("qemu-img", "info", _world.Disk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_that_cannot_be_copied_leaves_no_temporary_file()
    {
        await RunAsync(Plan());
        FailAt("publish-disk");
        var temporary = new HostPath("h", _world.Disk + ".oneedge-export");
        var plan = new TransferPlan
        {
            Action = TransferAction.Cpds,
            VmId = 7,
            Steps = [new ExportStep(new HostPath("h", _world.Disk), temporary), new CopyDiskStep(temporary, new HostPath("h", _world["new"]), null)],
            CleanUp = [new RemoveStep(temporary)],
            Subject = temporary,
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(plan));
        Assert.False(File.Exists(temporary.Path));
        Assert.False(File.Exists(_world["new"]));
    }

    [Fact]
    public async Task Loop_that_is_left_stops_the_plan()
    {
        await foreach (TransferEvent item in Executor().RunAsync(Plan(), Token))
            if (item is StepStarted { Index: 0 }) break;
        Assert.False(File.Exists(_world.Disk));
    }

    [Fact]
    public async Task Journal_skips_a_line_that_was_cut_and_all_behind_a_gap()
    {
        const string plan = "0123456789abcdef";
        await _journal.AppendAsync(plan, new TransferJournalEntry(0, "file 1"), Token);
        await _journal.AppendAsync(plan, new TransferJournalEntry(1, "file 2"), Token);
        string file = Directory.GetFiles(_world["journal"]).Single();
        File.AppendAllText(file, "2\tfil");
        Assert.Equal(2, (await _journal.ReadAsync(plan, Token)).Count);
        File.AppendAllText(file, "e\n9\tfile\n");
        Assert.Equal(3, (await _journal.ReadAsync(plan, Token)).Count);
        await _journal.ForgetAsync(plan, Token);
        Assert.Empty(await _journal.ReadAsync(plan, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => _journal.ReadAsync("../x", Token));
    }

    public void Dispose() => _world.Dispose();

    private TransferExecutor Executor() => new(_hosts, _world.Settings, _journal);

    private async Task<List<TransferEvent>> RunAsync(TransferPlan plan)
    {
        List<TransferEvent> events = [];
        await foreach (TransferEvent item in Executor().RunAsync(plan, Token)) events.Add(item);
        return events;
    }

    private void FailAt(string name) => _hosts.Before = (_, script, _) =>
        script.Name == name ? throw new InvalidOperationException("killed") : Task.CompletedTask;

    private TransferPlan Plan()
    {
        HostPath disk = new("h", _world.Disk);
        return new TransferPlan
        {
            Action = TransferAction.Clone,
            VmId = 7,
            Subject = disk,
            Steps =
            [
                new MakeDirectoryStep(disk.Parent()), new MarkMonitoredStep(disk.Parent().Parent(), "ssh"),
                new CopyDiskStep(new HostPath("h", _world.Image), disk, null) { WithSnapshots = true }, new CreateRecoveryBaseStep(disk),
                    new ResizeStep(disk, 8),
            ],
        };
    }
}

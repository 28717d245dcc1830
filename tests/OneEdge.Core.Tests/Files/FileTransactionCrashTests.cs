using OneEdge.Files;
using OneEdge.Testing;

namespace OneEdge.Core.Tests.Files;

public sealed class FileTransactionCrashTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transaction_dying_at_any_step_is_old_or_new_after_recovery()
    {
        List<bool> outcomes = [];
        for (int step = 1; await DieAtAsync(step) is { } isNew; step++) outcomes.Add(isNew);

        // Old up to one step, new from there on; the transaction has many steps.
        Assert.True(outcomes.Count > 60, $"{outcomes.Count} steps");
        Assert.Equal(outcomes.Order(), outcomes);
        Assert.Contains(true, outcomes);
        Assert.Contains(false, outcomes);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.97)]
    public async Task Recovery_dying_at_any_step_can_be_repeated(double progress)
    {
        int diedAt = (int)(progress * await CountStepsAsync());
        for (int step = 1; ; step++)
        {
            using var directory = new TemporaryDirectory();
            var files = new TenFiles(directory.Path, LocalFileStore.Instance);
            await CommitDyingAsync(files, diedAt);
            var store = new FaultyFileStore(LocalFileStore.Instance, step, dies: true);
            bool died = false;
            try
            {
                await FileTransaction.RecoverAsync(files.Journals, store: store, cancellationToken: Token);
            }
            catch (MachineDiedException)
            {
                died = true;
            }

            await FileTransaction.RecoverAsync(files.Journals, cancellationToken: Token);
            files.IsNew(LocalFileStore.Instance);
            if (!died) break;
        }
    }

    [Fact]
    public async Task Disk_full_at_any_step_leaves_everything_old_or_says_that_recovery_finishes()
    {
        int unfinished = 0;
        for (int step = 1; ; step++)
        {
            using var directory = new TemporaryDirectory();
            var files = new TenFiles(directory.Path, LocalFileStore.Instance);
            var store = new FaultyFileStore(LocalFileStore.Instance, step, dies: false);
            try
            {
                await FileTransaction.CommitAsync(files.Changes(), files.Options(store), Token);
                if (store.Steps < step) break;
                Assert.Fail($"Step {step} failed unnoticed.");
            }
            catch (FileTransactionException e) when (e.IsCommitted)
            {
                unfinished++;
                await FileTransaction.RecoverAsync(files.Journals, cancellationToken: Token);
                Assert.True(files.IsNew(LocalFileStore.Instance));
            }
            catch (FileTransactionException e)
            {
                Assert.Contains("No space left", e.Message, StringComparison.Ordinal);
                Assert.False(files.IsNew(LocalFileStore.Instance));
            }
        }

        Assert.True(unfinished > 5);
    }

    [Fact]
    public async Task Power_failure_at_any_step_is_old_or_new_after_recovery_whatever_was_not_flushed()
    {
        List<bool> outcomes = [];
        for (int step = 1; ; step++)
        {
            bool died = false;
            foreach (int seed in Enumerable.Range(0, 8))
            {
                var memory = new MemoryFileStore();
                memory.CreateDirectory("/r", (UnixFileMode)493);
                memory.FlushDirectory("/");
                var files = new TenFiles("/r", memory);
                died = await CommitDyingAsync(files, step, memory);
                if (!died) break;
                MemoryFileStore afterwards = memory.AfterPowerFailure(new Random((1000 * step) + seed));
                await FileTransaction.RecoverAsync(files.Journals, store: afterwards, cancellationToken: Token);
                outcomes.Add(files.IsNew(afterwards));
            }

            if (!died) break;
        }

        Assert.Contains(true, outcomes);
        Assert.Contains(false, outcomes);
    }

    [Fact]
    public async Task Finished_transaction_survives_a_power_failure()
    {
        foreach (int seed in Enumerable.Range(0, 50))
        {
            var memory = new MemoryFileStore();
            memory.CreateDirectory("/r", (UnixFileMode)493);
            memory.FlushDirectory("/");
            var files = new TenFiles("/r", memory);
            await FileTransaction.CommitAsync(files.Changes(), files.Options(memory), Token);
            MemoryFileStore afterwards = memory.AfterPowerFailure(new Random(seed));
            await FileTransaction.RecoverAsync(files.Journals, store: afterwards, cancellationToken: Token);
            Assert.True(files.IsNew(afterwards));
        }
    }

    [Fact]
    public async Task Killed_process_leaves_all_files_at_one_version_after_recovery()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        const int Files = 10;
        using var directory = new TemporaryDirectory();
        for (int i = 0; i < Files; i++) directory.Write($"files/f{i}", "0\n");
        var random = new Random(20260101);
        for (int run = 0; run < 25; run++)
        {
            using var process = KilledProcess.Start(TestProgram.Path, "transaction", directory.Path, $"{Files}");
            await process.WaitForLineAsync("ready", cancellationToken);
            Assert.True(await process.KillAfterAsync(TimeSpan.FromMilliseconds(random.NextDouble() * 60), cancellationToken));

            await FileTransaction.RecoverAsync(directory["journal"], cancellationToken: cancellationToken);
            string first = File.ReadAllText(directory["files/f0"]);
            Assert.EndsWith("\n", first, StringComparison.Ordinal);
            Assert.All(Enumerable.Range(0, Files), i => Assert.Equal(first, File.ReadAllText(directory[$"files/f{i}"])));
            Assert.Equal(Files, Directory.GetFileSystemEntries(directory["files"]).Length);
            Assert.Empty(LocalFileStore.Instance.List(directory["journal"]));
            if (Directory.Exists(directory["backup"])) Directory.Delete(directory["backup"], recursive: true);
        }

        Assert.NotEqual("0\n", File.ReadAllText(directory["files/f0"]));
    }

    private static async Task<int> CountStepsAsync()
    {
        var memory = new MemoryFileStore();
        memory.CreateDirectory("/r", (UnixFileMode)493);
        var files = new TenFiles("/r", memory);
        var store = new FaultyFileStore(memory, failAt: 0, dies: false);
        await FileTransaction.CommitAsync(files.Changes(), files.Options(store), Token);
        return store.Steps;
    }

    private static async Task<bool?> DieAtAsync(int step)
    {
        using var directory = new TemporaryDirectory();
        var files = new TenFiles(directory.Path, LocalFileStore.Instance);
        if (!await CommitDyingAsync(files, step)) return null;
        await FileTransaction.RecoverAsync(files.Journals, cancellationToken: Token);
        bool isNew = files.IsNew(LocalFileStore.Instance);
        FileRecovery again = await FileTransaction.RecoverAsync(files.Journals, cancellationToken: Token);
        Assert.Empty(again.Finished.Concat(again.RolledBack));
        return isNew;
    }

    private static async Task<bool> CommitDyingAsync(TenFiles files, int step, IFileStore? inner = null)
    {
        var store = new FaultyFileStore(inner ?? LocalFileStore.Instance, step, dies: true);
        try
        {
            await FileTransaction.CommitAsync(files.Changes(), files.Options(store), Token);
            return false;
        }
        catch (MachineDiedException)
        {
            return true;
        }
    }
}

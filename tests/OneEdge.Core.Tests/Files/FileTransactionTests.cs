using System.Text;
using OneEdge.Files;
using OneEdge.Testing;

namespace OneEdge.Core.Tests.Files;

public sealed class FileTransactionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Changes_are_made_with_a_backup_that_keeps_modes_and_layout()
    {
        string file = _directory.Write("etc/one/oned.conf", "PORT = 1\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        FileTransactionResult result = await FileTransaction.CommitAsync([Replace(file, "PORT = 1\n", "PORT = 2\n")], Options(), Token);

        Assert.Equal("PORT = 2\n", File.ReadAllText(file));
        Assert.Equal([_directory["backup/etc/one/oned.conf"]], result.Backups);
        Assert.Equal("PORT = 1\n", File.ReadAllText(result.Backups[0]));
        Assert.Equal(File.GetUnixFileMode(file), File.GetUnixFileMode(result.Backups[0]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(file));
        Assert.Equal(FileStoreSteps.OwnerOnlyDirectory, File.GetUnixFileMode(_directory["backup"]));
        Assert.Equal(FileStoreSteps.OwnerOnlyDirectory, File.GetUnixFileMode(_directory["journal"]));
        Assert.Empty(Directory.GetFiles(_directory["journal"]));
        Assert.Equal([file], Directory.GetFiles(_directory["etc/one"]));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData(null)]
    public async Task File_that_changed_or_vanished_since_it_was_read_stops_everything(string? now)
    {
        string one = _directory.Write("one", "1");
        string two = _directory.Write("two", "2");
        FileChange[] changes = [Replace(one, "1", "new"), Replace(two, "2", "new")];
        if (now is null) File.Delete(two);
        else File.WriteAllText(two, now);

        FileConflictException e = await Assert.ThrowsAsync<FileConflictException>(() => FileTransaction.CommitAsync(changes, Options(), Token));

        Assert.Equal([two], e.Paths);
        Assert.Contains(two, e.Message, StringComparison.Ordinal);
        Assert.Equal("1", File.ReadAllText(one));
        Assert.Equal(now, File.Exists(two) ? File.ReadAllText(two) : null);
        Assert.False(Directory.Exists(_directory["backup"]));
    }

    [Fact]
    public async Task New_file_that_appeared_meanwhile_is_not_overwritten()
    {
        string file = _directory.Write("new", "theirs");
        await Assert.ThrowsAsync<FileConflictException>(
            () => FileTransaction.CommitAsync([FileChange.Create(file, "ours"u8.ToArray(), FileStoreSteps.OwnerOnly)], Options(), Token));
        Assert.Equal("theirs", File.ReadAllText(file));
    }

    [Fact]
    public async Task File_changed_between_crash_and_recovery_is_reported_and_kept_on_request()
    {
        string one = _directory.Write("one", "1");
        string two = _directory.Write("two", "2");
        await DieAfterCommitAsync([Replace(one, "1", "new"), Replace(two, "2", "new")]);
        File.WriteAllText(two, "theirs");

        FileConflictException e = await Assert.ThrowsAsync<FileConflictException>(
            () => FileTransaction.RecoverAsync(_directory["journal"], cancellationToken: Token));
        Assert.Equal([two], e.Paths);
        Assert.Equal("1", File.ReadAllText(one));

        FileRecovery recovery = await FileTransaction.RecoverAsync(_directory["journal"], FileConflictChoice.KeepCurrent, cancellationToken: Token);
        Assert.Equal([one, two], recovery.Finished);
        Assert.Equal("new", File.ReadAllText(one));
        Assert.Equal("theirs", File.ReadAllText(two));
        Assert.Equal(2, Directory.GetFiles(_directory.Path).Length);
    }

    [Fact]
    public async Task File_changed_in_the_last_instant_is_kept_and_everything_rolled_back()
    {
        string one = _directory.Write("one", "1");
        string two = _directory.Write("two", "2");
        var store = new LastInstantStore(() => File.WriteAllText(two, "theirs"));
        FileConflictException e = await Assert.ThrowsAsync<FileConflictException>(
            () => FileTransaction.CommitAsync([Replace(one, "1", "new"), Replace(two, "2", "new")], Options() with { Store = store }, Token));
        Assert.Equal([two], e.Paths);
        Assert.Equal("1", File.ReadAllText(one));
        Assert.Equal("theirs", File.ReadAllText(two));
        Assert.Equal(2, Directory.GetFiles(_directory.Path).Length);
        Assert.Empty(Directory.GetFiles(_directory["journal"]));
    }

    [Fact]
    public async Task Symbolic_link_is_refused_by_name()
    {
        string target = _directory.Write("target", "1");
        File.CreateSymbolicLink(_directory["link"], target);
        PathRefusedException e = await Assert.ThrowsAsync<PathRefusedException>(
            () => FileTransaction.CommitAsync([Replace(_directory["link"], "1", "2")], Options(), Token));
        Assert.Equal(CoreErrorCodes.SymbolicLink, e.Code);
        Assert.Contains(_directory["link"], e.Message, StringComparison.Ordinal);
        Assert.Equal("1", File.ReadAllText(target));
    }

    [Fact]
    public async Task Backup_that_exists_already_is_never_overwritten()
    {
        string file = _directory.Write("one", "1");
        _directory.Write("backup/one", "older backup");
        await Assert.ThrowsAsync<FileConflictException>(() => FileTransaction.CommitAsync([Replace(file, "1", "2")], Options(), Token));
        Assert.Equal("older backup", File.ReadAllText(_directory["backup/one"]));
        Assert.Equal("1", File.ReadAllText(file));
    }

    [Fact]
    public async Task Cancellation_before_the_commit_changes_nothing()
    {
        string file = _directory.Write("one", "1");
        using var source = new CancellationTokenSource();
        var store = new CancellingStore(source);
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => FileTransaction.CommitAsync([Replace(file, "1", "2")], Options() with { Store = store }, source.Token));
        Assert.Equal(source.Token, e.CancellationToken);
        Assert.Equal("1", File.ReadAllText(file));
        Assert.False(Directory.Exists(_directory["backup"]));
        Assert.Empty(Directory.GetFiles(_directory["journal"]));
    }

    [Fact]
    public async Task Full_disk_rolls_back_and_removes_temporary_files()
    {
        using SmallDisk disk = SmallDisk.Mount(_directory["disk"], "size=64k");
        string file = _directory.Write("disk/one", new string('a', 30_000));
        FileTransactionException e = await Assert.ThrowsAsync<FileTransactionException>(
            () => FileTransaction.CommitAsync([Replace(file, new string('a', 30_000), new string('b', 60_000))], Options(), Token));
        Assert.False(e.IsCommitted);
        Assert.Equal(new string('a', 30_000), File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(_directory["disk"]));
        Assert.False(Directory.Exists(_directory["backup"]));
        Assert.Empty(Directory.GetFiles(_directory["journal"]));
    }

    [Fact]
    public async Task Full_disk_under_the_journal_changes_nothing()
    {
        using SmallDisk disk = SmallDisk.Mount(_directory["journal"], "size=4k");
        _directory.Write("journal/filler", new byte[4096]);
        string file = _directory.Write("one", "1");
        FileTransactionException e = await Assert.ThrowsAsync<FileTransactionException>(
            () => FileTransaction.CommitAsync([Replace(file, "1", "2")], Options(), Token));
        Assert.False(e.IsCommitted);
        Assert.Equal("1", File.ReadAllText(file));
        Assert.Equal([_directory["journal/filler"]], Directory.GetFiles(_directory["journal"]));
    }

    [Fact]
    public async Task Read_only_directory_changes_nothing()
    {
        string writable = _directory.Write("one", "1");
        using SmallDisk disk = SmallDisk.Mount(_directory["disk"], "size=64k");
        string file = _directory.Write("disk/two", "2");
        disk.MakeReadOnly();
        FileTransactionException e = await Assert.ThrowsAsync<FileTransactionException>(
            () => FileTransaction.CommitAsync([Replace(writable, "1", "new"), Replace(file, "2", "new")], Options(), Token));
        Assert.Contains(_directory["disk"], e.Message, StringComparison.Ordinal);
        Assert.Equal("1", File.ReadAllText(writable));
        Assert.Equal([writable], Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public async Task Journal_damaged_after_the_commit_is_an_error_and_stays()
    {
        string journal = _directory.Write("journal/transaction-1.committed", "{ nonsense\n");
        OneEdgeException e = await Assert.ThrowsAsync<OneEdgeException>(() => FileTransaction.RecoverAsync(_directory["journal"], cancellationToken: Token));
        Assert.Equal(CoreErrorCodes.JournalUnreadable, e.Code);
        Assert.Contains(journal, e.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(journal));
    }

    [Fact]
    public async Task Misuse_is_an_argument_error()
    {
        string file = _directory.Write("one", "1");
        await Assert.ThrowsAsync<ArgumentException>(() => FileTransaction.CommitAsync([Replace(file, "1", "2"), Replace(file, "1", "3")], Options(), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => FileTransaction.CommitAsync([Replace("/elsewhere", "1", "2")], Options(), Token));
    }

    [Fact]
    public async Task One_file_costs_few_flushes()
    {
        string file = _directory.Write("etc/one/oned.conf", new string('a', 57_000));
        var store = new CountingStore();
        // Journal, new content, backup, and each directory that got an entry: three of them are new for the backup, one for the journal.
        await FileTransaction.CommitAsync([Replace(file, new string('a', 57_000), new string('b', 57_000))], Options() with { Store = store }, Token);
        Assert.Equal(12, store.Flushes);
    }

    private static FileChange Replace(string path, string old, string content) =>
        FileChange.Replace(path, ContentHash.Of(Encoding.ASCII.GetBytes(old)), Encoding.ASCII.GetBytes(content));

    private FileTransactionOptions Options() =>
        new() { JournalDirectory = _directory["journal"], BackupDirectory = _directory["backup"], Root = _directory.Path };

    private async Task DieAfterCommitAsync(FileChange[] changes)
    {
        var store = new DyingAfterCommitStore();
        await Assert.ThrowsAsync<MachineDiedException>(() => FileTransaction.CommitAsync(changes, Options() with { Store = store }, Token));
    }

    /// <summary>Calls a hook before each step that matters here.</summary>
    private abstract class HookedStore : IFileStore
    {
        private static LocalFileStore Local => LocalFileStore.Instance;

        public FileStatus? GetStatus(string path) => Local.GetStatus(path);

        public IReadOnlyList<string> List(string directory) => Local.List(directory);

        public byte[] Read(string path, long maxBytes) => Local.Read(path, maxBytes);

        public IWritableFile Create(string path, UnixFileMode mode)
        {
            OnStep("create", path);
            return new HookedFile(this, Local.Create(path, mode), path);
        }

        public void CreateDirectory(string path, UnixFileMode mode) => Local.CreateDirectory(path, mode);

        public void Rename(string from, string to, bool replace)
        {
            OnStep("rename", to);
            Local.Rename(from, to, replace);
        }

        public void Delete(string path)
        {
            OnStep("delete", path);
            Local.Delete(path);
        }

        public void DeleteEmptyDirectory(string path) => Local.DeleteEmptyDirectory(path);

        public void FlushDirectory(string directory)
        {
            OnStep("flush", directory);
            Local.FlushDirectory(directory);
        }

        protected abstract void OnStep(string step, string path);

        private sealed class HookedFile(HookedStore store, IWritableFile inner, string path) : IWritableFile
        {
            public void Write(ReadOnlySpan<byte> content) => inner.Write(content);

            public void CopyMetadata(string from) => inner.CopyMetadata(from);

            public void Flush()
            {
                store.OnStep("flush", path);
                inner.Flush();
            }

            public void Dispose() => inner.Dispose();
        }
    }

    private sealed class CountingStore : HookedStore
    {
        internal int Flushes { get; private set; }

        protected override void OnStep(string step, string path) => Flushes += step == "flush" ? 1 : 0;
    }

    private sealed class CancellingStore(CancellationTokenSource source) : HookedStore
    {
        protected override void OnStep(string step, string path)
        {
            if (step == "create" && path.EndsWith(".tmp", StringComparison.Ordinal)) source.Cancel();
        }
    }

    private sealed class LastInstantStore(Action action) : HookedStore
    {
        protected override void OnStep(string step, string path)
        {
            if (step == "rename" && path.EndsWith(".committed", StringComparison.Ordinal)) action();
        }
    }

    private sealed class DyingAfterCommitStore : HookedStore
    {
        private bool _isCommitted;

        protected override void OnStep(string step, string path)
        {
            if (_isCommitted && step == "rename") throw new MachineDiedException();
            _isCommitted |= path.EndsWith(".committed", StringComparison.Ordinal);
        }
    }
}

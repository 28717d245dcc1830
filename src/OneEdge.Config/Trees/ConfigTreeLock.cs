using System.Diagnostics;
using OneEdge.Files;
using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>A tree that no other process changes until the lock is disposed; see <see cref="ConfigTree.LockAsync"/>.</summary>
public sealed class ConfigTreeLock : IDisposable
{
    private readonly ConfigTree _tree;
    private readonly CrossProcessLock _held;

    private ConfigTreeLock(ConfigTree tree, CrossProcessLock held)
    {
        _tree = tree;
        _held = held;
    }

    private string JournalDirectory => Path.Combine(_tree.StateDirectory, ".journal");

    /// <inheritdoc cref="ConfigTree.ApplyAsync(PatchPlan, PatchOptions?, CancellationToken)"/>
    public async Task<PatchResult> ApplyAsync(PatchPlan plan, PatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (Refusal(plan, options ?? PatchOptions.Default) is { } reason) return new PatchResult(plan, IsSaved: false, reason, Backup: null);
        IEnumerable<TreeChange> changes = plan.Files.Where(f => f.IsChanged).Select(f => new TreeChange(f.File, f.Before, f.After));
        return new PatchResult(plan, IsSaved: true, Reason: null, await CommitAsync([.. changes], cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc cref="ConfigTree.ApplyAsync(UpgradePlan, CancellationToken)"/>
    public Task<ConfigBackup?> ApplyAsync(UpgradePlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!plan.CanApply) throw new ConfigConflictException([.. plan.Conflicts.Where(c => c.Choice == ConflictChoice.Fail)]);
        IEnumerable<TreeChange> changes = plan.Files.Where(f => f.Action != UpgradeAction.Keep)
            .Select(f => new TreeChange(f.File, f.Before, f.After) { Mode = f.Mode });
        return CommitAsync([.. changes], cancellationToken);
    }

    /// <summary>Lets others in.</summary>
    public void Dispose() => _held.Dispose();

    internal static async Task<ConfigTreeLock> AcquireAsync(ConfigTree tree, CancellationToken cancellationToken)
    {
        CrossProcessLock held = await TakeAsync(tree, cancellationToken).ConfigureAwait(false);
        var result = new ConfigTreeLock(tree, held);
        try
        {
            await result.RecoverAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    internal async Task<ConfigBackup?> CommitAsync(IReadOnlyList<TreeChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0) return null;
        using Activity? activity = ConfigTelemetry.Activities.StartActivity("config.commit");
        activity?.SetTag("oneedge.config.files", changes.Count);
        ConfigBackup backup = _tree.Backups.Next([.. changes.Select(c => new BackupFile(c.File, Existed: c.Before is not null))]);
        FileChange manifest = FileChange.Create(
            Path.Combine(backup.Directory, BackupManifest.FileName), BackupManifest.Of(backup).ToBytes(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var options = new FileTransactionOptions
        {
            JournalDirectory = JournalDirectory,
            BackupDirectory = backup.Directory,
            Root = _tree.Root,
            Store = _tree.Options.Store,
        };
        await FileTransaction.CommitAsync([.. changes.Select(FileChangeOf), manifest], options, cancellationToken).ConfigureAwait(false);
        ConfigTelemetry.FilesWritten.Add(changes.Count);
        Log.FilesWritten(_tree.Logger, changes.Count, _tree.Root, backup.Id);
        return backup;
    }

    private static async Task<CrossProcessLock> TakeAsync(ConfigTree tree, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(tree.StateDirectory);
            string path = Path.Combine(tree.StateDirectory, ".lock");
            return await CrossProcessLock.AcquireAsync(path, tree.Options.LockTimeout, tree.Options.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException(
                ConfigErrorCodes.State, $"The directory '{tree.StateDirectory}', where the lock lies, can't be used: {e.Message} Nothing was changed.", e);
        }
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        FileRecovery recovery = await FileTransaction.RecoverAsync(JournalDirectory, store: _tree.Options.Store, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        if (recovery.Finished.Count + recovery.RolledBack.Count == 0) return;
        ConfigTelemetry.Recoveries.Add(1);
        Log.Recovered(_tree.Logger, _tree.Root, recovery.Finished.Count, recovery.RolledBack.Count);
    }

    private FileChange FileChangeOf(TreeChange change)
    {
        string path = _tree.PathOf(change.File);
        if (change.Before is not { } before) return FileChange.Create(path, change.After!.Bytes, change.Mode) with { MetadataFrom = change.MetadataFrom, TakesOwnerOfDirectory = true };
        ContentHash expected = ContentHash.Of(before.Span);
        return (change.After is { } after ? FileChange.Replace(path, expected, after.Bytes) : FileChange.Delete(path, expected)) with
        {
            ExpectedLength = before.Length,
        };
    }

    private static string? Refusal(PatchPlan plan, PatchOptions options)
    {
        if (plan.Diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } unreadable) return unreadable.ToString();
        if (plan.FirstFailure is { } failure) return $"{failure}: {failure.Outcome.Explanation}";
        if (plan.AppliedCount == 0) return "No change applies.";
        int left = plan.ChangeCount - plan.AppliedCount;
        return options.RequireAll && left > 0 ? $"{left} of {plan.ChangeCount} changes do not apply." : null;
    }
}

/// <summary>One file of a transaction over a tree.</summary>
/// <param name="File">The file, as seen from the root.</param>
/// <param name="Before">The text that the change was decided on; <see langword="null"/> when there was no file.</param>
/// <param name="After">The new text; <see langword="null"/> to remove the file.</param>
internal sealed record TreeChange(string File, SourceText? Before, SourceText? After)
{
    /// <summary>The mode of a new file.</summary>
    public UnixFileMode Mode { get; init; } = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The file whose owner, permissions and extended attributes a new file takes, instead of the mode.</summary>
    public string? MetadataFrom { get; init; }
}

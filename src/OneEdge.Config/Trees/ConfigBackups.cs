using System.Globalization;
using System.Text.Json;
using OneEdge.Files;
using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>The backups of a tree: one for every run that wrote files, until they are pruned.</summary>
public sealed class ConfigBackups
{
    private const long MaxManifestBytes = 16 * 1024 * 1024;
    private readonly ConfigTree _tree;

    internal ConfigBackups(ConfigTree tree) => _tree = tree;

    /// <summary>Where the backups lie.</summary>
    public string Directory => _tree.Options.BackupDirectory is { } given ? Path.GetFullPath(given) : _tree.StateDirectory;

    /// <summary>The complete backups.</summary>
    /// <returns>The backups, the newest first.</returns>
    public IReadOnlyList<ConfigBackup> List()
    {
        if (!System.IO.Directory.Exists(Directory)) return [];
        return
        [
            .. System.IO.Directory.EnumerateDirectories(Directory).Select(d => TryRead(Path.GetFileName(d))).OfType<ConfigBackup>()
                .OrderByDescending(b => b.Time).ThenByDescending(b => b.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Brings the files of a backup back as one transaction; files that the run had created are removed. The present files are backed up first.
    /// </summary>
    /// <param name="id">The name of the backup.</param>
    /// <param name="cancellationToken">Stops before the first file is replaced.</param>
    /// <returns>The backup of the present files; <see langword="null"/> when nothing differs.</returns>
    /// <exception cref="ConfigException"><c>OEC1301</c>: there is no such complete backup.</exception>
    public async Task<ConfigBackup?> RestoreAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        using ConfigTreeLock held = await _tree.LockAsync(cancellationToken).ConfigureAwait(false);
        ConfigBackup backup = TryRead(id) ?? throw new ConfigException(ConfigErrorCodes.NoBackup, $"There is no complete backup '{id}' in '{Directory}'.");
        var stored = new SandboxRoot(backup.Directory);
        List<TreeChange> changes = [];
        foreach (BackupFile file in backup.Files)
        {
            SourceText? present = await _tree.TryReadTextAsync(file.File, cancellationToken).ConfigureAwait(false);
            SourceText? past = file.Existed ? await ReadAsync(stored, id, file.File, cancellationToken).ConfigureAwait(false) : null;
            bool same = present is null ? past is null : past is not null && present.Span.SequenceEqual(past.Span);
            if (!same) changes.Add(new TreeChange(file.File, present, past) { MetadataFrom = Path.Join(backup.Directory, file.File) });
        }

        return await held.CommitAsync(changes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes old backups, and what an interrupted deletion has left.</summary>
    /// <param name="keep">How many of the newest stay.</param>
    /// <param name="cancellationToken">Stops between two backups.</param>
    /// <returns>The deleted backups, the oldest first.</returns>
    public async Task<IReadOnlyList<ConfigBackup>> PruneAsync(int keep, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        using ConfigTreeLock held = await _tree.LockAsync(cancellationToken).ConfigureAwait(false);
        BackupRemoval.Finish(_tree.Options.Store, Directory);
        List<ConfigBackup> deleted = [];
        foreach (ConfigBackup backup in List().Skip(keep).Reverse())
        {
            cancellationToken.ThrowIfCancellationRequested();
            BackupRemoval.Remove(_tree.Options.Store, Directory, backup.Id);
            deleted.Add(backup);
        }

        return deleted;
    }

    /// <summary>A backup that is about to be made, under a name that is free.</summary>
    internal ConfigBackup Next(IReadOnlyList<BackupFile> files)
    {
        DateTimeOffset now = _tree.Options.Time.GetLocalNow();
        string stem = now.ToString("yyyy-MM-dd_HH-mm-ss", CultureInfo.InvariantCulture);
        string id = stem;
        for (int number = 2; Path.Exists(Path.Combine(Directory, id)); number++) id = string.Create(CultureInfo.InvariantCulture, $"{stem}_{number}");
        return new ConfigBackup(id, Path.Combine(Directory, id), now, files);
    }

    private ConfigBackup? TryRead(string id)
    {
        // Names with a dot are ours: journals, and what an interrupted deletion has left.
        if (id.StartsWith('.')) return null;
        string name = $"{id}/{BackupManifest.FileName}";
        try
        {
            string path = new SandboxRoot(Directory).Resolve(name);
            return BackupManifest.Parse(LocalFileStore.Instance.Read(path, MaxManifestBytes)) is { } manifest
                ? new ConfigBackup(id, Path.Combine(Directory, id), manifest.Time, manifest.Files)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PathRefusedException or JsonException)
        {
            return null;
        }
    }

    private async Task<SourceText> ReadAsync(SandboxRoot stored, string id, string file, CancellationToken cancellationToken)
    {
        try
        {
            return SourceText.FromBytes(
                await stored.ReadFileAsync(file.TrimStart('/'), _tree.Options.Limits.MaxBytes, cancellationToken).ConfigureAwait(false), file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ConfigException(ConfigErrorCodes.NoBackup, $"The backup '{id}' in '{Directory}' is damaged: it lacks '{file}'. Nothing was changed.", e);
        }
    }
}

using OneEdge.Files;

namespace OneEdge.Config;

/// <summary>
/// Deletes backups so that one is there or is not, whenever the process dies: it is renamed first, which is one step, and what an
/// interrupted deletion leaves has a name that the next one knows.
/// </summary>
internal static class BackupRemoval
{
    private const string Prefix = ".pruned-";

    /// <summary>Deletes one backup.</summary>
    public static void Remove(IFileStore store, string directory, string id)
    {
        string doomed = Path.Combine(directory, Prefix + id);
        store.Rename(Path.Combine(directory, id), doomed, replace: false);
        store.FlushDirectory(directory);
        DeleteTree(store, doomed);
    }

    /// <summary>Deletes what interrupted deletions have left.</summary>
    public static void Finish(IFileStore store, string directory)
    {
        foreach (string name in store.List(directory).Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
            DeleteTree(store, Path.Combine(directory, name));
    }

    // Links are deleted, never followed.
    private static void DeleteTree(IFileStore store, string path)
    {
        if (store.GetStatus(path)?.Kind != FileKind.Directory)
        {
            store.Delete(path);
            return;
        }

        foreach (string name in store.List(path)) DeleteTree(store, Path.Combine(path, name));
        store.DeleteEmptyDirectory(path);
    }
}

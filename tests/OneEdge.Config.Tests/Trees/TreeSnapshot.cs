using OneEdge.Files;

namespace OneEdge.Config.Tests.Trees;

/// <summary>Everything below a root, down to kinds, modes and bytes, so that a test can say that nothing was touched.</summary>
internal static class TreeSnapshot
{
    private const long MaxHashed = 32 << 20;

    /// <summary>One line an entry, with the time of the last change of a file; what lies in the directory of the backups is left out.</summary>
    public static SortedDictionary<string, string> Of(string root)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(root, root, withTimes: true, entries);
        return entries;
    }

    /// <summary>The same without times and directories, which a restore does not bring back.</summary>
    public static SortedDictionary<string, string> OfFiles(string root)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(root, root, withTimes: false, entries);
        foreach (string directory in entries.Keys.Where(k => entries[k].StartsWith("Directory", StringComparison.Ordinal)).ToList()) entries.Remove(directory);
        return entries;
    }

    private static void Add(string root, string directory, bool withTimes, SortedDictionary<string, string> entries)
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(directory))
        {
            string name = Path.GetRelativePath(root, path);
            if (name == "var/lib/one/backups") continue;
            FileStatus status = LocalFileStore.Instance.GetStatus(path)!.Value;
            string content = status.Kind switch
            {
                FileKind.Regular when status.Length <= MaxHashed =>
                    $"{status.Length} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}",
                FileKind.Regular => $"{status.Length}",
                FileKind.SymbolicLink => File.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName ?? "",
                _ => "",
            };
            bool isTimed = withTimes && status.Kind == FileKind.Regular;
            entries.Add(name, $"{status.Kind} {status.Mode} {content}{(isTimed ? $" {File.GetLastWriteTimeUtc(path).Ticks}" : "")}");
            if (status.Kind == FileKind.Directory) Add(root, path, withTimes, entries);
        }
    }
}

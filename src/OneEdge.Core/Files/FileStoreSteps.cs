namespace OneEdge.Files;

/// <summary>Small sequences of steps that more than one writer needs.</summary>
internal static class FileStoreSteps
{
    internal const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    internal const UnixFileMode OwnerOnlyDirectory = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Whether the outside world failed, as opposed to our own code.</summary>
    internal static bool IsStorageFailure(Exception exception) => exception is IOException or UnauthorizedAccessException;

    internal static void TryDelete(IFileStore store, string path)
    {
        try
        {
            store.Delete(path);
        }
        catch (Exception e) when (IsStorageFailure(e))
        {
            // The caller is about to report the failure that led here, which says more.
        }
    }

    /// <summary>The hash of a regular file, or <see langword="null"/> when nothing is there.</summary>
    /// <exception cref="PathRefusedException">Something else than a regular file is there.</exception>
    internal static ContentHash? TryHash(this IFileStore store, string path) =>
        store.TryRead(path) is { } content ? ContentHash.Of(content) : null;

    /// <summary>The content of a regular file, or <see langword="null"/> when nothing is there.</summary>
    /// <exception cref="PathRefusedException">Something else than a regular file is there.</exception>
    internal static byte[]? TryRead(this IFileStore store, string path)
    {
        if (store.GetStatus(path) is not { } status) return null;
        if (status.Kind != FileKind.Regular) throw LocalFileStore.NotRegular(path, status.Kind);
        return store.Read(path, Array.MaxLength);
    }

    /// <summary>The directories that are missing above and including a directory, outermost first.</summary>
    internal static IEnumerable<string> MissingDirectories(this IFileStore store, string directory)
    {
        var missing = new Stack<string>();
        for (string? current = directory; current is not null && store.GetStatus(current) is null; current = Path.GetDirectoryName(current))
            missing.Push(current);
        return missing;
    }

    internal static void FlushDirectories(this IFileStore store, IEnumerable<string> directories)
    {
        store.FlushAll([], [.. directories.Distinct(StringComparer.Ordinal)]);
    }

    internal static string DirectoryOf(string path) => Path.GetDirectoryName(path) ?? path;
}

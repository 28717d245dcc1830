namespace OneEdge.Files;

/// <summary>Replaces a file in one step: whoever reads it, and whenever the machine dies, sees the old content or the new one.</summary>
public static class AtomicFile
{
    /// <summary>Replaces or creates a file. An existing file keeps permissions, owner, group and extended attributes as far as the process may.</summary>
    /// <param name="path">The file; its directory exists.</param>
    /// <param name="content">The new content.</param>
    /// <param name="options">Permissions of a new file, links.</param>
    /// <param name="cancellationToken">Stops before the file is replaced, never in the middle.</param>
    /// <returns>A task that ends when the new content survives a power failure.</returns>
    /// <exception cref="PathRefusedException">The file is a symbolic link, a directory or a special file.</exception>
    /// <exception cref="FileTransactionException">The file cannot be written; the original is untouched and nothing is left beside it.</exception>
    public static Task ReplaceAsync(
        string path, ReadOnlyMemory<byte> content, AtomicFileOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Task.Run(() => Replace(Path.GetFullPath(path), content.Span, options ?? new AtomicFileOptions(), cancellationToken), cancellationToken);
    }

    private static void Replace(string path, ReadOnlySpan<byte> content, AtomicFileOptions options, CancellationToken cancellationToken)
    {
        IFileStore store = options.Store;
        FileStatus? status = store.GetStatus(path);
        if (status is { Kind: FileKind.SymbolicLink } && options.FollowLinksWithin is { } root)
        {
            path = root.ResolveLinks(path);
            status = store.GetStatus(path);
        }

        if (status is { Kind: not FileKind.Regular } other) throw LocalFileStore.NotRegular(path, other.Kind);
        string directory = Path.GetDirectoryName(path)!;
        string staged = Path.Combine(directory, $".oneedge-{Guid.NewGuid():N}.tmp");
        bool replaced = false;
        try
        {
            using (IWritableFile file = store.Create(staged, status is null ? options.NewFileMode : FileStoreSteps.OwnerOnly))
            {
                file.Write(content);
                if (status is not null) file.CopyMetadata(path);
                file.Flush();
            }

            cancellationToken.ThrowIfCancellationRequested();
            store.Rename(staged, path, replace: status is not null);
            replaced = true;
            store.FlushDirectory(directory);
        }
        catch (Exception e)
        {
            if (!replaced) FileStoreSteps.TryDelete(store, staged);
            if (!FileStoreSteps.IsStorageFailure(e)) throw;
            string outcome = replaced ? "It is replaced, but may come back after a power failure" : "It is untouched";
            throw new FileTransactionException(CoreErrorCodes.ReplaceFailed, $"Cannot replace '{path}': {e.Message} {outcome}.", e);
        }
    }
}

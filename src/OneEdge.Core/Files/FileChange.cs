namespace OneEdge.Files;

/// <summary>What shall become of one file in a <see cref="FileTransaction"/>.</summary>
/// <param name="Path">The file, an absolute path.</param>
/// <param name="Content">The new content; <see langword="null"/> deletes the file.</param>
/// <param name="ExpectedHash">The content on which the change was decided; <see langword="null"/> when the file must not exist.</param>
public sealed record FileChange(string Path, ReadOnlyMemory<byte>? Content, ContentHash? ExpectedHash)
{
    /// <summary>The permissions if the file is new. An existing file keeps its own.</summary>
    /// <value>Default: readable and writable by the owner alone.</value>
    public UnixFileMode NewFileMode { get; init; } = FileStoreSteps.OwnerOnly;

    /// <summary>Replaces a file.</summary>
    /// <param name="path">The file, an absolute path.</param>
    /// <param name="oldContent">The content on which the change was decided.</param>
    /// <param name="newContent">The new content.</param>
    /// <returns>The change.</returns>
    public static FileChange Replace(string path, ReadOnlyMemory<byte> oldContent, ReadOnlyMemory<byte> newContent) =>
        new(path, newContent, ContentHash.Of(oldContent.Span));

    /// <summary>Creates a file, with the directories that are missing above it.</summary>
    /// <param name="path">The file, an absolute path.</param>
    /// <param name="content">The content.</param>
    /// <param name="mode">The permissions.</param>
    /// <returns>The change.</returns>
    public static FileChange Create(string path, ReadOnlyMemory<byte> content, UnixFileMode mode) => new(path, content, null) { NewFileMode = mode };

    /// <summary>Deletes a file.</summary>
    /// <param name="path">The file, an absolute path.</param>
    /// <param name="oldContent">The content on which the change was decided.</param>
    /// <returns>The change.</returns>
    public static FileChange Delete(string path, ReadOnlyMemory<byte> oldContent) => new(path, null, ContentHash.Of(oldContent.Span));
}

namespace OneEdge.Files;

/// <summary>What shall become of one file in a <see cref="FileTransaction"/>.</summary>
public sealed record FileChange
{
    private FileChange(string path, ReadOnlyMemory<byte>? content, ContentHash? expectedHash)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
        Content = content;
        ExpectedHash = expectedHash;
    }

    /// <summary>The file, an absolute path.</summary>
    public string Path { get; internal init; }

    /// <summary>The new content; <see langword="null"/> deletes the file.</summary>
    public ReadOnlyMemory<byte>? Content { get; }

    /// <summary>The content on which the change was decided; <see langword="null"/> when the file must not exist.</summary>
    public ContentHash? ExpectedHash { get; }

    /// <summary>The permissions if the file is new. An existing file keeps its own.</summary>
    public UnixFileMode NewFileMode { get; private init; } = FileStoreSteps.OwnerOnly;

    /// <summary>The size of the content on which the change was decided, when it is known: a file of another size is changed, and need not be read.</summary>
    internal long? ExpectedLength { get; init; }

    /// <summary>A file whose owner, permissions and extended attributes a new file takes, instead of <see cref="NewFileMode"/>.</summary>
    internal string? MetadataFrom { get; init; }

    /// <summary>Whether a new file takes owner and group of the directory that it comes into, as far as the process may, instead of those of the process.</summary>
    public bool TakesOwnerOfDirectory { get; init; }

    /// <summary>Replaces a file.</summary>
    /// <param name="path">The file, an absolute path.</param>
    /// <param name="expected">The content on which the change was decided.</param>
    /// <param name="content">The new content.</param>
    /// <returns>The change.</returns>
    public static FileChange Replace(string path, ContentHash expected, ReadOnlyMemory<byte> content) => new(path, content, expected);

    /// <summary>Creates a file, with the directories that are missing above it.</summary>
    /// <param name="path">The file, an absolute path.</param>
    /// <param name="content">The content.</param>
    /// <param name="mode">The permissions.</param>
    /// <returns>The change.</returns>
    public static FileChange Create(string path, ReadOnlyMemory<byte> content, UnixFileMode mode) => new(path, content, null) { NewFileMode = mode };

    /// <summary>Deletes a file.</summary>
    /// <param name="path">The file, an absolute path.</param>
    /// <param name="expected">The content on which the change was decided.</param>
    /// <returns>The change.</returns>
    public static FileChange Delete(string path, ContentHash expected) => new(path, null, expected);
}

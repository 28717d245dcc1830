namespace OneEdge.Files;

/// <summary>How <see cref="AtomicFile"/> replaces a file.</summary>
public sealed record AtomicFileOptions
{
    /// <summary>The permissions of a file that does not exist yet. An existing file keeps its own.</summary>
    /// <value>Default: readable and writable by the owner alone.</value>
    public UnixFileMode NewFileMode { get; init; } = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A root within which a symbolic link in place of the file is followed; the file that it points to is replaced.</summary>
    /// <value>Default: <see langword="null"/>, a symbolic link is refused.</value>
    public SandboxRoot? FollowLinksWithin { get; init; }

    /// <summary>Where files are.</summary>
    /// <value>Default: this machine.</value>
    public IFileStore Store { get; init; } = LocalFileStore.Instance;
}

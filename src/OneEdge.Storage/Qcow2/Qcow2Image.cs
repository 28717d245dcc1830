namespace OneEdge.Storage;

/// <summary>
/// A qcow2 image that is open for reading, with its whole backing chain. Nothing is written and no program is run. May be used by several threads at once.
/// </summary>
public sealed partial class Qcow2Image : IAsyncDisposable, IDisposable
{
    private readonly Qcow2OpenOptions _options;
    private readonly ImageChain _chain;

    private Qcow2Image(ImageChain chain, Qcow2OpenOptions options)
    {
        (_chain, _options) = (chain, options);
        BackingChain = [.. chain.Layers.Select(layer => layer.Info)];
    }

    /// <summary>What is known of the image itself.</summary>
    public DiskImageInfo Info => BackingChain[0];

    /// <summary>The image and all below it, from the top down.</summary>
    public IReadOnlyList<DiskImageInfo> BackingChain { get; }

    /// <summary>Opens an image and its backing chain.</summary>
    /// <param name="path">The image file.</param>
    /// <param name="options">How to open it; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <exception cref="Qcow2Exception">An image is missing, malformed, locked or refused.</exception>
    /// <exception cref="StorageException">The time of the options is up.</exception>
    public static Task<Qcow2Image> OpenAsync(string path, Qcow2OpenOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Qcow2OpenOptions used = options ?? Qcow2OpenOptions.Default;
        return Task.Run(() => Open(path, used, cancellationToken), cancellationToken);
    }

    /// <summary>Opens an image in a stream; its backing files, if it has any, are files.</summary>
    /// <param name="stream">A seekable stream; nobody else may use it meanwhile.</param>
    /// <param name="name">How messages name the image; relative backing names are joined to its directory.</param>
    /// <param name="options">How to open it; <see langword="null"/> for the defaults.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the image is closed.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <inheritdoc cref="OpenAsync(string, Qcow2OpenOptions?, CancellationToken)" path="/exception"/>
    public static Task<Qcow2Image> OpenAsync(
        Stream stream, string name = "stream", Qcow2OpenOptions? options = null, bool leaveOpen = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek) throw new ArgumentException("The stream must be seekable.", nameof(stream));
        return OpenAsync(new StreamBlockSource(stream, leaveOpen), name, options, cancellationToken);
    }

    /// <summary>Opens an image in any source; its backing files, if it has any, are files.</summary>
    /// <param name="source">The bytes of the image; closed with the image, and when opening fails.</param>
    /// <param name="name">How messages name the image; relative backing names are joined to its directory.</param>
    /// <param name="options">How to open it; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <inheritdoc cref="OpenAsync(string, Qcow2OpenOptions?, CancellationToken)" path="/exception"/>
    public static Task<Qcow2Image> OpenAsync(
        IBlockSource source, string name = "source", Qcow2OpenOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Task.Run(() => Open(source, name, options ?? Qcow2OpenOptions.Default, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _chain.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens an image on this thread.</summary>
    internal static Qcow2Image Open(string path, Qcow2OpenOptions options, CancellationToken cancellationToken) =>
        Open(new ImageOpener(options).OpenFile(path), path, options, cancellationToken);

    private static Qcow2Image Open(IBlockSource source, string name, Qcow2OpenOptions options, CancellationToken cancellationToken) =>
        new(new ChainOpener(options, new OperationBudget(options, cancellationToken)).Open(source, name, DiskImageFormat.Qcow2), options);
}

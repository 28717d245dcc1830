namespace OneEdge.Storage;

/// <summary>The external data file of a new image: it has its name just before the image has, and goes with it when that fails.</summary>
internal sealed class NewDataFile : IDisposable
{
    private readonly StagedFile _file;
    private bool _isTakenBack;

    private NewDataFile(StagedFile file) => _file = file;

    /// <summary>Makes the file, without a name yet.</summary>
    /// <returns>The file; <see langword="null"/> when the image holds its data itself.</returns>
    /// <exception cref="StorageException">There is such a file already, it is the image itself, or it cannot be written.</exception>
    public static NewDataFile? Create(string image, string imageName, NewImageLayout layout, CancellationToken cancellationToken)
    {
        if (layout.Options.DataFile is not { } name) return null;
        string path = PathOf(image, name);
        if (path == image || (OverlayPlanner.Identity(path) is { } identity && identity == OverlayPlanner.Identity(image)))
            throw new Qcow2Exception(StorageErrorCodes.NotPossible, imageName, $"its data file '{name}' is the image itself.");
        StagedFile file = StagedFile.Create(path, name, layout.Options.Overwrites);
        try
        {
            file.SetLength(layout.VirtualSize);
            if (layout.Options.Preallocation is Qcow2Preallocation.Falloc or Qcow2Preallocation.Full) file.Reserve(0, layout.VirtualSize);
            if (layout.Options.Preallocation == Qcow2Preallocation.Full) NewImageWriter.WriteZeroes(file, 0, layout.VirtualSize, cancellationToken);
            file.Flush();
            return new NewDataFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The full name of a data file.</summary>
    /// <param name="image">The full name of the image.</param>
    /// <param name="name">The data file as the image records it.</param>
    public static string PathOf(string image, string name) => Path.GetFullPath(name, Path.GetDirectoryName(image)!);

    public void Publish()
    {
        _file.Publish();
        _isTakenBack = !_file.Replaces;
        StagedFile.FlushDirectory(_file.Directory);
    }

    /// <summary>The image has its name too.</summary>
    public void Keep() => _isTakenBack = false;

    public void Dispose()
    {
        if (_isTakenBack) StagedFile.TryDelete(_file.Target);
        _file.Dispose();
    }
}

using Microsoft.Win32.SafeHandles;

namespace OneEdge.Storage;

public sealed partial class Qcow2Image
{
    /// <summary>
    /// Changes which backing file an image names, and nothing else, as <c>qemu-img rebase -u</c> does: the new one need not be there, and that it has the
    /// same content as the
    /// old one is the caller's word. Unknown fields and header extensions stay; unknown autoclear features are cleared, as every writer must.
    /// </summary>
    /// <remarks>
    /// The first bytes of the image are written at once, some hundred bytes up to 2 KiB, and flushed. A program that is killed leaves the old or the new
    /// name. A power failure
    /// can leave a part of each only on a disk that does not write 4 KiB as one; tables and guest data are not touched in any case.
    /// </remarks>
    /// <param name="path">The image; a link is followed.</param>
    /// <param name="backing">
    /// The new name: relative to the directory of the image, absolute, or a <c>json:</c> name; <see langword="null"/> for no backing file.
    /// </param>
    /// <param name="backingFormat">The format of the new backing file; it is never guessed.</param>
    /// <param name="cancellationToken">Stops before the image is written.</param>
    /// <exception cref="Qcow2Exception">The image is missing, in use, malformed or marked as corrupt, or the name does not fit.</exception>
    /// <exception cref="StorageException">The image cannot be written.</exception>
    public static Task RebaseUnsafeAsync(
        string path, string? backing, DiskImageFormat backingFormat = DiskImageFormat.Qcow2, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (backing is not null) ArgumentException.ThrowIfNullOrEmpty(backing);
        return Task.Run(() => RebaseUnsafe(path, backing, backingFormat, cancellationToken), cancellationToken);
    }

    private static void RebaseUnsafe(string path, string? backing, DiskImageFormat backingFormat, CancellationToken cancellationToken)
    {
        using SafeFileHandle file = WritableImageFile.Open(path, path);
        try
        {
            RebaseUnsafe(file, path, backing, backingFormat, cancellationToken);
        }
        finally
        {
            ImageLock.Release(file);
        }
    }

    private static void RebaseUnsafe(SafeFileHandle file, string path, string? backing, DiskImageFormat backingFormat, CancellationToken cancellationToken)
    {
        byte[] bytes;
        using (FileBlockSource source = FileBlockSource.Open(path, path, takesLock: false))
        {
            Qcow2Header header = HeaderReader.Read(source, path);
            byte[] first = new byte[header.ClusterSize];
            source.ReadPadded(0, first);
            bytes = BackingRewriter.Rewrite(first, header, backing, backing is null ? null : backingFormat == DiskImageFormat.Raw ? "raw" : "qcow2", path);
        }

        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            RandomAccess.Write(file, bytes, 0);
            RandomAccess.FlushToDisk(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageErrorCodes.WriteFailed, $"{path}: the header cannot be written: {e.Message}", e);
        }
    }
}

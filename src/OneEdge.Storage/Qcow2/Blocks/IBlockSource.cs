namespace OneEdge.Storage;

/// <summary>
/// The bytes of an image, wherever they are. Reading blocks the thread; long work of this library runs on threads of the pool. May be called by several threads
/// at once.
/// </summary>
public interface IBlockSource : IDisposable
{
    /// <summary>The number of bytes.</summary>
    long Length { get; }

    /// <summary>Reads bytes.</summary>
    /// <param name="offset">Where, not negative; may lie behind the end.</param>
    /// <param name="buffer">Receives them.</param>
    /// <returns>How many were read: as many as asked for, less only at the end of the source.</returns>
    /// <exception cref="IOException">They cannot be read.</exception>
    int Read(long offset, Span<byte> buffer);
}

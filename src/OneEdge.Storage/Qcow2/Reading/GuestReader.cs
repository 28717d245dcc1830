using System.Buffers;

namespace OneEdge.Storage;

/// <summary>Reads what the guest sees. One reader is used by one thread at a time.</summary>
internal sealed class GuestReader(GuestMap map, OperationBudget budget) : IDisposable
{
    private readonly ClusterDecompressor _decompressor = new();

    // The last compressed cluster: neighbours of it are often read next.
    private byte[] _cluster = [];
    private (ImageLayer? Layer, long HostOffset) _unpacked;

    /// <summary>What the guest sees, in bytes.</summary>
    public long Length => map.Length;

    /// <summary>Reads bytes.</summary>
    /// <param name="offset">Where; the buffer must end at or before <see cref="Length"/>.</param>
    /// <param name="buffer">Receives them.</param>
    /// <exception cref="Qcow2Exception">A table or compressed data is corrupt, or the data is encrypted.</exception>
    public void Read(long offset, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            budget.Check();
            ChainExtent found = map.Find(offset, buffer.Length);
            int length = (int)found.Extent.Length;
            Fill(found, offset, buffer[..length]);
            offset += length;
            buffer = buffer[length..];
        }
    }

    /// <summary>Fills a buffer with a part of one extent.</summary>
    /// <param name="found">The extent, as found at <paramref name="offset"/>.</param>
    /// <param name="offset">The offset of the guest.</param>
    /// <param name="buffer">Receives the bytes; not longer than the extent.</param>
    public void Fill(in ChainExtent found, long offset, Span<byte> buffer)
    {
        switch (found.Extent.Kind)
        {
            case ExtentKind.Data:
                if (found.Layer.Info.IsEncrypted) throw new Qcow2Exception(
                    StorageErrorCodes.Encrypted, found.Layer.File, "the guest data is encrypted; it is not read here.");
                found.Layer.Data.ReadPadded(found.Extent.HostOffset, buffer);
                break;
            case ExtentKind.Compressed:
                var layer = (Qcow2Layer)found.Layer;
                Unpack(layer, found.Extent);
                _cluster.AsSpan((int)(offset & (layer.Header.ClusterSize - 1)), buffer.Length).CopyTo(buffer);
                break;
            default:
                buffer.Clear();
                break;
        }
    }

    public void Dispose() => _decompressor.Dispose();

    private void Unpack(Qcow2Layer layer, Extent extent)
    {
        if (_unpacked == (layer, extent.HostOffset)) return;
        _unpacked = default;
        if (_cluster.Length != layer.Header.ClusterSize) _cluster = new byte[layer.Header.ClusterSize];
        byte[] packed = ArrayPool<byte>.Shared.Rent(extent.CompressedSize);
        try
        {
            layer.Data.ReadPadded(extent.HostOffset, packed.AsSpan(0, extent.CompressedSize));
            if (!_decompressor.TryUnpack(layer.Header.CompressionType, packed, extent.CompressedSize, _cluster))
                throw new Qcow2Exception(
                    StorageErrorCodes.CorruptData, layer.File, "a compressed cluster is corrupt: it does not give one whole cluster.", extent.HostOffset);
            _unpacked = (layer, extent.HostOffset);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }
}

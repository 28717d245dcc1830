using System.IO.Compression;
using ZstdSharp;

namespace OneEdge.Storage;

/// <summary>Reads guest data through a chain for one thread; remembers the last compressed cluster.</summary>
internal sealed class FlattenReader(GuestMap map, OperationBudget budget)
{
    private byte[] _cluster = [];
    private (ImageLayer? Layer, long Offset) _held;

    /// <summary>Reads a whole range; what nobody has is zero.</summary>
    public void Read(long offset, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            (int _, ImageLayer layer, Extent extent) = map.Find(offset, buffer.Length);
            Span<byte> part = buffer[..(int)extent.Length];
            switch (extent.Kind)
            {
                case ExtentKind.Data:
                    layer.Data.ReadPadded(extent.HostOffset, part);
                    break;
                case ExtentKind.Compressed:
                    Decompress((Qcow2Layer)layer, extent).Slice((int)(offset & (((Qcow2Layer)layer).Header.ClusterSize - 1)), part.Length).CopyTo(part);
                    break;
                default:
                    part.Clear();
                    break;
            }

            offset += part.Length;
            buffer = buffer[part.Length..];
            budget.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private ReadOnlySpan<byte> Decompress(Qcow2Layer layer, Extent extent)
    {
        if (_held == (layer, extent.HostOffset)) return _cluster.AsSpan(0, layer.Header.ClusterSize);
        _held = default;
        if (_cluster.Length < layer.Header.ClusterSize) _cluster = new byte[layer.Header.ClusterSize];
        byte[] packed = new byte[extent.CompressedSize];
        layer.Source.ReadPadded(extent.HostOffset, packed);
        using var input = new MemoryStream(packed);
        try
        {
            bool isZstd = layer.Header.CompressionType == Qcow2CompressionType.Zstd;
            using Stream stream = isZstd ? new DecompressionStream(input) : new DeflateStream(input, CompressionMode.Decompress);
            stream.ReadExactly(_cluster.AsSpan(0, layer.Header.ClusterSize));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ZstdException)
        {
            throw new Qcow2Exception(StorageErrorCodes.CorruptData, layer.File, $"a compressed cluster is corrupt: {e.Message}", extent.HostOffset, e);
        }

        _held = (layer, extent.HostOffset);
        return _cluster.AsSpan(0, layer.Header.ClusterSize);
    }
}

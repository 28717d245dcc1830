using System.Buffers;
using System.IO.Compression;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace OneEdge.Storage;

/// <summary>Unpacks compressed clusters. A stream may be followed by other bytes; it must give one whole cluster.</summary>
internal sealed class ClusterDecompressor : IDisposable
{
    // A frame may ask for a window of gigabytes; a cluster has 2 MiB at most.
    private const int MaxWindowLog = 23;

    private Decompressor? _zstd;

    /// <summary>Unpacks a cluster.</summary>
    /// <param name="type">How it is compressed.</param>
    /// <param name="packed">The stream and what follows it.</param>
    /// <param name="packedSize">How many bytes of <paramref name="packed"/> count.</param>
    /// <param name="cluster">Receives the cluster.</param>
    /// <returns>Whether the stream gave a whole cluster; if not, the content of <paramref name="cluster"/> is undefined.</returns>
    public bool TryUnpack(Qcow2CompressionType type, byte[] packed, int packedSize, Span<byte> cluster) =>
        type == Qcow2CompressionType.Zlib ? TryInflate(packed, packedSize, cluster) : TryUnpackZstd(packed.AsSpan(0, packedSize), cluster);

    public void Dispose() => _zstd?.Dispose();

    private static bool TryInflate(byte[] packed, int packedSize, Span<byte> cluster)
    {
        try
        {
            using var source = new MemoryStream(packed, 0, packedSize, writable: false);
            using var inflater = new DeflateStream(source, CompressionMode.Decompress);
            return inflater.ReadAtLeast(cluster, cluster.Length, throwOnEndOfStream: false) == cluster.Length;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private bool TryUnpackZstd(ReadOnlySpan<byte> packed, Span<byte> cluster)
    {
        if (_zstd is null)
        {
            _zstd = new Decompressor();
            _zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindowLog);
        }

        int written = 0;
        try
        {
            _zstd.ResetStream();
            while (written < cluster.Length && !packed.IsEmpty)
            {
                OperationStatus status = _zstd.UnwrapStream(packed, cluster[written..], out int consumed, out int produced);
                written += produced;
                packed = packed[consumed..];
                if (status == OperationStatus.InvalidData || (consumed == 0 && produced == 0)) break;
            }
        }
        catch (ZstdException)
        {
            return false;
        }

        return written == cluster.Length;
    }
}

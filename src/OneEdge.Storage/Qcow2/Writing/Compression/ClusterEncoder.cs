using ZstdSharp;

namespace OneEdge.Storage;

/// <summary>Compresses clusters one at a time, for one thread.</summary>
internal abstract class ClusterEncoder : IDisposable
{
    public static ClusterEncoder Create(Qcow2CreateOptions options) =>
        options.CompressionType == Qcow2CompressionType.Zstd ? new ZstdEncoder() : new ZlibEncoder();

    /// <summary>Compresses a cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="target">Receives the stream; as large as the cluster.</param>
    /// <returns>The length of the stream; 0 when it would not be smaller than the cluster.</returns>
    public abstract int Encode(ReadOnlySpan<byte> cluster, Span<byte> target);

    public virtual void Dispose()
    {
    }

    private sealed class ZlibEncoder : ClusterEncoder
    {
        private readonly DeflateEncoder _encoder = new();

        public override int Encode(ReadOnlySpan<byte> cluster, Span<byte> target) => _encoder.Encode(cluster, target[..(cluster.Length - 1)]);
    }

    private sealed class ZstdEncoder : ClusterEncoder
    {
        private readonly Compressor _compressor = new();

        public override int Encode(ReadOnlySpan<byte> cluster, Span<byte> target) =>
            _compressor.TryWrap(cluster, target, out int written) && written < cluster.Length ? written : 0;

        public override void Dispose()
        {
            _compressor.Dispose();
            base.Dispose();
        }
    }
}

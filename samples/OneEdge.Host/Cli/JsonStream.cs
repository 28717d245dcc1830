using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OneEdge.Host.Cli;

/// <summary>
/// A JSON result that is printed while it is made, so that a long one takes little memory. What fails before the first part is printed leaves nothing of it.
/// </summary>
/// <param name="io">The outside.</param>
internal sealed class JsonStream(HostIo io) : IDisposable
{
    private const int PartBytes = 64 << 10;
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * PartBytes);
    private Utf8JsonWriter? _json;

    public Utf8JsonWriter Json => _json ??= JsonOutput.CreateWriter(_buffer);

    /// <summary>Prints what is ready once it is enough; to be called between two values.</summary>
    public void Drain()
    {
        if (Json.BytesPending + _buffer.WrittenCount >= PartBytes) Print();
    }

    /// <summary>Prints the rest.</summary>
    public void End()
    {
        Print();
        io.Out.WriteLine();
    }

    public void Dispose() => _json?.Dispose();

    private void Print()
    {
        Json.Flush();
        io.Out.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
        _buffer.ResetWrittenCount();
    }
}

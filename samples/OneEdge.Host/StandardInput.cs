using OneEdge.Config;
using OneEdge.Text;

namespace OneEdge.Host;

/// <summary>Standard input that keeps bytes which are not UTF-8, and whose end can be awaited with a cancellation.</summary>
/// <param name="stream">The bytes.</param>
internal sealed class StandardInput(Stream stream) : TextReader
{
    public override string ReadToEnd() => InputBytes.ReadText(stream, "standard input", ConfigLimits.Default.MaxBytes);

    // A terminal or pipe can't be read asynchronously: the wait is given up, the read ends with the process.
    public override Task<string> ReadToEndAsync(CancellationToken cancellationToken) => Task.Run(ReadToEnd, cancellationToken).WaitAsync(cancellationToken);

    public override string? ReadLine()
    {
        List<byte> line = [];
        for (int next = stream.ReadByte(); next != '\n'; next = stream.ReadByte())
        {
            if (next < 0) return line.Count > 0 ? SourceEncoding.GetString(line.ToArray()) : null;
            line.Add((byte)next);
        }

        return SourceEncoding.GetString(line.ToArray());
    }
}

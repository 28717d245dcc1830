using System.CommandLine;
using OneEdge.Text;

namespace OneEdge.Host.Flow;

/// <summary>A file with JSON, or standard input.</summary>
/// <param name="description">What is in it.</param>
internal sealed class JsonFileArgument(string description)
{
    private const int MaxBytes = 16 << 20;

    public Argument<string> Argument { get; } = new("FILE") { Description = description };

    public Task<string> ReadAsync(FlowCall call, CancellationToken cancellationToken) => ReadAsync(call, call.Required(Argument), cancellationToken);

    public static async Task<string> ReadAsync(FlowCall call, string file, CancellationToken cancellationToken) => file == "-"
        ? await call.Io.In.ReadToEndAsync(cancellationToken)
        : SourceEncoding.GetString(await InputBytes.ReadFileAsync(file, MaxBytes, cancellationToken));
}

using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.Storage;

namespace OneEdge.Host.Disk;

/// <summary>The image and the options that every command over images has.</summary>
internal sealed class ImageOptions
{
    private readonly Argument<string> _file = new("FILE") { Description = "The image." };
    private readonly Option<bool> _share = new("--force-share", "-U")
    {
        Description = "Read the image although a running program has it open for writing; what is read may be inconsistent.",
    };

    private readonly Option<string?> _root = new("--root") { Description = "Refuse backing and data files outside of this directory.", HelpName = "DIRECTORY" };
    private readonly Option<bool> _probe = new("--probe")
    {
        Description = "Guess the format of backing files of which the image above does not give it. Only for images that you trust.",
    };

    /// <summary>Adds the image, what else the command has, and the options.</summary>
    public HostCommand AddTo(HostCommand command, params ReadOnlySpan<Symbol> more) =>
        command.With(_file).With(more).With(_share, _root, _probe, OutputOption.Create(), OutputOption.CreateShort());

    public string File(ParseResult parsed) => parsed.GetRequiredValue(_file);

    public Qcow2OpenOptions Read(ParseResult parsed) =>
        new() { IgnoresLocks = parsed.GetValue(_share), Root = parsed.GetValue(_root), ProbesFormats = parsed.GetValue(_probe) };

    public Task<Qcow2Image> OpenAsync(ParseResult parsed, CancellationToken cancellationToken) => Qcow2Image.OpenAsync(
        File(parsed), Read(parsed), cancellationToken);
}

using System.CommandLine;
using OneEdge.Config;

namespace OneEdge.Host.Config;

/// <summary>The arguments that name one file: as seen from the root of an installation, or an ordinary path.</summary>
internal sealed class FileArguments
{
    public Argument<string> File { get; } = new("FILE")
    {
        Description = "The file as seen from the root (/etc/one/oned.conf), or any path whose end the catalogue knows or whose --type is given.",
    };

    public TreeOptions Tree { get; } = new();

    public Option<string?> Type { get; } = FileLocator.CreateTypeOption();

    /// <summary>Whether the file is one of an installation.</summary>
    public bool IsInTree(ParseResult parsed) =>
        parsed.GetValue(Type) is null && (FileLocator.IsTreeName(parsed.GetRequiredValue(File)) || parsed.GetResult(Tree.Root) is { Implicit: false });

    /// <summary>The name of a file of an installation.</summary>
    public string TreeName(ParseResult parsed) => "/" + parsed.GetRequiredValue(File).TrimStart('/');

    /// <summary>The format of an ordinary file.</summary>
    public LocatedFile Locate(ParseResult parsed) =>
        new FileLocator(ConfigCatalog.Default).Require(parsed.GetRequiredValue(File), FileLocator.FormatOf(parsed.GetValue(Type)));

    /// <summary>Reads the file.</summary>
    public Task<ConfigDocument> ReadAsync(ParseResult parsed, HostIo io, CancellationToken cancellationToken) => IsInTree(parsed)
        ? Tree.Tree(parsed, io).ReadAsync(TreeName(parsed), cancellationToken)
        : Locate(parsed).ReadAsync(parsed.GetRequiredValue(File), cancellationToken);
}

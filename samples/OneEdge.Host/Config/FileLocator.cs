using System.CommandLine;
using OneEdge.Config;

namespace OneEdge.Host.Config;

/// <summary>Finds out what a path on the command line is: its name in the catalogue and its format.</summary>
/// <param name="catalog">Which file has which format.</param>
internal sealed class FileLocator(ConfigCatalog catalog)
{
    /// <summary>The option that says the format of ordinary files.</summary>
    public static Option<string?> CreateTypeOption()
    {
        var option = new Option<string?>("--type") { Description = "The format of the file; by default the catalogue tells by the end of the path." };
        return option.AcceptOnlyFromAmong([.. ConfigFormat.All.Select(f => f.Name)]);
    }

    public static ConfigFormat? FormatOf(string? type) => type is null ? null : ConfigFormat.All.FirstOrDefault(f => f.Name == type);

    /// <summary>Whether a path is the name of a file as seen from the root of an installation.</summary>
    public static bool IsTreeName(string path) =>
        path.StartsWith("/etc/one/", StringComparison.Ordinal) || path.StartsWith("/var/lib/one/", StringComparison.Ordinal);

    /// <summary>Finds the catalogue's name and format of an ordinary file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="type">The format, if it is given.</param>
    /// <returns>The name and format; <see langword="null"/> when the format is not known.</returns>
    public LocatedFile? Find(string path, ConfigFormat? type = null)
    {
        string[] segments = Path.GetFullPath(path).Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (int first = 0; first < segments.Length; first++)
        {
            string name = "/" + string.Join('/', segments[first..]);
            if (catalog.FormatOf(name) is { } format) return new LocatedFile(name, type ?? format);
        }

        if (FindByEnd(segments) is { } found) return found with { Format = type ?? found.Format };
        return type is null ? null : new LocatedFile("/" + string.Join('/', segments), type);
    }

    /// <summary>Finds the catalogue's name and format, or says why not.</summary>
    /// <exception cref="ConfigPatchException">The format is not known.</exception>
    public LocatedFile Require(string path, ConfigFormat? type = null) => Find(path, type) ?? throw new ConfigPatchException(
    [
        new Diagnostic(HostErrorCodes.UnknownFormat, DiagnosticSeverity.Error, "The catalogue does not know a file of this name.")
        {
            File = path,
            Hint = $"say its format: --type {string.Join('|', ConfigFormat.All.Select(f => f.Name))}",
        },
    ]);

    // A file that lies elsewhere is known by the last parts of its path, as long as only one format has them.
    private LocatedFile? FindByEnd(string[] segments)
    {
        for (int count = Math.Min(segments.Length, 3); count > 0; count--)
        {
            string end = "/" + string.Join('/', segments[^count..]);
            ConfigCatalogEntry[] near = [.. catalog.Entries.Where(e => !e.Pattern.Contains('*') && e.Pattern.EndsWith(end, StringComparison.Ordinal))];
            if (near.Length > 0 && near.All(e => e.Format == near[0].Format)) return new LocatedFile(near[0].Pattern, near[0].Format);
        }

        return null;
    }
}

/// <summary>A file that the program knows how to read.</summary>
/// <param name="Name">The name in the catalogue; the full path when it has none.</param>
/// <param name="Format">The format.</param>
internal sealed record LocatedFile(string Name, ConfigFormat Format)
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="ConfigSyntaxException">It does not parse.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public async Task<ConfigDocument> ReadAsync(string path, CancellationToken cancellationToken) =>
        Format.Parse(Text.SourceText.FromBytes(await InputBytes.ReadFileAsync(path, ConfigLimits.Default.MaxBytes, cancellationToken), path));
}

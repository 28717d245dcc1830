using OneEdge.Config;

namespace OneEdge.Host.Config;

/// <summary>Reads and compares two files or two installations.</summary>
/// <param name="catalog">Which file has which format.</param>
/// <param name="type">The format of two ordinary files; the catalogue tells when absent.</param>
internal sealed class DifferenceReader(ConfigCatalog catalog, ConfigFormat? type)
{
    private readonly List<Diagnostic> _findings = [];

    /// <summary>Files that could not be compared, and what is worth a warning.</summary>
    public IReadOnlyList<Diagnostic> Findings => _findings;

    public async Task<IReadOnlyList<FileDifference>> ReadAsync(string old, string @new, CancellationToken cancellationToken)
    {
        bool oldIsTree = Directory.Exists(old), newIsTree = Directory.Exists(@new);
        if (oldIsTree != newIsTree) throw new IOException($"'{(oldIsTree ? old : @new)}' is a directory, '{(oldIsTree ? @new : old)}' is not.");
        return oldIsTree ? await ReadTreesAsync(old, @new, cancellationToken) : [await ReadFilesAsync(old, @new, cancellationToken)];
    }

    private async Task<FileDifference> ReadFilesAsync(string old, string @new, CancellationToken cancellationToken)
    {
        var locator = new FileLocator(catalog);
        LocatedFile located = locator.Find(@new, type) ?? locator.Require(old, type);
        ConfigDocument before = await located.ReadAsync(old, cancellationToken);
        ConfigDocument after = await located.ReadAsync(@new, cancellationToken);
        return Compare(located.Name, before, after) with { OldLabel = old, NewLabel = @new };
    }

    private async Task<IReadOnlyList<FileDifference>> ReadTreesAsync(string oldRoot, string newRoot, CancellationToken cancellationToken)
    {
        string[] oldNames = [.. new ConfigTree(oldRoot).ListFiles()], newNames = [.. new ConfigTree(newRoot).ListFiles()];
        string[] names = [.. oldNames.Union(newNames, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        // What the catalogue does not know is compared as opaque text.
        ConfigCatalog whole = catalog.With(names.Where(n => catalog.FormatOf(n) is null).Select(n => new ConfigCatalogEntry(n, ConfigFormat.Text)));
        var options = new ConfigTreeOptions { Catalog = whole };
        ConfigTree oldTree = new(oldRoot, options), newTree = new(newRoot, options);
        HashSet<string> inOld = [.. oldNames], inNew = [.. newNames];
        List<FileDifference> differences = [];
        foreach (string name in names)
        {
            ConfigDocument? before = inOld.Contains(name) ? await TryReadAsync(oldTree, name, cancellationToken) : null;
            ConfigDocument? after = inNew.Contains(name) ? await TryReadAsync(newTree, name, cancellationToken) : null;
            bool unreadable = (before is null && inOld.Contains(name)) || (after is null && inNew.Contains(name));
            if (!unreadable) differences.Add(Compare(name, before, after));
        }

        return differences;
    }

    private async Task<ConfigDocument?> TryReadAsync(ConfigTree tree, string name, CancellationToken cancellationToken)
    {
        string path = Path.Join(tree.Root, name);
        try
        {
            return await tree.ReadAsync(name, cancellationToken);
        }
        catch (ConfigSyntaxException e)
        {
            _findings.AddRange(e.Diagnostics.Select(d => d with { File = path }));
        }
        catch (OneEdgeException e)
        {
            _findings.Add(new Diagnostic(e.Code, DiagnosticSeverity.Error, e.Message) { File = path });
        }

        return null;
    }

    private FileDifference Compare(string name, ConfigDocument? before, ConfigDocument? after)
    {
        var difference = new FileDifference(name, (before ?? after)!.Format, before?.Source, after?.Source);
        if (before is null) difference = difference with { OldLabel = "/dev/null" };
        if (after is null) difference = difference with { NewLabel = "/dev/null" };
        if (before is null || after is null) return difference;
        ConfigDiff diff = before.DiffTo(after);
        _findings.AddRange(diff.Warnings);
        return difference with { Changes = diff.Changes };
    }
}

using OneEdge.Config;

namespace OneEdge.Host.Config;

/// <summary>One run of the validator over files and installations.</summary>
/// <param name="stockRoot">The root of the stock files; none when absent.</param>
/// <param name="type">The format of ordinary files; the catalogue tells when absent.</param>
internal sealed class Validation(string? stockRoot, ConfigFormat? type)
{
    private readonly FileLocator _locator = new(ConfigCatalog.Default);
    private readonly ConfigTree? _stock = stockRoot is null ? null : new ConfigTree(stockRoot);
    private readonly List<Diagnostic> _findings = [];

    public IReadOnlyList<Diagnostic> Findings => _findings;

    public int FileCount { get; private set; }

    public async Task AddAsync(string path, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(path))
        {
            LocatedFile located = _locator.Require(path, type);
            await AddAsync(located.Name, located.Format, () => located.ReadAsync(path, cancellationToken), cancellationToken);
            return;
        }

        var tree = new ConfigTree(path);
        foreach (string name in tree.ListFiles())
        {
            if (tree.Options.Catalog.FormatOf(name) is { } format)
                await AddAsync(name, format, () => tree.ReadAsync(name, cancellationToken), cancellationToken);
        }
    }

    private async Task AddAsync(string name, ConfigFormat format, Func<Task<ConfigDocument>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        FileCount++;
        try
        {
            ConfigDocument document = await read();
            _findings.AddRange(ConfigValidator.Validate(document, await StockOfAsync(name, format, cancellationToken)));
        }
        catch (ConfigSyntaxException e)
        {
            _findings.AddRange(e.Diagnostics);
        }
        catch (OneEdgeException e)
        {
            _findings.Add(new Diagnostic(e.Code, DiagnosticSeverity.Error, e.Message) { File = name });
        }
    }

    private async Task<ConfigDocument?> StockOfAsync(string name, ConfigFormat format, CancellationToken cancellationToken)
    {
        bool known = _stock is not null && _stock.Options.Catalog.FormatOf(name) == format && File.Exists(Path.Join(_stock.Root, name));
        return known ? await _stock!.ReadAsync(name, cancellationToken) : null;
    }
}

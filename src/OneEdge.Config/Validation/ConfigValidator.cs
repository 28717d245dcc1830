namespace OneEdge.Config;

/// <summary>Finds what is probably wrong in a document that parses. Pure.</summary>
public static class ConfigValidator
{
    /// <summary>
    /// Checks a document: repeated keys, second spellings and references to missing sections; with the stock file also unknown keys and changed
    /// types.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="stock">The stock file of the same name and release; rules that need it are left out when absent.</param>
    /// <returns>The findings, in the order of the text; those of reading included.</returns>
    /// <exception cref="ArgumentException">The stock file has another format.</exception>
    public static IReadOnlyList<Diagnostic> Validate(ConfigDocument document, ConfigDocument? stock = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (stock is not null && stock.Format.ClassName != document.Format.ClassName)
            throw new ArgumentException($"The stock file is a {stock.Format} document, not a {document.Format} document.", nameof(stock));
        List<Diagnostic> findings = [.. document.Diagnostics];
        if (document.Format == ConfigFormat.Oned) findings.AddRange(OnedRules.Check(document, stock));
        if (stock is not null && document.Format != ConfigFormat.Text) findings.AddRange(StockRules.Check(document, stock));
        return [.. findings.OrderBy(f => f.Position?.Line ?? 0).ThenBy(f => f.Position?.Column ?? 0)];
    }

    /// <summary>A finding at a path of a document.</summary>
    internal static Diagnostic Finding(
        ConfigDocument document, ConfigPath path, string code, DiagnosticSeverity severity, string message, string? hint = null) =>
        new(code, severity, message) { File = document.Source.Name, Position = document.PositionOf(path), Hint = hint };
}

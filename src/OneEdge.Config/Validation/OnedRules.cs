namespace OneEdge.Config;

/// <summary>What is wrong within one oned.conf: repeated attributes, second spellings, references to missing sections.</summary>
internal static class OnedRules
{
    // The option of a driver's ARGUMENTS that lists names, and the sections that must describe them (source: the comments of oned.conf 6.10.5).
    private static readonly (string Driver, string Option, string Sections)[] References =
    [
        ("TM_MAD", "-d", "TM_MAD_CONF"),
        ("DATASTORE_MAD", "-d", "DS_MAD_CONF"),
        ("DATASTORE_MAD", "-s", "TM_MAD_CONF"),
        ("MARKET_MAD", "-m", "MARKET_MAD_CONF"),
    ];

    public static IEnumerable<Diagnostic> Check(ConfigDocument document, ConfigDocument? stock) =>
        Repeated(document, stock).Concat(Spellings(document)).Concat(MissingSections(document));

    private static IEnumerable<Diagnostic> Repeated(ConfigDocument document, ConfigDocument? stock) =>
        from occurrence in document.Enumerate().Where(e => !Formats.OnedSchema.IsMultiple(e.Key[0].ToString())).GroupBy(e => e.Key).Where(g => g.Count() > 1)
        where stock?.Find(occurrence.Key) is not { Kind: ConfigValueKind.Array }
        select ConfigValidator.Finding(document, occurrence.Key, ConfigErrorCodes.DuplicateKey, DiagnosticSeverity.Warning,
            $"{occurrence.Key} is given {occurrence.Count()} times", "keep one of them; which one counts depends on the program");

    private static IEnumerable<Diagnostic> Spellings(ConfigDocument document) =>
        from spellings in ((Formats.OnedDocument)document).WrittenNames().GroupBy(n => n.ToUpperInvariant(), StringComparer.Ordinal)
        let others = spellings.Distinct(StringComparer.Ordinal).Where(n => n != spellings.Key).ToArray()
        where others.Length > 0 && others.Length < spellings.Distinct(StringComparer.Ordinal).Count()
        select ConfigValidator.Finding(document, ConfigPath.Create(spellings.Key), ConfigErrorCodes.Spelling, DiagnosticSeverity.Warning,
            $"{spellings.Key} is also written {string.Join(", ", others)}", "names do not depend on upper and lower case; keep one of them");

    private static IEnumerable<Diagnostic> MissingSections(ConfigDocument document)
    {
        foreach ((string driver, string option, string sections) in References)
        {
            ConfigPath path = ConfigPath.Create(driver, "ARGUMENTS");
            if (document.Find(path) is not { Kind: ConfigValueKind.String } arguments) continue;
            foreach (string name in Option(document.Unquote(arguments).AsString(), option))
            {
                if (document.Find(ConfigPath.Create(sections, $"\"{name}\"")) is null)
                    yield return Missing(document, path, name, sections);
            }
        }

        if (document.Find("AUTH_MAD/AUTHN") is not { Kind: ConfigValueKind.String } authn) yield break;
        foreach (string name in Names(document.Unquote(authn).AsString()))
        {
            if (document.Find(ConfigPath.Create("AUTH_MAD_CONF", $"\"{name}\"")) is null)
                yield return Missing(document, "AUTH_MAD/AUTHN", name, "AUTH_MAD_CONF");
        }
    }

    private static Diagnostic Missing(ConfigDocument document, ConfigPath path, string name, string sections) => ConfigValidator.Finding(
        document, path, ConfigErrorCodes.MissingSection, DiagnosticSeverity.Warning,
        $"{path} names '{name}', but there is no section {sections} with NAME = \"{name}\"",
        $"add {sections} = [ NAME = \"{name}\", ... ] or remove the name");

    private static string[] Option(string arguments, string option)
    {
        string[] words = arguments.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int at = Array.IndexOf(words, option);
        return at >= 0 && at + 1 < words.Length ? Names(words[at + 1]) : [];
    }

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

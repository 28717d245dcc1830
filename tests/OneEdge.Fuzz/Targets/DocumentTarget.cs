using System.Globalization;
using OneEdge.Config;
using OneEdge.Text;

namespace OneEdge.Fuzz.Targets;

/// <summary>A format of files: reading keeps every byte, and an edit changes what it was asked to change and nothing else.</summary>
internal abstract class DocumentTarget : FuzzTarget
{
    // Enough for a kilobyte, and few enough that an alias bomb is refused soon.
    private static readonly ConfigLimits Limits = new() { MaxExpandedValues = 20_000, MaxDepth = 100 };

    protected abstract ConfigFormat Format { get; }

    /// <summary>Names that changes may be about, besides those of the document.</summary>
    protected abstract IReadOnlyList<ConfigPath> Names { get; }

    /// <summary>Values that changes may write.</summary>
    protected abstract IReadOnlyList<ConfigValue> Values { get; }

    public override bool Accepts(byte[] file) => Format.TryParse(SourceText.FromBytes(file), out ConfigDocument? document, out _) && document.Enumerate().Any();

    public override bool Execute(byte[] input, Chance chance)
    {
        bool accepted = Format.TryParse(SourceText.FromBytes(input, "f"), out ConfigDocument? document, out IReadOnlyList<Diagnostic> diagnostics, Limits);
        CheckDiagnostics(diagnostics, input, accepted);
        if (document is null) return false;
        KeyValuePair<ConfigPath, ConfigValue>[] entries = [.. document.Enumerate()];
        CheckReading(document, input, entries);
        CheckOne(document, entries, RandomChange(entries, chance));
        var changes = new ConfigChange[1 + chance.Below(5)];
        for (int i = 0; i < changes.Length; i++) changes[i] = RandomChange(entries, chance);
        CheckBatch(document, changes);
        return true;
    }

    /// <summary>What an applied single change must have done, as far as it can be told from outside.</summary>
    protected abstract void CheckIntent(ConfigDocument before, KeyValuePair<ConfigPath, ConfigValue>[] entries, ConfigChange change, ConfigDocument after);

    /// <summary>The data as the editor sees it, and the same data read from its text.</summary>
    protected abstract (string Expected, string Read) Data(ConfigEditor editor, ConfigDocument read);

    /// <summary>Whether the bytes of a value can be told in the text.</summary>
    protected static bool ChangesOnly(SourceText before, SourceText after, int removed, int added) =>
        after.Length - before.Length == added - removed && Kept(before, after) >= before.Length - removed;

    /// <summary>How many bytes two texts share at their ends.</summary>
    protected static int Kept(SourceText before, SourceText after)
    {
        int prefix = before.Span.CommonPrefixLength(after.Span);
        int most = Math.Min(before.Length, after.Length) - prefix;
        int suffix = 0;
        while (suffix < most && before.Span[^(suffix + 1)] == after.Span[^(suffix + 1)]) suffix++;
        return prefix + suffix;
    }

    private static void CheckReading(ConfigDocument document, byte[] input, KeyValuePair<ConfigPath, ConfigValue>[] entries)
    {
        OracleException.Check(document.Apply([]).Text.Span.SequenceEqual(input), "a read document writes the same bytes",
            () => Show(document.Apply([]).Text.Span));
        ConfigValue all = document.ToValue();
        OracleException.Check(all.Equals(document.Format.Parse(SourceText.FromBytes(input), document.Limits).ToValue()), "reading twice gives the same data",
            all.ToJson);
        foreach ((ConfigPath path, ConfigValue value) in entries.Take(20))
        {
            bool found = document.Find(path) is { } at && (at.Equals(value) || (at.Kind == ConfigValueKind.Array && at.Items.Contains(value)));
            OracleException.Check(found, "a value is found at its path", () => $"{path} = {value.ToJson()}");
            _ = document.PositionOf(path);
        }

        _ = ConfigurationKeys.Map(document);
    }

    private void CheckOne(ConfigDocument document, KeyValuePair<ConfigPath, ConfigValue>[] entries, ConfigChange change)
    {
        ConfigApplyResult result = document.Apply(change);
        if (result.Outcomes[0].Status != ChangeStatus.Applied)
        {
            OracleException.Check(result.Text.Span.SequenceEqual(document.Source.Span), "a change that is not applied changes nothing",
                () => Describe([change], result.Text));
            return;
        }

        ConfigDocument after = Reread(document, [change], result.Text);
        try
        {
            CheckIntent(document, entries, change, after);
        }
        catch (OracleException e)
        {
            throw new OracleException(e.Oracle, $"{e.Message}\n{Describe([change], result.Text)}");
        }
    }

    private void CheckBatch(ConfigDocument document, ConfigChange[] changes)
    {
        ConfigEditor editor = document.CreateEditor();
        List<ChangeOutcome> outcomes = [.. changes.Select(editor.Apply)];
        editor.Complete(outcomes);
        SourceText text = editor.ToSource();
        ConfigDocument read = Reread(document, changes, text);
        (string expected, string actual) = Data(editor, read);
        OracleException.Check(expected == actual, "an edited text reads as the data of the editor",
            () => $"expected {expected}\ngot      {actual}\n{Describe(changes, text)}");
    }

    private ConfigDocument Reread(ConfigDocument document, ConfigChange[] changes, SourceText text)
    {
        // An edit may take a document past a limit that it just kept.
        ConfigLimits wide = document.Limits with { MaxDepth = 1000, MaxExpandedValues = 1_000_000 };
        bool readable = Format.TryParse(text, out ConfigDocument? read, out IReadOnlyList<Diagnostic> diagnostics, wide);
        OracleException.Check(readable, "an edited text can be read", () => $"{string.Join('\n', diagnostics)}\n{Describe(changes, text)}");
        return read!;
    }

    private ConfigChange RandomChange(KeyValuePair<ConfigPath, ConfigValue>[] entries, Chance chance)
    {
        ConfigPath path = entries.Length > 0 && !chance.OneIn(3) ? chance.Pick(entries).Key : chance.Pick(Names);
        if (chance.OneIn(10) && path.Count > 0) path = path.Parent;
        if (chance.OneIn(10)) path = [.. path, .. chance.Pick(Names)];
        ConfigValue value = entries.Length > 0 && chance.OneIn(8) ? chance.Pick(entries).Value : chance.OneIn(5) ? RandomText(chance) : chance.Pick(Values);
        ConfigChange change = chance.Below(3) switch
        {
            0 => ConfigChange.Insert(path, value),
            1 => ConfigChange.Set(path, value),
            _ => ConfigChange.Remove(path, chance.OneIn(3) ? value : null),
        };
        if (chance.OneIn(6)) change = change with { IsLine = false };
        if (chance.OneIn(10)) change = change with { Export = chance.OneIn(2) };
        if (chance.OneIn(10)) change = change with { Multiple = true };
        return chance.OneIn(10) ? change with { Index = chance.Below(4) } : change;
    }

    private ConfigValue RandomText(Chance chance) => string.Concat(Enumerable.Range(0, 1 + chance.Below(4)).Select(_ => chance.Pick(Tokens)));

    private static string Describe(ConfigChange[] changes, SourceText text) =>
        $"changes: {string.Join(" ; ", changes.Select(Describe))}\ntext: {Show(text.Span)}";

    private static string Describe(ConfigChange change) => string.Create(CultureInfo.InvariantCulture, $"{change.Kind} {Show(change.Target.ToString())} ")
        + string.Create(CultureInfo.InvariantCulture, $"{change.Value?.ToJson()} old {change.Old?.ToJson()} key {change.Key?.Kind} line {change.IsLine} ")
        + string.Create(CultureInfo.InvariantCulture, $"export {change.Export} multiple {change.Multiple} index {change.Index}");
}

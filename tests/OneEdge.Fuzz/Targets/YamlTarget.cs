using OneEdge.Config;
using OneEdge.Config.Formats;

namespace OneEdge.Fuzz.Targets;

/// <summary>YAML documents.</summary>
internal sealed class YamlTarget : DocumentTarget
{
    public override string Name => "yaml";

    public override IReadOnlyList<string> Seeds { get; } =
    [
        ":a: 1\n",
        "---\n:ID:\n  :desc: ONE identifier # c\n  :size: 5\n\n:list:\n- a\n- b: 1\n  c: [x, \"y\", {z: 1}]\n",
        "a: &x [1, {b: 'c', \"d\": e}]\nf: *x\ng: |+\n  t\n\nh: >-\n  u\n  v\n",
        "? - i\n: j\n? k\n:l: !!str 1\nm: !ruby/symbol n\n",
        "%YAML 1.1\n---\na: \"k\\\n  \\x41\\u00e9\"\n...\n---\nb: 2\n",
        "base: &b {x: 1}\nmore:\n  <<: *b\n  y: ~\n  z: 0x1F\n  o: 017\n  f: 1.5e3\n  s: 1:30:00\n  n: .nan\n",
        "- [a, b]\n-\n  - c\n- {d: e,\n   f: g}\n- \"\"\n- 'it''s'\n",
        "a:\r\n  b: 1\r\n  c:\r\n  - d\r\n",
        "caf\u00e9: \u00fc\n\u2028: x\n",
        "text\n", "", "--- >\n folded\n text\n", "[a, b]\n", "{}\n",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        ":", ": ", "- ", "? ", "\n", "\r\n", "  ", " ", "\t", "#", " # c\n", "[", "]", "{", "}", ",", "\"", "'", "|", ">", "|-\n  ", ">+\n  ", "|2\n   ",
        "&a ", "*a", "!!str ", "!!int ", "! ", "!ruby/object:X ", "---\n", "...\n", "%YAML 1.1\n", "~", "null",
        "true", "no", "1", "0x1F", "1_000", "1.5", ".inf", ".nan", "2001-01-01", ":sym", ":\"s t\"", "a", "a: 1\n", "- b\n", "<<: *a\n", "\\x41", "\\\n", "''",
        "\u00e9", "\u2028", "\u0085", "? k\n: v\n", "  c: d\n", "    - e\n", "[a, {b: c}]", "key", "@", "`", "<<",
    ];

    protected override ConfigFormat Format => ConfigFormat.YamlStrict;

    protected override IReadOnlyList<ConfigPath> Names { get; } =
    [
        ":a", "a", "b", "new", ":ID/:size", ":ID", ":list", "a/b", "f", "more/y", "g", "", ConfigPath.Create(1), ConfigPath.Create(ConfigValue.Null),
        ConfigPath.Create("x: y"), ConfigPath.Create("a", 0), ConfigPath.Create("- x"),
        ConfigPath.Create(ConfigValue.Array("i")), ConfigPath.Create("l\nm"), ConfigPath.Create("<<"), ConfigPath.Create(""),
    ];

    protected override IReadOnlyList<ConfigValue> Values { get; } =
    [
        "x", 7, ConfigValue.Null, true, 1.5, "", "a b", "l\nm", "l\n", "\n", " x ", "- x", "x: y", "#", "a #b", ":s", "yes", "1", "~", "\u00e9", "\u2028", "'",
        "\"", "\t", "\r", "\r\n", "\0", "|", "*a", "&a", "!x", "%", "@", ConfigValue.Symbol("s"), ConfigValue.Symbol("s t"),
        ConfigValue.Array(), ConfigValue.Array(1, "x"), ConfigValue.Array(ConfigValue.Array("a"), ConfigValue.Map(("k", 1))), ConfigValue.Map(("k", "v")),
        ConfigValue.Map(("k", ConfigValue.Map(("l", ConfigValue.Array("m", "n\no"))))),
        ConfigValue.Map(Array.Empty<KeyValuePair<ConfigValue, ConfigValue>>()), double.NaN, "---", "...", "<<", new string('w', 90), "two\n\n  three\n",
        "x\n\n",
    ];

    public override bool Execute(byte[] input, Chance chance)
    {
        if (!base.Execute(input, chance)) return false;
        ConfigValue value = ConfigFormat.Yaml.Parse(OneEdge.Text.SourceText.FromBytes(input)).ToValue();
        string text = YamlWriter.Write(value, step: 2);
        bool readable = ConfigFormat.Yaml.TryParse(OneEdge.Text.SourceText.From(text), out ConfigDocument? read, out _);
        OracleException.Check(readable && read!.ToValue().Equals(value), "a written value reads as the same", () => $"{value.ToJson()} as {Show(text)}");
        OracleException.Check(YamlWriter.Write(read!.ToValue(), step: 2) == text, "what the writer wrote and a reader read is written the same",
            () => Show(text));
        return true;
    }

    protected override void CheckIntent(ConfigDocument before, KeyValuePair<ConfigPath, ConfigValue>[] entries, ConfigChange change, ConfigDocument after)
    {
        var old = (YamlDocument)before;
        if (old.Tree.Anchors.Count > 0) return;
        if (change.Key is { } key && change.Kind == ChangeKind.Set)
            OracleException.Check(after.Find(change.Path)?.Find(key)?.Equals(change.Value) == true, "a written value is there", () => $"{change.Target}");
        if (change.Key is { } gone && change.Kind == ChangeKind.Remove)
            OracleException.Check(after.Find(change.Path)?.Find(gone) is null, "a removed value is gone", () => $"{change.Target}");
        if (change.Path.Count == 0) return;

        // Members of the root beside the one that changed keep their values, and their lines where the root is laid out in lines.
        ConfigValue top = change.Path[0];
        ConfigValue[] others = [.. before.ToValue().Members.Where(m => !m.Key.Equals(top)).Select(m => m.Value)];
        OracleException.Check(others.SequenceEqual(after.ToValue().Members.Where(m => !m.Key.Equals(top)).Select(m => m.Value)), "other members stay",
            () => $"{change.Target}");
        if (IsFine(old, change)) CheckLines(old, top, after);
    }

    protected override (string Expected, string Read) Data(ConfigEditor editor, ConfigDocument read)
    {
        ConfigValue expected = ((YamlEditor)editor).Value;
        ConfigValue actual = read.ToValue();
        return (expected.IsNull ? ConfigValue.False : expected).Equals(actual) ? ("", "") : (expected.ToJson(), actual.ToJson());
    }

    // A layout that was not foreseen is written anew as a whole.
    private static bool IsFine(YamlDocument document, ConfigChange change)
    {
        var editor = new YamlEditor(document);
        editor.Apply(change);
        editor.ToSource();
        return editor.Detail == YamlEditDetail.Fine;
    }

    private static void CheckLines(YamlDocument before, ConfigValue top, ConfigDocument after)
    {
        if (before.Tree.Root is not { IsBlockCollection: true } root || before.Diagnostics.Count > 0) return;
        int index = root.Entries.FindIndex(e => e.Key is not null && e.Key.Value.Equals(top));
        if (index < 0) return;
        int start = root.Entries[index].Start;
        int end = index + 1 < root.Entries.Count ? root.Entries[index + 1].Start : before.Source.Length;
        int prefix = before.Source.Span.CommonPrefixLength(after.Source.Span);
        int kept = Kept(before.Source, after.Source);
        OracleException.Check(prefix >= start
            || before.Source.Span[..start].SequenceEqual(after.Source.Span[..Math.Min(start, after.Source.Length)]),
            "the text before the changed member stays", () => $"{top}");
        OracleException.Check(end == before.Source.Length
            || kept >= before.Source.Length - (end - start), "the text behind the changed member stays", () => $"{top}");
    }
}

using System.Text;

namespace OneEdge.Config.Tests.Formats.Yaml;

/// <summary>Random YAML documents, values and changes, each made from a seed.</summary>
internal sealed class YamlSamples(int seed)
{
    private static readonly string[] Atoms =
    [
        "a", "b", "- ", ": ", ":", "\n", "\n  ", "\n ", " ", "  ", "\"", "'", "#", " #c", "{", "}", "[", "]", ",", ", ", "?", "? ", "&x ", "*x", "*x ", "!",
        "!!str ", "!t ", "|", "|-", "|+", ">", "> ",
        "|2\n", "\n---\n", "---", "...\n", "%", "@", "`", "\t", "1", "~", "null", "yes", "0x1f", "1.5", ":sym", "<<: ", "<<", "é", "\u0085", "\u2028", "\r\n",
        "\r", "\\", "\\n", "\\\n", "\\x41", "12:30",
        "2020-01-01", "k: v\n", "- x\n", "a: &x 1\n", "b: *x\n", "key:\n", "  - i\n", "\n    ", "''", "\"\"", "-", "0", "01", "1_0", "1,0", ".", "5.", "y",
        "no", "\n\n", "!<a> ", "!ruby/symbol ", "! ",
        "!!int ", "!!float ", "{a: 1}", "[1, 2]", "😀", "%YAML 1.1\n", "\u00A0",
    ];

    private static readonly string[] Scalars =
        ["1", "a", "'q'", "\"d q\"", "true", "~", "x y", "1.5", "0755", "''", ":sym", "\"multi\n              line\"", "plain\n              more"];

    private static readonly string[] Texts =
    [
        "", "a: b", "# x", "l1\nl2", "l1\nl2\n", "a\n\n", "- x", "'", "y", "1,0", "2020-01-01", " lead", "trail ", "é😀", "a\tb", "<<", "|", "\"q\" x", "k:",
        "x #y", "x\r\ny", "\u0007", "{a}", "[b", "*c",
        "&d", "!e", "%f", "@g", "~", "null", "12:30", ":z", "\u0085", "\u2028x", "089", "=", "no",
    ];

    private readonly Random _random = new(seed);
    private int _anchors;
    private bool _usesAnchors;

    /// <summary>Pieces of YAML thrown together: most of it is refused, by either reader.</summary>
    public byte[] Noise() => Encoding.UTF8.GetBytes("a" + string.Concat(Enumerable.Range(0, _random.Next(1, 18)).Select(_ => Pick(Atoms))));

    /// <summary>A document as people write them, with comments and odd layout.</summary>
    public string Document()
    {
        _anchors = 0;
        _usesAnchors = Chance(3);
        var text = new StringBuilder(Chance(3) ? "# top\n" : "");
        if (Chance(2)) text.Append("---\n");
        int step = Chance(3) ? 4 : 2;
        int sequenceIndent = Chance(2) ? 0 : 2;
        if (Chance(6)) Sequence(text, 0, 3, step, sequenceIndent, inline: false);
        else Map(text, 0, 3, step, sequenceIndent, inline: false);
        if (Chance(6)) text.Append("# end\n");
        if (Chance(8)) text.Append("...\n---\nsecond: 1\n");
        string document = text.ToString();
        if (Chance(6)) document = document.TrimEnd('\n');
        return Chance(6) ? document.Replace("\n", "\r\n", StringComparison.Ordinal) : document;
    }

    public ConfigValue Value(int depth) => _random.Next(depth > 0 ? 12 : 9) switch
    {
        0 => _random.Next(5),
        1 => "s" + _random.Next(5),
        2 => true,
        3 => ConfigValue.Null,
        4 => ConfigValue.Symbol(Pick(["s", "a b", "S1", "\"q\"", ":x", "", "1", "x: y"])),
        5 => _random.NextDouble() * Math.Pow(10, _random.Next(-9, 30)),
        6 or 7 => Pick(Texts),
        8 => Chance(2) ? ConfigValue.Array() : ConfigValue.Map(System.Array.Empty<(string, ConfigValue)>()),
        9 => ConfigValue.Array(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Value(depth - 1)).ToArray()),
        _ => ConfigValue.Map(
            Enumerable.Range(0, _random.Next(1, 4)).Select(i => KeyValuePair.Create(Chance(5) ? Value(depth - 1) : "m" + i, Value(depth - 1))).ToArray()),
    };

    /// <summary>A change that reaches into some data.</summary>
    public ConfigChange Change(ConfigValue root)
    {
        ConfigPath path = ConfigPath.Root;
        ConfigValue at = root;
        while (at.Kind == ConfigValueKind.Map && at.Members.Count > 0 && !Chance(5))
        {
            (ConfigValue key, ConfigValue value) = at.Members[_random.Next(at.Members.Count)];
            path = path.Append(key);
            at = value;
        }

        if (at.Kind == ConfigValueKind.Array && !Chance(3)) return ItemChange(path, at);
        if (path.Count > 0 && Chance(3)) return ConfigChange.Remove(path);
        if (path.Count > 0 && Chance(2)) return ConfigChange.Set(path, Value(2));
        if (Chance(20)) return ConfigChange.Set(ConfigPath.Root, Value(2));
        return ConfigChange.Insert(at.Kind == ConfigValueKind.Map ? path.Append("n" + _random.Next(9)) : path, Value(2));
    }

    private ConfigChange ItemChange(ConfigPath path, ConfigValue array)
    {
        int index = _random.Next(array.Items.Count + 1);
        ConfigValue old = index < array.Items.Count ? array.Items[index] : ConfigValue.Null;
        return _random.Next(4) switch
        {
            0 => new ConfigChange { Kind = ChangeKind.Insert, Path = path, Value = Value(2), Old = old, Index = index },
            1 => new ConfigChange { Kind = ChangeKind.Remove, Path = path, Old = old, Index = index },
            2 => ConfigChange.Remove(path, old),
            _ => ConfigChange.Insert(path, Value(2)),
        };
    }

    private bool Chance(int of) => _random.Next(of) == 0;

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private string Comment() => Chance(4) ? " # c" + _random.Next(100) : "";

    private string Flow(int depth)
    {
        if (depth <= 0 || Chance(3)) return Scalars[_random.Next(10)];
        string separator = Chance(5) ? ",\n              " : ", ";
        int count = _random.Next(4);
        return Chance(2)
            ? $"[{string.Join(separator, Enumerable.Range(0, count).Select(_ => Flow(depth - 1)))}{(count > 0 && Chance(6) ? "," : "")}]"
            : $"{{{string.Join(separator, Enumerable.Range(0, count).Select(i => $"f{i}: {Flow(depth - 1)}"))}}}";
    }

    private void Value(StringBuilder text, int column, int depth, int step, int sequenceIndent, bool inItem)
    {
        int kind = depth <= 0 ? 0 : _random.Next(10);
        if (kind < 3) text.Append(' ').Append(Pick(Scalars)).Append(Comment()).Append('\n');
        else if (kind == 3) text.Append(' ').Append(Flow(2)).Append(Comment()).Append('\n');
        else if (kind == 4) BlockScalar(text, column + 2);
        else if (kind == 5 && Chance(2)) text.Append(Comment()).Append('\n');
        else if (kind == 6 && _anchors > 0) text.Append(" *a").Append(_random.Next(_anchors)).Append(Comment()).Append('\n');
        else Collection(text, column, depth, step, sequenceIndent, inItem);
    }

    private void Collection(StringBuilder text, int column, int depth, int step, int sequenceIndent, bool inItem)
    {
        bool isMap = !Chance(3);
        bool compact = inItem && !Chance(4);
        string anchor = !compact && _usesAnchors && Chance(4) ? $"name{_random.Next(1_000_000)}" : "";
        if (compact) text.Append(' ');
        else text.Append(anchor.Length > 0 ? " &" + anchor : "").Append(Comment()).Append('\n');
        int at = inItem ? column + 2 : column + (isMap ? step : sequenceIndent);
        if (isMap) Map(text, at, depth - 1, step, sequenceIndent, compact);
        else Sequence(text, at, depth - 1, step, sequenceIndent, compact);
        if (anchor.Length > 0) text.Replace("&" + anchor, "&a" + _anchors++);
    }

    private void BlockScalar(StringBuilder text, int column)
    {
        string indent = new(' ', column);
        text.Append(' ').Append(Pick(["|", ">", "|-", "|+", ">-"])).Append(Chance(6) ? " # h\n" : "\n").Append(indent).Append("l1\n");
        if (Chance(2)) text.Append(indent).Append("  l2\n");
        if (Chance(4)) text.Append('\n');
    }

    private void Map(StringBuilder text, int column, int depth, int step, int sequenceIndent, bool inline)
    {
        int count = _random.Next(1, 5);
        for (int i = 0; i < count; i++)
        {
            if (!inline || i > 0) Lead(text, column);
            if (_anchors > 0 && i == 1 && Chance(4))
            {
                text.Append("<<: *a").Append(_random.Next(_anchors)).Append('\n');
                continue;
            }

            string key = Chance(10) ? "k0" : Pick([$"k{i}", $"'k{i}'", $"\"k{i}\"", $":s{i}"]);
            text.Append(Chance(15) ? $"? {key}\n{new string(' ', column)}:" : key + ":");
            Value(text, column, depth, step, sequenceIndent, inItem: false);
        }
    }

    private void Sequence(StringBuilder text, int column, int depth, int step, int sequenceIndent, bool inline)
    {
        int count = _random.Next(1, 4);
        for (int i = 0; i < count; i++)
        {
            if (!inline || i > 0) Lead(text, column);
            text.Append('-');
            Value(text, column, depth, step, sequenceIndent, inItem: true);
        }
    }

    private void Lead(StringBuilder text, int column)
    {
        if (Chance(6)) text.Append(' ', Chance(2) ? column : 0).Append("# above ").Append(_random.Next(100)).Append('\n');
        if (Chance(8)) text.Append('\n');
        text.Append(' ', column);
    }
}

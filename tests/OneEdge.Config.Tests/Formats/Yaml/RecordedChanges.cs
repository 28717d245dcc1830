using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Yaml;

/// <summary>Just enough of the patch formats to run the recorded YAML cases.</summary>
internal static class RecordedChanges
{
    public static byte[] File(string hash) => System.IO.File.ReadAllBytes(Path.Combine(ConformanceData.Area("config"), "files", hash));

    /// <summary>The changes of a line patch; <see langword="null"/> when it does not parse.</summary>
    public static IReadOnlyList<ConfigChange>? OfLines(string patch)
    {
        var changes = new List<ConfigChange>();
        foreach (string line in patch.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            string rest = line[line.IndexOf(' ', StringComparison.Ordinal)..];
            string command = Word(ref rest);
            ConfigPath path = ConfigPath.Parse(Word(ref rest));
            try
            {
                ConfigValue value = rest.Trim().Length == 0 ? ConfigValue.Null : Symbols(ConfigValue.ParseJson(rest.Trim()));
                changes.Add(command switch
                {
                    "ins" => ConfigChange.Insert(path, value),
                    "set" => ConfigChange.Set(path, value),
                    _ => ConfigChange.Remove(path, value),
                });
            }
            catch (ConfigException)
            {
                return null;
            }
        }

        return changes;
    }

    /// <summary>The changes of the one file of a YAML patch.</summary>
    public static IReadOnlyList<ConfigChange> OfYaml(string patch)
    {
        ConfigValue patches = ConfigFormat.Yaml.Parse(patch).Find("patches")!;
        return patches.Members.Count == 0 ? [] : [.. patches.Members[0].Value.Find("change")!.Items.Select(OfRecord)];
    }

    /// <summary>The changes of a YAML patch for a file of a class; <see langword="null"/> when the patch layer has to refuse it.</summary>
    public static IReadOnlyList<ConfigChange>? OfYamlPatch(string patch, string className)
    {
        if (!ConfigFormat.Yaml.TryParse(SourceText.From(patch), out ConfigDocument? document, out _)
            || document.Find("patches") is not { Kind: ConfigValueKind.Map } patches)
            return null;
        bool isKnown = patches.Members.All(p => p.Value.Find("class")?.ToString() == className
            && p.Value.Find("change") is { } list
            && list.Items.All(c => c.Find("state")?.AsString() is "ins" or "set" or "rm"));
        return isKnown ? OfYaml(patch) : null;
    }

    /// <summary>Applies a unified diff that fits exactly.</summary>
    public static byte[] Patch(byte[] before, string diff)
    {
        string[] old = SourceEncoding.GetString(before).Split('\n');
        var result = new List<string>();
        int at = 0;
        foreach (string line in diff.Split('\n').Skip(2))
        {
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                string[] range = line.Split(' ')[1][1..].Split(',');
                int start = int.Parse(range[0], null) - (range is [_, "0"] ? 0 : 1);
                while (at < start) result.Add(old[at++]);
            }
            else if (line.StartsWith('+'))
            {
                result.Add(line[1..]);
            }
            else if (line.StartsWith('-'))
            {
                at++;
            }
            else if (line.StartsWith(' '))
            {
                result.Add(old[at++]);
            }
        }

        return SourceEncoding.GetBytes(string.Join('\n', result.Concat(old.Skip(at))));
    }

    private static ConfigChange OfRecord(ConfigValue record) => new()
    {
        Kind = record.Find("state")!.AsString() switch
        {
            "ins" => ChangeKind.Insert,
            "set" => ChangeKind.Set,
            _ => ChangeKind.Remove,
        },
        Path = ConfigPath.Create([.. record.Find("path")!.Items]),
        Key = record.Find("key") is { IsNull: false } key ? key : null,
        Value = record.Find("value"),
        Old = record.Find("old"),
        IsLine = record.Find("extra")?.Find("hintings") is { Kind: ConfigValueKind.Boolean } hintings && hintings.AsBoolean(),
        Index = record.Find("extra")?.Find("index") is { } index ? (int)index.AsInteger() : null,
    };

    private static string Word(ref string rest)
    {
        rest = rest.TrimStart();
        int end = 0;
        if (!rest.StartsWith('"'))
        {
            while (end < rest.Length && !char.IsWhiteSpace(rest[end])) end++;
            string bare = rest[..end];
            rest = rest[end..];
            return bare;
        }

        end = 1;
        while (rest[end] != '"' || rest[end - 1] == '\\') end++;
        string word = rest[1..end].Replace("\\\"", "\"", StringComparison.Ordinal);
        rest = rest[(end + 1)..];
        return word;
    }

    private static ConfigValue Symbols(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.String when value.AsString() is [':', _, ..] => ConfigValue.Symbol(value.AsString()[1..]),
        ConfigValueKind.Array => ConfigValue.Array(value.Items.Select(Symbols)),
        ConfigValueKind.Map => ConfigValue.Map(value.Members.Select(m => KeyValuePair.Create(Symbols(m.Key), Symbols(m.Value)))),
        _ => value,
    };
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OneEdge.Config.Formats;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Shell;

/// <summary>Reads recorded cases for the shell tests, which must not depend on the real patch readers.</summary>
internal static partial class ShellVectors
{
    public static IEnumerable<JsonElement> Cases(string kind) => ConformanceData.Cases("config", "cases.jsonl")
        .Where(c => c.GetProperty("kind").GetString() == kind)
        .Where(c => c.GetProperty("inputs").EnumerateArray().All(i => i.TryGetProperty("class", out JsonElement name) && name.GetString() == "Augeas::Shell"))
        .Where(c => c.GetProperty("inputs").GetArrayLength() > 0);

    public static byte[] File(string hash) => System.IO.File.ReadAllBytes(Path.Combine(ConformanceData.Area("config"), "files", hash));

    public static ShellDocument Document(byte[] bytes, string? name = null) => (ShellDocument)ConfigFormat.Shell.Parse(SourceText.FromBytes(bytes, name));

    /// <summary>The data of a document as comparable text.</summary>
    public static string Data(ConfigDocument document) => string.Join('\n', ((ShellDocument)document).Variables.InOrder
        .OrderBy(v => v.Name, StringComparer.Ordinal).Select(v => $"{(v.IsExported ? "export " : "")}{v.Name}={v.Value}"));

    /// <summary>The changes of a line patch that names one file.</summary>
    public static IReadOnlyList<ConfigChange> LineChanges(string patch) =>
        [.. patch.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').Select(LineChange)];

    /// <summary>The changes of a YAML patch in the layout that the recorded cases have.</summary>
    public static IReadOnlyList<ConfigChange> YamlChanges(string patch)
    {
        List<ConfigChange> changes = [];
        foreach (string operation in OperationStart().Split(patch).Skip(1))
        {
            var members = Member().Matches(operation)
                .ToDictionary(m => m.Groups["key"].Value, m => Block(m.Groups["value"].Value.Trim(), m.Groups["block"].Value));
            changes.Add(new ConfigChange
            {
                Kind = members["state"] switch
                {
                    "ins" => ChangeKind.Insert,
                    "set" => ChangeKind.Set,
                    _ => ChangeKind.Remove,
                },
                Key = Scalar(members["key"]),
                Value = members.TryGetValue("value", out string? value) ? Scalar(value) : null,
                Old = members.TryGetValue("old", out string? old) ? Scalar(old) : null,
                Export = members.TryGetValue("export", out string? export) ? bool.Parse(export) : null,
            });
        }

        return changes;
    }

    private static ConfigChange LineChange(string line)
    {
        string[] parts = line.Split(' ', 3);
        string rest = parts[2].Trim();
        string path = rest.StartsWith('"') ? rest[1..rest.IndexOf('"', 1)] : rest.Split(' ')[0];
        string json = rest[(rest.StartsWith('"') ? path.Length + 2 : path.Length)..].Trim();
        ConfigValue value = json.Length == 0 ? ConfigValue.Null : ConfigValue.ParseJson(json);
        return parts[1] switch
        {
            "ins" => ConfigChange.Insert(path, value),
            "set" => ConfigChange.Set(path, value),
            _ => ConfigChange.Remove(path, value),
        };
    }

    // A literal block becomes a JSON text, a binary one is decoded.
    private static string Block(string value, string block)
    {
        string[] lines = [.. block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[8..])];
        if (value.StartsWith("!binary", StringComparison.Ordinal))
            return ConfigValue.From(SourceEncoding.GetString(Convert.FromBase64String(string.Concat(lines)))).ToJson();
        return value.StartsWith('|') ? ConfigValue.From(string.Join('\n', lines) + (value == "|" ? "\n" : "")).ToJson() : value;
    }

    private static ConfigValue Scalar(string text)
    {
        if (text.StartsWith('"')) return ConfigValue.ParseJson(text);
        if (text.StartsWith('\'')) return text[1..^1].Replace("''", "'", StringComparison.Ordinal);
        if (text.Length == 0 || text == "null") return ConfigValue.Null;
        return int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : text;
    }

    [GeneratedRegex("^    - ", RegexOptions.Multiline, 1000)]
    private static partial Regex OperationStart();

    [GeneratedRegex(
        "^\\s*(?<key>path|key|value|old|state|export): ?(?<value>.*)$(?<block>(\\n {8}(?!export:).*)*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Member();
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Oned;

/// <summary>One recorded run that has to do with oned.conf alone, and the pieces of patch reading that the tests need.</summary>
internal sealed record OnedCase(string Id, JsonElement Json)
{
    public JsonElement Expect => Json.GetProperty("expect");

    public string Path => Json.GetProperty("inputs")[0].TryGetProperty("path", out JsonElement path) ? path.GetString()! : "/etc/one/oned.conf";

    public IReadOnlyList<string> Log => [.. Expect.GetProperty("log_lines").EnumerateArray().Select(l => l.GetString()!)];

    public string? Fatal => Log.Where(l => l.StartsWith("FATAL : FAILED - ", StringComparison.Ordinal)).Select(l => l[17..]).FirstOrDefault();

    public string? PatchError => Log.Where(l => l.StartsWith("ERROR : Failed to patch file ", StringComparison.Ordinal))
        .Select(l => l[(l.IndexOf("' - ", StringComparison.Ordinal) + 4)..])
        .FirstOrDefault();

    /// <summary>The recorded <c>[OK] replace</c> and the like, one for each operation; empty when they were not logged.</summary>
    public IReadOnlyList<string> Statuses => [.. Log.Where(l => l.StartsWith("DEBUG : Patch [", StringComparison.Ordinal)).Select(StatusOf)];

    public string PatchText => Json.TryGetProperty("patch_text", out JsonElement text)
        ? text.GetString()!
        : Encoding.UTF8.GetString(Json.GetProperty("patch_base64").GetBytesFromBase64());

    public static IEnumerable<OnedCase> All(string kind) => ConformanceData.Cases("config", "cases.jsonl")
        .Where(c => c.GetProperty("kind").GetString() == kind)
        .Where(c => c.GetProperty("inputs").EnumerateArray().All(i => i.TryGetProperty("class", out JsonElement name) && name.GetString() == "Augeas::ONE"))
        .Where(c => kind == "diff" || c.GetProperty("inputs").GetArrayLength() == 1)
        .Select(c => new OnedCase(c.GetProperty("id").GetString()!, c));

    public SourceText Input(int index = 0) =>
        SourceText.FromBytes(FileBytes(Json.GetProperty("inputs")[index].GetProperty("file_hash").GetString()!), System.IO.Path.GetFileName(Path));

    /// <summary>The recorded file after the run.</summary>
    public SourceText? Output()
    {
        JsonElement output = Expect.GetProperty("outputs")[0];
        if (output.TryGetProperty("unchanged", out _)) return Input();
        if (output.TryGetProperty("file_hash", out JsonElement hash)) return SourceText.FromBytes(FileBytes(hash.GetString()!));
        return output.TryGetProperty("udiff", out JsonElement udiff) ? Patched(udiff.GetString()!) : null;
    }

    /// <summary>The operations of a line patch; null when a line is not even an operation (another reader's business).</summary>
    public static IReadOnlyList<ConfigChange>? ReadLines(string patch)
    {
        List<ConfigChange> changes = [];
        foreach (string line in patch.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            int at = 0;
            if (Word(line, ref at) is null || Word(line, ref at) is not { } command || Word(line, ref at) is not { } path) return null;
            string json = line[at..].Trim();
            ConfigValue value;
            try
            {
                value = json.Length == 0 ? ConfigValue.Null : ConfigValue.ParseJson(json);
            }
            catch (ConfigException)
            {
                return null;
            }

            ConfigPath target = ConfigPath.Create([.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(e => ConfigValue.From(e))]);
            switch (command.ToLowerInvariant())
            {
                case "ins": changes.Add(ConfigChange.Insert(target, value)); break;
                case "set": changes.Add(ConfigChange.Set(target, value)); break;
                case "rm": changes.Add(ConfigChange.Remove(target, value)); break;
                default: return null;
            }
        }

        return changes;
    }

    /// <summary>The operations of a YAML patch that Ruby has turned into JSON.</summary>
    public static IReadOnlyList<ConfigChange>? FromYaml(JsonElement document, string file)
    {
        if (document.ValueKind != JsonValueKind.Object
            || !document.TryGetProperty("patches", out JsonElement patches)
            || !patches.TryGetProperty(file, out JsonElement patch))
            return null;
        List<ConfigChange> changes = [];
        foreach (JsonElement op in patch.GetProperty("change").EnumerateArray())
        {
            if (!op.TryGetProperty("extra", out JsonElement extra)) return null;
            changes.Add(new ConfigChange
            {
                Kind = op.GetProperty("state").GetString() switch { "ins" => ChangeKind.Insert, "set" => ChangeKind.Set, _ => ChangeKind.Remove },
                Path = ConfigPath.Create([.. op.GetProperty("path").EnumerateArray().Select(ConfigValue.FromJson)]),
                Key = op.TryGetProperty("key", out JsonElement key) && key.ValueKind != JsonValueKind.Null ? ConfigValue.FromJson(key) : null,
                Value = op.TryGetProperty("value", out JsonElement value) ? ConfigValue.FromJson(value) : null,
                Old = op.TryGetProperty("old", out JsonElement old) ? ConfigValue.FromJson(old) : null,
                Multiple = extra.TryGetProperty("multiple", out JsonElement multiple) ? multiple.GetBoolean() : null,
            });
        }

        return changes;
    }

    /// <summary>Lets Ruby read YAML documents; what it refuses becomes null.</summary>
    public static async Task<IReadOnlyList<JsonElement>> YamlThroughRuby(IEnumerable<string> documents, CancellationToken cancellation)
    {
        const string Script = "require 'yaml';require 'json';puts JSON.generate(JSON.parse($stdin.read).map{|t| YAML.load(t, aliases: true) rescue nil})";
        var start = new ProcessStartInfo(Tool.Require("ruby", "ruby"), ["-Eutf-8:utf-8", "-e", Script])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process ruby = Process.Start(start)!;
        Task<string> output = ruby.StandardOutput.ReadToEndAsync(cancellation);
        await ruby.StandardInput.WriteAsync(ConfigValue.Array(documents.Select(d => ConfigValue.From(d))).ToJson().AsMemory(), cancellation);
        ruby.StandardInput.Close();
        return [.. JsonDocument.Parse(await output).RootElement.EnumerateArray()];
    }

    public static byte[] FileBytes(string hash) => File.ReadAllBytes(System.IO.Path.Combine(ConformanceData.Area("config"), "files", hash));

    public override string ToString() => Id;

    private static string StatusOf(string line)
    {
        string rest = line["DEBUG : Patch ".Length..];
        return rest.StartsWith("[OK] replace ", StringComparison.Ordinal) ? "[OK] replace" : rest[..4];
    }

    // Applies the recorded difference; the hunks are exact.
    private SourceText Patched(string udiff)
    {
        List<string> lines = [.. Encoding.Latin1.GetString(Input().Span).Split('\n')];
        int shift = 0;
        int at = 0;
        foreach (string line in udiff.Split('\n').Skip(2).Where(l => l.Length > 0))
        {
            string content = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(line[1..]));
            switch (line[0])
            {
                case '@':
                    string[] old = line.Split(' ')[1][1..].Split(',');
                    at = int.Parse(old[0], CultureInfo.InvariantCulture) - (old.Length > 1 && old[1] == "0" ? 0 : 1) + shift;
                    break;
                case '-':
                    lines.RemoveAt(at);
                    shift--;
                    break;
                case '+':
                    lines.Insert(at++, content);
                    shift++;
                    break;
                case ' ':
                    at++;
                    break;
                default:
                    break;
            }
        }

        return SourceText.FromBytes(Encoding.Latin1.GetBytes(string.Join('\n', lines)));
    }

    private static string? Word(string line, ref int at)
    {
        while (at < line.Length && char.IsWhiteSpace(line[at])) at++;
        int start = at;
        if (at < line.Length && line[at] == '"')
        {
            for (at++; at < line.Length && (line[at] != '"' || line[at - 1] == '\\'); at++)
            {
            }

            if (at >= line.Length) return null;
            return line[(start + 1)..at++].Replace("\\\"", "\"", StringComparison.Ordinal);
        }

        while (at < line.Length && !char.IsWhiteSpace(line[at])) at++;
        return at > start ? line[start..at] : null;
    }
}

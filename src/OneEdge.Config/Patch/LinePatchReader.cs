namespace OneEdge.Config;

/// <summary>Reads change lines, tokenised as the original does (<c>FILE COMMAND PATH [JSON]</c>).</summary>
/// <param name="catalog">Which file has which format.</param>
/// <param name="exists">Whether a file is there; every catalogued file when absent.</param>
internal sealed class LinePatchReader(ConfigCatalog catalog, Func<string, bool>? exists)
{
    // Many changes of a patch share their paths.
    private readonly Dictionary<(string Text, bool HasSymbols), ConfigPath> _paths = [];
    private readonly OrderedDictionary<string, FilePatch?> _files = new(StringComparer.Ordinal);
    private const int MaxFindings = 1000;
    private readonly List<Diagnostic> _findings = [];
    private int _unlisted;
    private FilePatch? _last;

    public ConfigPatch Read(string text)
    {
        int number = 0;
        ReadOnlySpan<char> all = text;
        foreach (Range range in all.Split('\n'))
        {
            number++;
            ReadOnlySpan<char> line = LineWords.Strip(all[range]);
            if (!line.IsEmpty && line[0] != '#') ReadLine(line, number);
        }

        if (_unlisted > 0) _findings.Add(PatchFindings.More(_unlisted));
        if (_findings.Count > 0) throw new ConfigPatchException(_findings);
        return new ConfigPatch(_files.Values.OfType<FilePatch>());
    }

    private void ReadLine(ReadOnlySpan<char> line, int number)
    {
        int end = LineWords.IndexOfSpace(line);
        if (end < 0)
        {
            Report(number, PatchFindings.InvalidLine);
            return;
        }

        // Most lines are about the same file as the one before.
        if (_last is null || !line[..end].SequenceEqual(_last.File))
        {
            string name = line[..end].ToString();
            _last = Find(name);
            if (_last is null) Report(number, n => PatchFindings.UnknownFile(catalog, name, n));
        }

        if (_last is not { } file) return;

        var words = new LineWords(line[end..]);
        if (ReadChange(ref words, file.Format, number) is { } change) ((List<ConfigChange>)file.Changes).Add(change);
    }

    // Near names cost time and texts cost memory, so nothing is made of a finding that is not listed.
    private void Report(int number, Func<int, Diagnostic> finding)
    {
        if (_findings.Count < MaxFindings) _findings.Add(finding(number));
        else _unlisted++;
    }

    private FilePatch? Find(string name)
    {
        if (_files.TryGetValue(name, out FilePatch? known)) return known;
        ConfigFormat? format = catalog.FormatOf(name);
        FilePatch? file = format is not null && exists?.Invoke(name) != false ? new FilePatch(name, format, new List<ConfigChange>()) : null;
        _files.Add(name, file);
        return file;
    }

    private ConfigChange? ReadChange(ref LineWords words, ConfigFormat format, int number)
    {
        string command = words.Next()?.ToLowerInvariant() ?? "";
        if (command is not ("ins" or "set" or "rm"))
        {
            Report(number, n => PatchFindings.UnknownAction(command, n));
            return null;
        }

        if (words.Next() is not { } path)
        {
            Report(number, PatchFindings.MissingPath);
            return null;
        }

        try
        {
            ConfigValue value = words.Rest.IsEmpty ? ConfigValue.Null : ConfigValue.ParseJson(words.Rest);
            return Change(command, PathOf(path, format), format.HasSymbols ? WithSymbols(value) : value);
        }
        catch (ConfigException e)
        {
            Report(number, n => PatchFindings.Json(e.Message, n));
            return null;
        }
    }

    private static ConfigChange Change(string command, ConfigPath path, ConfigValue value) => command switch
    {
        "ins" => ConfigChange.Insert(path, value),
        "set" => ConfigChange.Set(path, value),
        _ => ConfigChange.Remove(path, value),
    };

    private ConfigPath PathOf(string text, ConfigFormat format)
    {
        if (_paths.TryGetValue((text, format.HasSymbols), out ConfigPath? known)) return known;
        ConfigPath path = format.HasSymbols
            ? ConfigPath.Parse(text)
            : ConfigPath.Create([.. text.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(e => ConfigValue.From(e))]);
        _paths.Add((text, format.HasSymbols), path);
        return path;
    }

    // A string that starts with a colon stands for a symbol, at any depth and in keys.
    private static ConfigValue WithSymbols(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.String when value.AsString() is [':', _, ..] text => ConfigValue.Symbol(text[1..]),
        ConfigValueKind.Array => ConfigValue.Array(value.Items.Select(WithSymbols)),
        ConfigValueKind.Map => ConfigValue.Map(value.Members.Select(m => KeyValuePair.Create(WithSymbols(m.Key), WithSymbols(m.Value)))),
        _ => value,
    };
}

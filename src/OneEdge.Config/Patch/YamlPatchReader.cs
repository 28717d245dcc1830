namespace OneEdge.Config;

/// <summary>Reads the YAML form of patches: <c>patches: {FILE: {class, change: [operations]}}</c>.</summary>
internal static class YamlPatchReader
{
    private const string NotAPatch = "The patch does not contain expected YAML document";

    public static ConfigPatch Read(string text)
    {
        ConfigValue document = Parse(text);
        if (document.Kind != ConfigValueKind.Map) throw Fail(NotAPatch, "a patch is a map with the key 'patches'");
        if (document.Find("patches") is not { Kind: ConfigValueKind.Map } patches)
            throw Fail("The patch has no map 'patches'", "write patches: {FILE: {class: ..., change: [...]}}");

        var findings = new FindingList();
        List<FilePatch> files = [];
        foreach (KeyValuePair<ConfigValue, ConfigValue> entry in patches.Members)
        {
            if (ReadFile(entry.Key.ToString(), entry.Value, findings) is { } file) files.Add(file);
        }

        return findings.Count > 0 ? throw new ConfigPatchException(findings.ToList()) : new ConfigPatch(files);
    }

    private static ConfigValue Parse(string text)
    {
        try
        {
            return ConfigFormat.Yaml.Parse(text).ToValue();
        }
        catch (ConfigSyntaxException e)
        {
            Diagnostic first = e.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error);
            string message = first.Code == ConfigErrorCodes.YamlUnsupportedValue ? first.Message : $"Error reading yaml patch ({first.Message})";
            var finding = new Diagnostic(ConfigErrorCodes.PatchYaml, DiagnosticSeverity.Error, message) { Position = first.Position, Hint = first.Hint };
            throw new ConfigPatchException([finding]);
        }
    }

    private static FilePatch? ReadFile(string name, ConfigValue value, FindingList findings)
    {
        string? className = value.Find("class")?.ToString();
        ConfigFormat? format = ConfigFormat.All.FirstOrDefault(f => f.ClassName == className);
        if (format is null)
        {
            string known = string.Join(", ", ConfigFormat.All.Select(f => f.ClassName));
            string problem = className is null ? $"The class of '{name}' is missing" : $"Unknown class '{className}' of '{name}'";
            findings.Add(PatchFindings.Yaml(problem, $"classes are {known}"));
            return null;
        }

        if (value.Find("change") is not { Kind: ConfigValueKind.Array } changes)
        {
            findings.Add(PatchFindings.Yaml($"The list 'change' of '{name}' is missing"));
            return null;
        }

        List<ConfigChange> read = [];
        for (int i = 0; i < changes.Items.Count; i++)
        {
            if (ReadChange(changes.Items[i], $"change {i + 1} of '{name}'", name, findings) is { } change) read.Add(change);
        }

        return new FilePatch(name, format, read);
    }

    private static ConfigChange? ReadChange(ConfigValue value, string where, string file, FindingList findings)
    {
        string? state = value.Find("state")?.ToString();
        ChangeKind? kind = state switch
        {
            "ins" => ChangeKind.Insert,
            "set" => ChangeKind.Set,
            "rm" => ChangeKind.Remove,
            _ => null,
        };
        if (kind is null)
        {
            findings.Add(new Diagnostic(ConfigErrorCodes.PatchAction, DiagnosticSeverity.Error, $"Invalid patch action '{state}'")
            {
                File = file,
                Hint = $"{where}: 'state' is ins, set or rm",
            });
            return null;
        }

        if (value.Find("path") is not { Kind: ConfigValueKind.Array } path || value.Find("extra") is not { Kind: ConfigValueKind.Map } extra)
        {
            findings.Add(PatchFindings.Yaml(
                $"The list 'path' or the map 'extra' is missing in {where}", "write path: [] for the top level and extra: {} for no options"));
            return null;
        }

        return new ConfigChange
        {
            Kind = kind.Value,
            Path = ConfigPath.Create([.. path.Items]),
            Key = value.Find("key") is { IsNull: false } key ? key : null,
            Value = value.Find("value"),
            Old = value.Find("old"),
            IsLine = Flag(extra, "hintings") == true,
            Multiple = Flag(extra, "multiple"),
            Export = Flag(extra, "export"),
            Index = IndexOf(extra),
        };
    }

    private static int? IndexOf(ConfigValue extra)
    {
        if (extra.Find("index") is not { Kind: ConfigValueKind.Integer } index) return null;
        return index.AsInteger() >= 0 && index.AsInteger() <= int.MaxValue ? (int)index.AsInteger() : null;
    }

    // As in Ruby, everything but nil and false is true.
    private static bool? Flag(ConfigValue extra, string name) => extra.Find(name) is { } flag
        ? flag is not ({ IsNull: true } or { Kind: ConfigValueKind.Boolean }) || flag.Equals(ConfigValue.True)
        : null;

    private static ConfigPatchException Fail(string message, string hint) => new([PatchFindings.Yaml(message, hint)]);
}

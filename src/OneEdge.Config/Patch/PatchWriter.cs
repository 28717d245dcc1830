using System.Text;
using OneEdge.Config.Formats;

namespace OneEdge.Config;

/// <summary>Writes patches in the original's three forms.</summary>
internal static class PatchWriter
{
    public static string Lines(ConfigPatch patch)
    {
        var text = new StringBuilder();
        foreach (FilePatch file in patch.Files)
        {
            foreach (ConfigChange change in file.Changes) text.Append(file.File).Append(' ').Append(ChangeLineText.ToApply(change)).Append('\n');
        }

        return text.ToString();
    }

    public static string Text(ConfigPatch patch)
    {
        var text = new StringBuilder();
        foreach (FilePatch file in patch.Files.Where(f => f.Changes.Count > 0))
        {
            if (text.Length > 0) text.Append('\n');
            text.Append(file.File).Append('\n');
            foreach (ConfigChange change in file.Changes) text.Append("- ").Append(ChangeLineText.ToApply(change)).Append('\n');
        }

        return text.ToString();
    }

    public static string Yaml(ConfigPatch patch) =>
        YamlWriter.Write(ConfigValue.Map(("patches", ConfigValue.Map(patch.Files.Select(f => (f.File, File(f)))))), step: 2);

    private static ConfigValue File(FilePatch file) => ConfigValue.Map(
        ("class", file.Format.ClassName),
        ("change", ConfigValue.Array(file.Changes.Select(Operation))));

    internal static ConfigValue Operation(ConfigChange change)
    {
        List<(string, ConfigValue)> members = [("path", ConfigValue.Array(change.Path)), ("key", change.Key ?? ConfigValue.Null)];
        if (change.Value is { } value) members.Add(("value", value));
        if (change.Old is { } old) members.Add(("old", old));
        members.Add(("state", change.Kind switch
        {
            ChangeKind.Insert => "ins",
            ChangeKind.Set => "set",
            _ => "rm",
        }));
        members.Add(("extra", Extra(change)));
        return ConfigValue.Map(members);
    }

    private static ConfigValue Extra(ConfigChange change)
    {
        List<(string, ConfigValue)> members = [];
        if (change.IsLine) members.Add(("hintings", ConfigValue.True));
        if (change.Multiple is { } multiple) members.Add(("multiple", multiple));
        if (change.Export is { } export) members.Add(("export", export));
        if (change.Index is { } index) members.Add(("index", index));
        return ConfigValue.Map(members);
    }
}

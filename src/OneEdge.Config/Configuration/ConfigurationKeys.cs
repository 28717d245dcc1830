using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace OneEdge.Config;

/// <summary>Maps the values of a document to the keys of Microsoft.Extensions.Configuration.</summary>
internal static class ConfigurationKeys
{
    /// <summary>Maps values: <c>VM_MAD/"kvm"/THREADS</c> becomes <c>VM_MAD:kvm:THREADS</c>, <c>:USER/:size</c> becomes <c>USER:size</c>.</summary>
    /// <param name="values">The values with their paths, as <see cref="ConfigDocument.Enumerate"/> gives them.</param>
    /// <param name="isRepeated">Whether a path holds many values; each then gets its number: <c>VM_RESTRICTED_ATTR:0</c>.</param>
    /// <param name="unquote">Takes the quotes of the format off a value.</param>
    /// <returns>Keys and values; of keys that differ only by case the last value counts, as everywhere in configuration.</returns>
    public static Dictionary<string, string?> Map(
        IEnumerable<KeyValuePair<ConfigPath, ConfigValue>> values, Func<ConfigPath, bool> isRepeated, Func<ConfigValue, ConfigValue> unquote)
    {
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<ConfigPath, ConfigValue> group in values.GroupBy(v => v.Key, v => v.Value))
        {
            // A value that is the whole file has no name.
            if (group.Key.Count == 0) continue;
            string key = ConfigurationPath.Combine(group.Key.Select(element => Segment(unquote(element))));
            ConfigValue[] items = [.. group];
            if (items.Length == 1 && !isRepeated(group.Key))
            {
                data[key] = Text(unquote(items[0]));
                continue;
            }

            for (int i = 0; i < items.Length; i++) data[ConfigurationPath.Combine(key, i.ToString(CultureInfo.InvariantCulture))] = Text(unquote(items[i]));
        }

        return data;
    }

    /// <summary>Maps a whole document.</summary>
    public static Dictionary<string, string?> Map(ConfigDocument document) =>
        Map(document.Enumerate(), path => document.Find(path) is { Kind: ConfigValueKind.Array, Items.Count: > 0 }, document.Unquote);

    private static string Segment(ConfigValue element) => element.Kind == ConfigValueKind.Symbol ? element.AsString() : element.ToString();

    // Null and an empty map are null, an empty array is empty, as in the JSON provider.
    private static string? Text(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Null or ConfigValueKind.Map => null,
        ConfigValueKind.Array => value.Items.Count == 0 ? "" : value.ToJson(),
        ConfigValueKind.Symbol => value.AsString(),
        _ => value.ToString(),
    };
}

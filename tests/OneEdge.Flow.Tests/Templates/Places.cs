using System.Text.Json;

namespace OneEdge.Flow.Tests;

/// <summary>Finds the places that errors name.</summary>
internal static class Places
{
    public static bool Exists(JsonElement root, string path)
    {
        Assert.StartsWith("$", path);
        int at = 1;
        while (at < path.Length)
        {
            if (!Step(ref root, path, ref at)) return false;
        }

        return true;
    }

    private static bool Step(ref JsonElement value, string path, ref int at)
    {
        if (path[at] == '.')
        {
            int end = path.AsSpan(at + 1).IndexOfAny('.', '[') is >= 0 and var length ? at + 1 + length : path.Length;
            string name = path[(at + 1)..end];
            at = end;
            return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out value);
        }

        int close = path.IndexOf(path[at + 1] == '"' ? "\"]" : "]", at, StringComparison.Ordinal);
        string inner = path[(at + 1)..close].TrimStart('"');
        bool isName = path[at + 1] == '"';
        at = close + (isName ? 2 : 1);
        if (isName) return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(JsonSerializer.Deserialize<string>($"\"{inner}\"")!, out value);
        int index = int.Parse(inner, System.Globalization.CultureInfo.InvariantCulture);
        if (value.ValueKind != JsonValueKind.Array || index >= value.GetArrayLength()) return false;
        value = value[index];
        return true;
    }
}

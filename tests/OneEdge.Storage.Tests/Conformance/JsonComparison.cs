using System.Text.Json;

namespace OneEdge.Storage.Tests;

/// <summary>Compares JSON without the order of names and without members that a recording cannot repeat.</summary>
internal static class JsonComparison
{
    public static void Equal(JsonElement expected, string actual, params string[] ignored)
    {
        using var document = JsonDocument.Parse(actual);
        string left = Canonical(expected, ignored), right = Canonical(document.RootElement, ignored);
        Assert.Equal(left, right);
    }

    private static string Canonical(JsonElement element, string[] ignored) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", element.EnumerateObject().Where(p => !ignored.Contains(p.Name)).OrderBy(
            p => p.Name, StringComparer.Ordinal)
            .Select(p => JsonSerializer.Serialize(p.Name) + ":" + Canonical(p.Value, ignored))) + "}",
        JsonValueKind.Array => "[" + string.Join(",\n", element.EnumerateArray().Select(e => Canonical(e, ignored))) + "]",
        JsonValueKind.String => JsonSerializer.Serialize(element.GetString()),
        _ => element.GetRawText(),
    };
}

using System.Text.Json;

namespace OneEdge.Flow;

/// <summary>The places in a document as errors name them.</summary>
internal static class JsonPaths
{
    public static string Member(string path, string name) => IsPlain(name) ? $"{path}.{name}" : $"{path}[\"{JsonEncodedText.Encode(name)}\"]";

    private static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}

using System.Buffers;

namespace OneEdge.Config;

/// <summary>Writes changes as the original's hint lines: <c>set PATH VALUE </c>.</summary>
internal static class ChangeLineText
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(" \"");

    public static string Of(ConfigChange change)
    {
        string command = change.Kind switch
        {
            ChangeKind.Insert => "ins",
            ChangeKind.Set => "set",
            _ => "rm ",
        };
        return $"{command} {PathText(change.Target)} {ValueText(change)} ";
    }

    public static string PathText(ConfigPath path)
    {
        string text = path.ToString();
        return text.AsSpan().ContainsAny(NeedQuotes) ? RubyText.Inspect(text) : text;
    }

    private static string ValueText(ConfigChange change)
    {
        if (change.Value is { } value) return value.ToJson();
        return change.Key is null && change.Old is { } old ? old.ToJson() : "";
    }
}

using System.Buffers;
using OneEdge.Config.Formats;

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
        if (change.Old is not { } old) return "";

        // The original leaves the value of a repeated attribute out, and so cannot apply its own line.
        return change.Key is null || (change.Multiple == true && OnedSchema.IsMultipleName(change)) ? old.ToJson() : "";
    }
}

using System.Buffers;
using OneEdge.Config.Formats;

namespace OneEdge.Config;

/// <summary>Writes changes as the original's hint lines: <c>set PATH VALUE </c>.</summary>
internal static class ChangeLineText
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(" \"");
    private static readonly SearchValues<char> NeedCare = SearchValues.Create(" \t\r\n\v\f\0\"\\#");

    /// <summary>The line as the original's reports print it.</summary>
    public static string Of(ConfigChange change) => $"{Command(change.Kind)} {PathText(change.Target)} {ValueText(change)} ";

    /// <summary>The line in a form that, read again, gives the same change as far as lines can say it.</summary>
    public static string ToApply(ConfigChange change)
    {
        bool isRemoval = change is { IsLine: true, Kind: ChangeKind.Remove, Old: not null };
        string value = !isRemoval ? ValueText(change) : change.Old!.IsNull ? "" : change.Old.ToJson();
        return $"{Command(change.Kind)} {PathAndValue(change.Target, value)}";
    }

    private static string Command(ChangeKind kind) => kind switch
    {
        ChangeKind.Insert => "ins",
        ChangeKind.Set => "set",
        _ => "rm ",
    };

    public static string PathText(ConfigPath path)
    {
        string text = path.ToString();
        return text.AsSpan().ContainsAny(NeedQuotes) ? RubyText.Inspect(text) : text;
    }

    // The original's own form, unless that reads back as another path. Slashes at the ends keep quotes and backslashes there apart from
    // the quotes around the path; a removal may end with a null, which keeps a NUL before it.
    private static string PathAndValue(ConfigPath path, string value)
    {
        string text = path.ToString();
        string usual = Joined(PathText(path), value);
        if (!text.AsSpan().ContainsAny(NeedCare)) return usual;
        string quoted = text.Replace("\"", "\\\"", StringComparison.Ordinal);
        string[] forms = [usual, Joined(text, value), Joined($"\"{quoted}\"", value), Joined("/" + text, value), Joined($"\"{quoted}/\"", value)];
        if (value.Length == 0) forms = [.. forms, text + " null", $"/{text} null"];
        return Array.Find(forms, form => new LineWords(LineWords.Strip(form)).Next() is { } word && word.Trim('/') == text) ?? usual;
    }

    private static string Joined(string path, string value) => value.Length == 0 ? path : $"{path} {value}";

    private static string ValueText(ConfigChange change)
    {
        if (change.Value is { } value) return value.ToJson();
        if (change.Old is not { } old) return "";

        // The original leaves the value of a repeated attribute out, and so cannot apply its own line.
        return change.Key is null || (change.Multiple is not null && OnedSchema.IsMultipleName(change)) ? old.ToJson() : "";
    }
}

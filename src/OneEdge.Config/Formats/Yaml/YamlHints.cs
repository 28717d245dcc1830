namespace OneEdge.Config.Formats;

/// <summary>What to try when the text is not YAML.</summary>
internal static class YamlHints
{
    public static string? For(string message) => message switch
    {
        _ when message.StartsWith("found a tab", StringComparison.Ordinal) => "indent with spaces",
        _ when message.StartsWith("found character that cannot start", StringComparison.Ordinal) => "quote the text, or indent with spaces instead of tabs",
        _ when message.StartsWith("mapping values are not allowed", StringComparison.Ordinal) => "quote text that holds ': ', and check the indentation",
        _ when message.StartsWith("did not find expected key", StringComparison.Ordinal) => "check the indentation of the lines before",
        _ when message.StartsWith("could not find expected ':'", StringComparison.Ordinal) => "a key needs a colon and a space behind it",
        _ when message.StartsWith("did not find expected ','", StringComparison.Ordinal) => "close the bracket, or separate the entries with commas",
        _ when message.StartsWith("found unexpected end of stream", StringComparison.Ordinal) => "close the quote",
        _ when message.StartsWith("invalid UTF-8", StringComparison.Ordinal) => "save the file as UTF-8",
        _ => null,
    };
}

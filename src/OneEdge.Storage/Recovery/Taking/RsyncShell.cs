using System.Globalization;

namespace OneEdge.Storage.Recovery;

/// <summary>The connection of rsync, which it wants as one text: words between quotes, in which the quote itself is written twice.</summary>
internal static class RsyncShell
{
    public static string Of(SshOptions options)
    {
        List<string> words = [options.Program];
        if (options.ConfigFile is { } file) words.Add($"-F{file}");
        words.Add("-oBatchMode=yes");
        words.Add(string.Create(CultureInfo.InvariantCulture, $"-oConnectTimeout={(int)Math.Ceiling(options.ConnectTimeout.TotalSeconds)}"));
        words.Add("-oControlMaster=no");
        words.Add("-oControlPath=none");
        words.AddRange(options.Arguments);
        return string.Join(' ', words.Select(Quote));
    }

    private static string Quote(string word) =>
        word.AsSpan().IndexOfAny([' ', '"', '\'']) < 0 ? word : $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

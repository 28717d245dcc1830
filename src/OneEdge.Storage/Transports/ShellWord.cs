namespace OneEdge.Storage;

/// <summary>Words of a POSIX shell.</summary>
internal static class ShellWord
{
    /// <summary>Writes a text so that every POSIX shell reads it as one word with just these bytes.</summary>
    public static string Quote(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException("A word of a shell cannot contain NUL.", nameof(text));
        return $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}

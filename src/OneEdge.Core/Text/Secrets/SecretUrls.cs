namespace OneEdge.Text;

/// <summary>Masks the password of <c>https://user:password@host</c>.</summary>
internal static class SecretUrls
{
    public static string Mask(string line)
    {
        for (int at = line.IndexOf("://", StringComparison.Ordinal); at >= 0; at = line.IndexOf("://", at + 3, StringComparison.Ordinal))
        {
            ReadOnlySpan<char> authority = line.AsSpan(at + 3);
            int end = authority.IndexOfAny("/ \t\"'");
            if (end >= 0) authority = authority[..end];
            int host = authority.LastIndexOf('@');
            int password = host < 0 ? -1 : authority[..host].IndexOf(':');
            if (password < 0) continue;
            line = string.Concat(line.AsSpan(0, at + 3 + password + 1), SecretText.Mask, line.AsSpan(at + 3 + host));
        }

        return line;
    }
}

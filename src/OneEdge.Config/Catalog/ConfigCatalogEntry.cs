namespace OneEdge.Config;

/// <summary>One line of a <see cref="ConfigCatalog"/>: the files that a pattern names have a format.</summary>
/// <param name="Pattern">
/// A file name or pattern as seen from the root of the installation (<c>/etc/one/cli/*.yaml</c>): <c>*</c> stands for any characters
/// within one directory, but not for a leading dot; <c>**</c> for any number of directories.
/// </param>
/// <param name="Format">The format of these files.</param>
/// <param name="Since">The first release with such files; <see langword="null"/> for all.</param>
/// <param name="Until">The first release without them; <see langword="null"/> for none.</param>
public sealed record ConfigCatalogEntry(string Pattern, ConfigFormat Format, Version? Since = null, Version? Until = null)
{
    private readonly string[] _segments = Pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether the pattern names a file.</summary>
    /// <param name="name">The file, as seen from the root of the installation.</param>
    /// <returns>Whether it does.</returns>
    public bool Matches(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Matches(_segments, name.Split('/', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Whether the files belong to a release.</summary>
    /// <param name="release">The release.</param>
    /// <returns>Whether they do.</returns>
    public bool IsIn(Version release) => (Since is null || release >= Since) && (Until is null || release < Until);

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> name)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern[0] == "**" && pattern.Length > 1)
            {
                for (int skipped = 0; skipped <= name.Length; skipped++)
                {
                    if (Matches(pattern[1..], name[skipped..])) return true;
                    if (skipped < name.Length && name[skipped].StartsWith('.')) return false;
                }

                return false;
            }

            if (name.IsEmpty || !SegmentMatches(pattern[0], name[0])) return false;
            pattern = pattern[1..];
            name = name[1..];
        }

        return name.IsEmpty;
    }

    // Greedy with one point of return: linear enough for any pattern and name.
    private static bool SegmentMatches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.StartsWith("*") && text.StartsWith(".")) return false;
        int star = -1, resume = 0, p = 0, t = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}

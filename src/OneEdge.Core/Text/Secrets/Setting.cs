namespace OneEdge.Text;

/// <summary>A setting in a line: where its name starts, the name, where its value starts, and whether a colon stands between them.</summary>
internal readonly record struct Setting(int Start, string Name, int Value, bool IsYaml)
{
    /// <summary>Finds the next setting of a line.</summary>
    public static bool TryFind(string line, int from, out Setting setting)
    {
        for (int start = from; start < line.Length;)
        {
            if (!IsNamePart(line[start]))
            {
                start++;
                continue;
            }

            int end = start;
            while (end < line.Length && IsNamePart(line[end])) end++;
            if (TrySeparator(line, start, end, out int value, out bool isYaml))
            {
                setting = new Setting(start, line[start..end], value, isYaml);
                return true;
            }

            start = end;
        }

        setting = default;
        return false;
    }

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.';

    private static bool TrySeparator(string line, int start, int end, out int value, out bool isYaml)
    {
        value = end;
        isYaml = false;
        bool isQuoted = start > 0 && line[start - 1] is '"' or '\'' && end < line.Length && line[end] == line[start - 1];
        int at = SkipBlanks(line, isQuoted ? end + 1 : end);
        if (at >= line.Length) return false;
        char after = at + 1 < line.Length ? line[at + 1] : ' ';
        isYaml = line[at] == ':';
        bool isAssignment = line[at] == '=' && after is not ('=' or '~');
        if (!isAssignment && !(isYaml && (isQuoted || after is ' ' or '\t'))) return false;
        value = SkipBlanks(line, at + (isAssignment && after == '>' ? 2 : 1));
        return true;
    }

    private static int SkipBlanks(string line, int at)
    {
        while (at < line.Length && line[at] is ' ' or '\t') at++;
        return at;
    }
}

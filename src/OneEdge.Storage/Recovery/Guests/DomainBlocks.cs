namespace OneEdge.Storage.Recovery;

/// <summary>The output of <c>virsh domblklist</c>.</summary>
internal static class DomainBlocks
{
    /// <summary>The files of the block devices, in order. A file is the rest of its line: its name may have spaces.</summary>
    public static IReadOnlyList<string> Parse(string output)
    {
        List<string> files = [];
        foreach (string line in output.Split('\n').SkipWhile(line => !line.TrimStart().StartsWith("---", StringComparison.Ordinal)).Skip(1))
        {
            string row = line.Trim();
            int space = row.IndexOfAny([' ', '\t']);
            if (space > 0) files.Add(row[space..].TrimStart());
        }

        return files;
    }
}

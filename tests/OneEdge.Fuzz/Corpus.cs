namespace OneEdge.Fuzz;

/// <summary>What mutations start from.</summary>
internal static class Corpus
{
    /// <summary>The target's own inputs, then the recorded vectors when they are there, then the files of a directory.</summary>
    public static List<byte[]> Of(FuzzTarget target, string? directory, bool withVectors = true)
    {
        List<byte[]> items = [.. target.Inputs];
        if (withVectors) items.AddRange(target.Vectors());
        if (directory is not null) items.AddRange(Files(directory, target.MaxInput));
        return items;
    }

    /// <summary>The files of a directory in the order of their names, so that a seed means the same inputs everywhere.</summary>
    public static IEnumerable<byte[]> Files(string directory, int maxLength) => !Directory.Exists(directory) ? [] : Directory.EnumerateFiles(directory)
        .Order(StringComparer.Ordinal).Where(f => new FileInfo(f).Length is > 0 and var length && length <= maxLength).Select(File.ReadAllBytes);
}

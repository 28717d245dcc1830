using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Fuzz;

/// <summary>What mutations start from.</summary>
internal static class Corpus
{
    private const int MaxFile = 16 * 1024;

    /// <summary>The target's own seeds, then the recorded vectors when they are there, then the files of a directory.</summary>
    public static IReadOnlyList<byte[]> Of(FuzzTarget target, string? directory, bool withVectors = true)
    {
        List<byte[]> items = [.. target.Seeds.Select(s => SourceEncoding.GetBytes(s))];
        if (withVectors && ConformanceData.TryFind("config") is { } vectors) items.AddRange(Files(Path.Combine(vectors, "files")).Where(target.Accepts));
        if (directory is not null) items.AddRange(Files(directory));
        return items;
    }

    // In the order of their names, so that a seed means the same inputs everywhere.
    private static IEnumerable<byte[]> Files(string directory) => !Directory.Exists(directory) ? [] : Directory.EnumerateFiles(directory)
        .Order(StringComparer.Ordinal).Where(f => new FileInfo(f).Length is > 0 and <= MaxFile).Select(File.ReadAllBytes);
}

namespace OneEdge.Testing;

/// <summary>The stock configuration files of real releases, for tests over all of them.</summary>
public static class RealFiles
{
    /// <summary>The roots of the stock trees, one a release; below each lie <c>etc/one</c> and <c>var/lib/one/remotes/etc</c>.</summary>
    public static IReadOnlyList<string> StockTrees() =>
        [.. Directory.GetDirectories(Path.Combine(ConformanceData.Area("config"), "stock")).Order(StringComparer.Ordinal)];

    /// <summary>Every stock file of every release: the file, and its name as the catalogue knows it (<c>/etc/one/oned.conf</c>).</summary>
    public static IEnumerable<(string File, string Name)> Stock() =>
        StockTrees().SelectMany(tree => Directory.EnumerateFiles(tree, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (file, "/" + Path.GetRelativePath(tree, file))));
}

namespace OneEdge.Testing;

/// <summary>Finds the repository that the tests were built from.</summary>
public static class RepositoryRoot
{
    /// <summary>The directory that holds the solution.</summary>
    public static string Path { get; } = Ancestors(AppContext.BaseDirectory).FirstOrDefault(d => File.Exists(System.IO.Path.Combine(d, "OneEdge.sln")))
        ?? throw new DirectoryNotFoundException($"No OneEdge.sln above {AppContext.BaseDirectory}.");

    internal static IEnumerable<string> Ancestors(string? directory)
    {
        for (; directory is not null; directory = System.IO.Path.GetDirectoryName(directory)) yield return directory;
    }
}

namespace OneEdge.Testing;

/// <summary>The little program of this repository that tests run, signal and kill.</summary>
public static class TestProgram
{
    /// <summary>Its path; built in the same configuration as the running tests.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        // .../tests/<Project>/bin/<Configuration>/<Framework>/
        var framework = new DirectoryInfo(System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string name = OperatingSystem.IsWindows() ? "OneEdge.TestProgram.exe" : "OneEdge.TestProgram";
        string path = System.IO.Path.Combine(RepositoryRoot.Path, "tests", "OneEdge.TestProgram", "bin", framework.Parent!.Name, framework.Name, name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not built; reference OneEdge.TestProgram from the test project.", path);
    }
}

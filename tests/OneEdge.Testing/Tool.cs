namespace OneEdge.Testing;

/// <summary>A real program that a test runs beside the library.</summary>
public static class Tool
{
    /// <summary>The path of a program, or a skip of the running test when it is missing (a failure when <c>ONEEDGE_REQUIRE_TOOLS=1</c>).</summary>
    /// <param name="name">The program, for example <c>ruby</c>.</param>
    /// <param name="package">The Debian package that brings it.</param>
    public static string Require(string name, string package)
    {
        if (TryFind(name) is { } path) return path;
        string reason = $"The program '{name}' is missing (Debian package {package}).";
        if (Environment.GetEnvironmentVariable("ONEEDGE_REQUIRE_TOOLS") == "1") Assert.Fail(reason);
        Assert.Skip(reason);
        return "";
    }

    /// <summary>The path of a program on PATH, or <see langword="null"/>.</summary>
    public static string? TryFind(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Combine(directory, name))
        .FirstOrDefault(File.Exists);
}

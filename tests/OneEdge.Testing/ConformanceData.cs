using System.Text.Json;

namespace OneEdge.Testing;

/// <summary>
/// The recorded vectors of the original programs: the folder that <c>ONEEDGE_CONFORMANCE</c> names, or <c>shared/conformance</c>
/// in the repository or in a directory above it.
/// </summary>
public static class ConformanceData
{
    private static readonly string? Root = FindRoot();

    /// <summary>The path of an area, or a skip of the running test (a failure when <c>CI</c> is set) when the vectors are absent.</summary>
    public static string Area(string area)
    {
        if (TryFind(area) is { } path) return path;
        string reason = $"No conformance vectors for '{area}': set ONEEDGE_CONFORMANCE or put shared/conformance beside the repository.";
        if (IsCi) Assert.Fail(reason);
        Assert.Skip(reason);
        return "";
    }

    /// <summary>The path of an area, or <see langword="null"/> when the vectors are absent.</summary>
    public static string? TryFind(string area) => Root is null || !Directory.Exists(Path.Combine(Root, area)) ? null : Path.Combine(Root, area);

    /// <summary>Every case of a JSON-lines file, whatever their number.</summary>
    public static IEnumerable<JsonElement> Cases(string area, string file) =>
        File.ReadLines(Path.Combine(Area(area), file)).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement);

    private static bool IsCi => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    private static string? FindRoot()
    {
        if (Environment.GetEnvironmentVariable("ONEEDGE_CONFORMANCE") is { Length: > 0 } named) return named;
        return RepositoryRoot.Ancestors(RepositoryRoot.Path).Select(d => Path.Combine(d, "shared", "conformance")).FirstOrDefault(Directory.Exists);
    }
}

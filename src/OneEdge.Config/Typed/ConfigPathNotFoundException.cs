namespace OneEdge.Config;

/// <summary>There is no value at the path that was asked for; code <c>OEC1111</c>.</summary>
public sealed class ConfigPathNotFoundException : ConfigException
{
    internal ConfigPathNotFoundException(string? file, ConfigPath path, IReadOnlyList<string> nearPaths)
        : base(ConfigErrorCodes.PathNotFound, Describe(file, path, nearPaths))
    {
        File = file;
        Path = path;
        NearPaths = nearPaths;
    }

    /// <summary>The name of the document; <see langword="null"/> when it has none.</summary>
    public string? File { get; }

    /// <summary>The path.</summary>
    public ConfigPath Path { get; }

    /// <summary>Existing paths that look like it, the nearest first.</summary>
    public IReadOnlyList<string> NearPaths { get; }

    private static string Describe(string? file, ConfigPath path, IReadOnlyList<string> nearPaths) =>
        new Diagnostic(ConfigErrorCodes.PathNotFound, DiagnosticSeverity.Error, $"There is no value at '{path}'.")
        {
            File = file,
            Hint = NearNames.Hint(nearPaths),
        }.ToString();
}

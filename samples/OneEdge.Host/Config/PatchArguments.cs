namespace OneEdge.Host.Config;

/// <summary>The arguments of <c>oneedge config patch</c>.</summary>
internal sealed record PatchArguments
{
    /// <summary>The patch file; <c>-</c> or absent for standard input.</summary>
    public string? File { get; init; }

    /// <summary>The root of the installation.</summary>
    public string Root { get; init; } = "/";

    /// <summary><c>line</c>, <c>yaml</c>, or absent to look at the first line.</summary>
    public string? Format { get; init; }

    /// <summary>Whether nothing is saved unless every change applies.</summary>
    public bool All { get; init; }

    /// <summary>Whether nothing is saved at all.</summary>
    public bool Noop { get; init; }

    /// <summary>How much is told.</summary>
    public LogLevel Level { get; init; } = LogLevel.Warn;

    /// <summary>Whether reports show secret-looking values, as the original's do.</summary>
    public bool ShowSecrets { get; init; }

    /// <summary>Where backups go; below the root when absent.</summary>
    public string? BackupDirectory { get; init; }

    /// <summary>Whether the result is printed as JSON.</summary>
    public bool Json { get; init; }
}

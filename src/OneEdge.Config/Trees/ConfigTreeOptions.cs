using OneEdge.Files;

namespace OneEdge.Config;

/// <summary>How a <see cref="ConfigTree"/> works.</summary>
public sealed record ConfigTreeOptions
{
    /// <summary>Which file has which format.</summary>
    /// <value><see cref="ConfigCatalog.Default"/>.</value>
    public ConfigCatalog Catalog { get; init; } = ConfigCatalog.Default;

    /// <summary>Where backups go.</summary>
    /// <value><see langword="null"/>: <c>var/lib/one/backups/config</c> below the root.</value>
    public string? BackupDirectory { get; init; }

    /// <summary>How long to wait for another process that changes the same tree.</summary>
    /// <value>One minute.</value>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What readers accept.</summary>
    /// <value><see cref="ConfigLimits.Default"/>.</value>
    public ConfigLimits Limits { get; init; } = ConfigLimits.Default;

    /// <summary>The clock, for the names of backups and for waiting.</summary>
    /// <value><see cref="TimeProvider.System"/>.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    // Where changes are written; tests let it fail.
    internal IFileStore Store { get; init; } = LocalFileStore.Instance;
}

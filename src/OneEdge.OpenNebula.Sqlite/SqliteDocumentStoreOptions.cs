namespace OneEdge.OpenNebula.Sqlite;

/// <summary>How documents are kept in a SQLite file.</summary>
public sealed class SqliteDocumentStoreOptions
{
    /// <summary>
    /// Whether a change is on the disk when it is acknowledged (<c>synchronous = FULL</c>). Otherwise the last changes may be missing after the machine
    /// lost its power, never half of one, and none after a program was killed (<c>NORMAL</c>).
    /// </summary>
    /// <value><see langword="true"/></value>
    public bool SurvivesPowerLoss { get; set; } = true;

    /// <summary>How long a change waits for those of other processes.</summary>
    /// <value>30 seconds</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many documents are read at once when all of a type are listed.</summary>
    /// <value>100</value>
    public int PageSize { get; set; } = 100;

    /// <summary>What is accepted.</summary>
    /// <value><see cref="DocumentLimits.Default"/></value>
    public DocumentLimits Limits { get; set; } = DocumentLimits.Default;

    /// <summary>The clock of leases and registration times.</summary>
    /// <value><see cref="TimeProvider.System"/></value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal static SqliteDocumentStoreOptions Checked(SqliteDocumentStoreOptions? options)
    {
        if (options is null) return new SqliteDocumentStoreOptions();
        if (options.Wrong() is { } wrong) throw new ArgumentException($"The option {wrong} is out of its range.", nameof(options));
        return (SqliteDocumentStoreOptions)options.MemberwiseClone();
    }

    private string? Wrong()
    {
        if (BusyTimeout < TimeSpan.Zero || BusyTimeout > TimeSpan.FromHours(1)) return nameof(BusyTimeout);
        if (PageSize is < 1 or > 100_000) return nameof(PageSize);
        return Limits is null ? nameof(Limits) : TimeProvider is null ? nameof(TimeProvider) : null;
    }
}

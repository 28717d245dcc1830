namespace OneEdge.OpenNebula;

/// <summary>How a virtual machine moves to another host.</summary>
public sealed record MigrateOptions
{
    /// <summary>Whether it goes on running.</summary>
    public bool IsLive { get; init; }

    /// <summary>Whether the host must have room for it.</summary>
    public bool EnforceCapacity { get; init; }

    /// <summary>The system datastore.</summary>
    /// <value><see langword="null"/>: the same as before.</value>
    public int? DatastoreId { get; init; }

    /// <summary>How it stands still when it does not go on running.</summary>
    public MigrationKind Kind { get; init; }
}

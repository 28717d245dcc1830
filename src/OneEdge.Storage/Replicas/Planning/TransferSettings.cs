namespace OneEdge.Storage.Replicas;

/// <summary>What actions need to know of the place in which they run.</summary>
public sealed record TransferSettings
{
    /// <summary>The name of the front-end, for images that name no host.</summary>
    public required string FrontEnd { get; init; }

    /// <summary>The configuration of the replica.</summary>
    public ReplicaOptions Replica { get; init; } = new();

    /// <summary>Where OpenNebula is installed, as <c>ONE_LOCATION</c> says.</summary>
    public string? OneLocation { get; init; }

    /// <summary>Options of <c>ssh</c> on every way from host to host, word by word, before those of <see cref="Replica"/>.</summary>
    /// <value><c>-oBatchMode=yes -oConnectTimeout=15</c> unless set.</value>
    public IReadOnlyList<string> SshArguments { get; init; } = ["-oBatchMode=yes", "-oConnectTimeout=15"];

    /// <summary><c>SUPPORTED_FS</c>: the file systems that volatile disks may have.</summary>
    /// <value><c>ext4</c>, <c>ext3</c>, <c>ext2</c>, <c>xfs</c> unless set.</value>
    public IReadOnlyList<string> SupportedFileSystems { get; init; } = ["ext4", "ext3", "ext2", "xfs"];

    /// <summary><c>FS_OPTS_…</c>: more options for the program that makes a file system, word by word.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> FileSystemArguments { get; init; } = new Dictionary<string,
        IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>How long a lock or lease in the cache holds after its holder has died; one that lives renews it three times as often.</summary>
    /// <value>60 seconds unless set.</value>
    public TimeSpan CacheLockLifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where the files lie.</summary>
    public DatastoreLayout Layout() => new() { OneLocation = OneLocation, RecoverySnapshotsDirectory = Replica.RecoverySnapshotsDirectory };

    /// <summary>The way between two hosts; <see langword="null"/> on the same one.</summary>
    internal CopyRoute? Route(string from, string to, string? address = null, IReadOnlyList<string>? arguments = null) =>
        from == to ? null : new CopyRoute(address ?? to, [.. SshArguments, .. arguments ?? []]);
}

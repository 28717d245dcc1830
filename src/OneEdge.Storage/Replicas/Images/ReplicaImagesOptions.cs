namespace OneEdge.Storage.Replicas;

/// <summary>Where images and their cache lie, and how the replica is reached.</summary>
public sealed record ReplicaImagesOptions
{
    /// <summary>The configuration of the replica.</summary>
    public ReplicaOptions Replica { get; init; } = new();

    /// <summary>The directory of the image datastores, on the front-end, and of the cache on the replica unless <see cref="CacheDirectory"/> is set.</summary>
    /// <value><c>/var/lib/one/datastores</c> unless set.</value>
    public string DatastoresDirectory { get; init; } = "/var/lib/one/datastores";

    /// <summary>The directory of the cache on the replica, where it is another one: hypervisors of OpenNebula look in the same.</summary>
    /// <value><see cref="DatastoresDirectory"/> unless set.</value>
    public string? CacheDirectory { get; init; }

    /// <summary>The name or address by which the host of an image reaches the replica.</summary>
    /// <value>The name of the replica unless set.</value>
    public string? Address { get; init; }

    /// <summary>Options of <c>ssh</c> on the way from the host of an image to the replica, word by word, before those of
    /// <see cref="ReplicaOptions.FrontEndSshArguments"/>.</summary>
    /// <value><c>-oBatchMode=yes -oConnectTimeout=15</c> unless set.</value>
    public IReadOnlyList<string> SshArguments { get; init; } = ["-oBatchMode=yes", "-oConnectTimeout=15"];

    /// <summary>How long a lock or lease in the cache holds after its holder has died.</summary>
    /// <value>60 seconds unless set.</value>
    public TimeSpan CacheLockLifetime { get; init; } = TimeSpan.FromSeconds(60);
}

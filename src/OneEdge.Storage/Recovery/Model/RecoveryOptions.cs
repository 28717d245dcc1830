namespace OneEdge.Storage.Recovery;

/// <summary>How recovery snapshots are taken and kept.</summary>
public sealed record RecoveryOptions
{
    /// <summary>The options that apply unless others are given.</summary>
    public static RecoveryOptions Default { get; } = new();

    /// <summary>The options that the configuration of a replica implies: where it keeps snapshots and how hypervisors reach it.</summary>
    /// <param name="replica">The configuration, for example of an <c>sshrc</c>.</param>
    /// <param name="ssh">How hosts are reached; <see langword="null"/> for the defaults. <see cref="Replicas.ReplicaOptions.SshArguments"/> come behind its
    /// own arguments.</param>
    public static RecoveryOptions For(Replicas.ReplicaOptions replica, SshOptions? ssh = null)
    {
        ArgumentNullException.ThrowIfNull(replica);
        SshOptions used = ssh ?? new SshOptions();
        return new() { StoreDirectory = replica.RecoverySnapshotsDirectory, Ssh = used with { Arguments = [.. used.Arguments, .. replica.SshArguments] } };
    }

    /// <summary>Where the replica keeps snapshots: <c>REPLICA_RECOVERY_SNAPS_DIR</c>.</summary>
    /// <value><c>/var/lib/one/datastores/replica_snaps</c> unless set.</value>
    public string StoreDirectory { get; init; } = DatastoreLayout.DefaultRecoverySnapshotsDirectory;

    /// <summary>How many generations of a disk the replica keeps. While one arrives there is one more.</summary>
    /// <value>1 unless set, as in OpenNebula.</value>
    public int KeepGenerations { get; init; } = 1;

    /// <summary>
    /// How the hypervisor reaches the replica for copies: <c>REPLICA_SSH_OPTS</c> goes into <see cref="SshOptions.Arguments"/>. Connections are not shared.
    /// </summary>
    public SshOptions Ssh { get; init; } = new();

    /// <summary>The program that copies; on both hosts, version 3.1 or later.</summary>
    /// <value><c>rsync</c> unless set.</value>
    public string Rsync { get; init; } = "rsync";

    /// <summary>
    /// How often a copy that broke is taken up again while the image stands still. What is still missing after that is the matter of a later snapshot.
    /// </summary>
    /// <value>3 unless set.</value>
    public int TransferAttempts { get; init; } = 3;

    /// <summary>The wait between two of these attempts.</summary>
    /// <value>2 seconds unless set.</value>
    public TimeSpan TransferRetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a copy may stand still.</summary>
    /// <value>1 minute unless set.</value>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>When snapshots are taken.</summary>
    public RecoveryScheduleOptions Schedule { get; init; } = RecoveryScheduleOptions.Default;

    /// <summary>How many snapshots are taken at once, of different virtual machines.</summary>
    /// <value>2 unless set.</value>
    public int MaxParallel { get; init; } = 2;

    /// <summary>
    /// How many bytes must be free on the hypervisor, in the directory of the disk, before a guest is made to write to the temporary layer: for what it writes
    /// while the copy lasts, twice, because the commit writes it into the image before the layer goes. Nobody can know how much that is; a disk never needs
    /// more than twice its virtual size, whatever is set.
    /// </summary>
    /// <value>1 GiB unless set; 0 to take snapshots without looking.</value>
    public long HypervisorReserve { get; init; } = 1L << 30;

    /// <summary>
    /// How many bytes must stay free on the file system of the replica behind a copy, which takes what the overlay takes, and the base where it is missing.
    /// </summary>
    /// <value>64 MiB unless set; negative to copy without looking.</value>
    public long ReplicaReserve { get; init; } = 64L << 20;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

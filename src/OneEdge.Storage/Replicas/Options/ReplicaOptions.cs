namespace OneEdge.Storage.Replicas;

/// <summary>The configuration of the replica: the attributes of OpenNebula's <c>sshrc</c>.</summary>
public sealed record ReplicaOptions
{
    /// <summary><c>REPLICA_COPY_LOCK_TIMEOUT</c>: how long to wait while others copy the same image.</summary>
    /// <value>600 seconds unless set.</value>
    public TimeSpan CopyLockTimeout { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary><c>REPLICA_RECOVERY_SNAPS_DIR</c>: the directory of recovery snapshots on the replica.</summary>
    /// <value><c>/var/lib/one/datastores/replica_snaps</c> unless set.</value>
    public string RecoverySnapshotsDirectory { get; init; } = DatastoreLayout.DefaultRecoverySnapshotsDirectory;

    /// <summary><c>REPLICA_SSH_OPTS</c>: options of <c>ssh</c> from the replica to hypervisors, and from hypervisors to the replica, word by word.</summary>
    /// <value><c>-c aes128-gcm@openssh.com -m umac-64@openssh.com</c> unless set.</value>
    public IReadOnlyList<string> SshArguments { get; init; } = ["-c", "aes128-gcm@openssh.com", "-m", "umac-64@openssh.com"];

    /// <summary><c>REPLICA_SSH_FE_OPTS</c>: options of <c>ssh</c> from the front-end to the replica, word by word.</summary>
    /// <value>None unless set.</value>
    public IReadOnlyList<string> FrontEndSshArguments { get; init; } = [];

    /// <summary><c>REPLICA_MAX_SIZE_MB</c>: how large one image datastore of the cache may become, in MiB.</summary>
    /// <value><see langword="null"/> unless set: <see cref="MaxUsedPercent"/> counts.</value>
    public long? MaxSizeMb { get; init; }

    /// <summary><c>REPLICA_MAX_USED_PERC</c>: how much of its file system may be used, in percent, when <see cref="MaxSizeMb"/> is not set.</summary>
    /// <value>90 unless set.</value>
    public int MaxUsedPercent { get; init; } = 90;

    /// <summary>Reads the text of an <c>sshrc</c>: assignments of plain words, with quotes and comments. Attributes that are absent or empty have their
    /// defaults; names that are not ours are skipped.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">The name of the file, for messages.</param>
    /// <exception cref="StorageException">Something would be executed or expanded, or a value is out of its range; the message names file, line and
    /// column.</exception>
    public static ReplicaOptions ParseSshrc(string text, string fileName = "sshrc")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        return SshrcOptions.From(new SshrcReader(text, fileName).Read());
    }
}

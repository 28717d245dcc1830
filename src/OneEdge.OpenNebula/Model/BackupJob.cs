namespace OneEdge.OpenNebula;

/// <summary>A backup job: machines that are backed up together.</summary>
public sealed record BackupJob : OwnedObject, IModel<BackupJob>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public BackupJob()
    {
    }

    private BackupJob(ref ModelReader reader)
    {
        int start = reader.Begin();
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("PRIORITY"u8)) Priority = reader.Int32();
            else if (reader.Is("LAST_BACKUP_TIME"u8)) LastBackupTime = reader.Time();
            else if (reader.Is("LAST_BACKUP_DURATION"u8)) LastBackupSeconds = reader.Int64();
            else if (reader.Is("SCHED_ACTIONS"u8)) ScheduledActionIds = reader.Ids();
            else if (reader.Is("UPDATED_VMS"u8)) UpdatedMachineIds = reader.Ids();
            else if (reader.Is("OUTDATED_VMS"u8)) OutdatedMachineIds = reader.Ids();
            else if (reader.Is("BACKING_UP_VMS"u8)) RunningMachineIds = reader.Ids();
            else if (reader.Is("ERROR_VMS"u8)) ErrorMachineIds = reader.Ids();
            else reader.Skip();
        }

        Raw = Complete(ref reader, start);
    }

    /// <summary>From 0 to 99; higher ones go first.</summary>
    public int Priority { get; init; }

    /// <summary>When it ran last.</summary>
    public DateTimeOffset? LastBackupTime { get; init; }

    /// <summary>How long that took, in seconds.</summary>
    public long LastBackupSeconds { get; init; }

    /// <summary>The ids of its scheduled actions.</summary>
    public IReadOnlyList<int> ScheduledActionIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The machines that are backed up.</summary>
    public IReadOnlyList<int> UpdatedMachineIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The machines that wait for their backup.</summary>
    public IReadOnlyList<int> OutdatedMachineIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The machines that are being backed up.</summary>
    public IReadOnlyList<int> RunningMachineIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The machines that could not be backed up.</summary>
    public IReadOnlyList<int> ErrorMachineIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The scheduled actions, read from the template at each call.</summary>
    public IReadOnlyList<ScheduledAction> ScheduledActions => [.. Template.Vectors("SCHED_ACTION").Select(ScheduledAction.From)];

    static ReadOnlySpan<byte> IModel<BackupJob>.ElementName => "BACKUPJOB"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>BACKUPJOB</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static BackupJob Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<BackupJob>(xml);

    /// <summary>Reads an element of an answer: <c>BACKUPJOB</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static BackupJob ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static BackupJob IModel<BackupJob>.Read(ref ModelReader reader) => Read(ref reader);

    internal static BackupJob Read(ref ModelReader reader) => new(ref reader);
}

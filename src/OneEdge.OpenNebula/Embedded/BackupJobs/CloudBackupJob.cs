namespace OneEdge.OpenNebula.Embedded;

/// <summary>A backup job: machines that are backed up together.</summary>
internal sealed class CloudBackupJob(int id, string name) : CloudObject(ObjectKind.BackupJob, id, name)
{
    public const int UsualPriority = 50;

    public int Priority { get; set; } = UsualPriority;

    public long LastTime { get; set; }

    public long LastDuration { get; set; }

    /// <summary>When it runs by itself, by id.</summary>
    public SortedDictionary<int, ScheduledBackup> Schedule { get; } = [];

    public SortedSet<int> Updated { get; } = [];

    public SortedSet<int> Outdated { get; } = [];

    public SortedSet<int> BackingUp { get; } = [];

    public SortedSet<int> Failed { get; } = [];

    public IReadOnlyList<int> Vms => [.. IdList.Parse(Template.Get("BACKUP_VMS"))];

    public override void Write(XmlText xml, XmlView view) => Write(xml, showsSchedule: true);

    public override void WriteInPool(XmlText xml, XmlView view) => Write(xml, showsSchedule: false);

    private void Write(XmlText xml, bool showsSchedule)
    {
        xml.Open("BACKUPJOB");
        WriteHead(xml);
        WriteLock(xml);
        Permissions.Write(xml);
        xml.Element("PRIORITY", Priority);
        xml.Element("LAST_BACKUP_TIME", LastTime);
        xml.Element("LAST_BACKUP_DURATION", LastDuration);
        xml.Ids("SCHED_ACTIONS", Schedule.Keys);
        xml.Ids("UPDATED_VMS", Updated);
        xml.Ids("OUTDATED_VMS", Outdated);
        xml.Ids("BACKING_UP_VMS", BackingUp);
        xml.Ids("ERROR_VMS", Failed);
        xml.Open("TEMPLATE");
        foreach (TemplateAttribute attribute in Template) xml.Attribute(attribute);
        if (showsSchedule)
        {
            foreach (ScheduledBackup backup in Schedule.Values) backup.Write(xml);
        }

        xml.Close("TEMPLATE");
        xml.Close("BACKUPJOB");
    }
}

using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>A backup job: machines that are backed up together.</summary>
internal sealed class CloudBackupJob(int id, string name) : CloudObject(ObjectKind.BackupJob, id, name)
{
    public const int UsualPriority = 50;

    public int Priority { get; set; } = UsualPriority;

    public long LastTime { get; set; }

    public long LastDuration { get; set; }

    /// <summary>When it runs by itself, by id.</summary>
    public SortedDictionary<int, CloudSchedAction> Schedule { get; } = [];

    public SortedSet<int> Updated { get; } = [];

    public SortedSet<int> Outdated { get; } = [];

    public SortedSet<int> BackingUp { get; } = [];

    public SortedSet<int> Failed { get; } = [];

    /// <summary>The machines, in the order in which they are backed up.</summary>
    public IReadOnlyList<int> Vms => OrderOf(Template.Get("BACKUP_VMS"));

    /// <summary>Whether one machine is backed up after the other.</summary>
    public bool IsSequential => Template.Get("EXECUTION") != "PARALLEL";

    /// <summary>The ids of a text in their order; those that follow one alike are left out.</summary>
    public static IReadOnlyList<int> OrderOf(string? text)
    {
        List<int> ids = [];
        foreach (string part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && (ids.Count == 0 || ids[^1] != id)) ids.Add(id);
        }

        return ids;
    }

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
            foreach (CloudSchedAction backup in Schedule.Values) backup.Write(xml);
        }

        xml.Close("TEMPLATE");
        xml.Close("BACKUPJOB");
    }
}

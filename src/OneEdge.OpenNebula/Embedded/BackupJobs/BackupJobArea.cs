using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Backup jobs: kept, checked and started. Machines of this cloud have nothing to back up: those of a job that is started wait.</summary>
internal sealed class BackupJobArea(CloudState state) : ObjectArea<CloudBackupJob>(state, ObjectKind.BackupJob, "one.backupjob", firstId: 0)
{
    private const int MaxPriority = 99;
    private const int MaxUserPriority = 49;

    private int _nextAction;

    public override void Register(MethodTable table)
    {
        table.Add("one.backupjob.allocate", "s", Allocate);
        AddInfo(table);
        AddPoolInfo(table);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        AddOwnership(table);
        AddLocks(table);
        table.Add("one.backupjob.backup", "i", Backup);
        table.Add("one.backupjob.cancel", "i", Cancel);
        table.Add("one.backupjob.retry", "i", Retry);
        table.Add("one.backupjob.priority", "ii", SetPriority);
        table.Add("one.backupjob.schedadd", "is", AddAction);
        table.Add("one.backupjob.schedupdate", "iis", UpdateAction);
        table.Add("one.backupjob.scheddelete", "ii", DeleteAction);
    }

    protected override string Taken(CloudBackupJob owner) => FormattableString.Invariant($"NAME is already taken by BACKUP JOB {owner.Id}.");

    protected override StoredTemplate Accept(CloudCall call, CloudBackupJob item, StoredTemplate template)
    {
        StoredTemplate kept = Complete(TemplateTexts.Without(template, "NAME"), item);
        SortedSet<int> vms = IdList.Parse(kept.Get("BACKUP_VMS"));
        foreach (SortedSet<int> list in (SortedSet<int>[])[item.Updated, item.Outdated, item.BackingUp, item.Failed]) list.IntersectWith(vms);
        return kept;
    }

    private static StoredTemplate Complete(StoredTemplate template, CloudBackupJob job)
    {
        int keep = template.TryGet("KEEP_LAST", out int last) && last >= 0 ? last : 0;
        template = TemplateTexts.With(template, "KEEP_LAST", keep.ToString(CultureInfo.InvariantCulture));
        template = TemplateTexts.With(template, "BACKUP_VOLATILE", TemplateTexts.IsYes(template.Get("BACKUP_VOLATILE")) ? "YES" : "NO");
        template = OneOf(template, "FS_FREEZE", "NONE", "AGENT", "SUSPEND");
        template = OneOf(template, "MODE", "FULL", "INCREMENT");
        if (template.Get("MODE") == "INCREMENT") template = OneOf(template, "INCREMENT_MODE", "CBT", "SNAPSHOT");
        template = OneOf(template, "EXECUTION", "SEQUENTIAL", "PARALLEL");
        if (template.TryGet("PRIORITY", out int priority) && priority is >= 0 and <= MaxPriority) job.Priority = priority;
        template = TemplateTexts.Without(template, "PRIORITY");
        string[] vms = (template.Get("BACKUP_VMS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return TemplateTexts.With(template, "BACKUP_VMS", string.Join(',', vms.Where(v => uint.TryParse(v, CultureInfo.InvariantCulture, out _))));
    }

    // An attribute that is one of some words, else the first of them.
    private static StoredTemplate OneOf(StoredTemplate template, string name, params ReadOnlySpan<string> words)
    {
        string value = (template.Get(name) ?? "").ToUpperInvariant();
        return TemplateTexts.With(template, name, words.Contains(value) ? value : words[0]);
    }

    private RpcValue Allocate(CloudCall call)
    {
        StoredTemplate template = call.Template(1);
        call.AuthorizeNew(Kind);
        string name = template.Get("NAME") ?? "";
        CheckName(name, call.Caller.Uid);
        var job = new CloudBackupJob(Pool.TakeId(), name);
        job.Template = Complete(TemplateTexts.Without(template, "NAME"), job);
        Own(call, job);
        return Enter(call, job);
    }

    private CloudBackupJob Changed(CloudCall call, AccessOperation operation = AccessOperation.Manage)
    {
        CloudBackupJob job = Pool.Get(call.Int(1));
        call.Authorize(operation, job);
        return job;
    }

    private RpcValue Backup(CloudCall call)
    {
        CloudBackupJob job = Changed(call);
        if (job.BackingUp.Count > 0 || job.Outdated.Count > 0) throw CallRefusal.Action("Unable to execute Backup Job, pending backups in progress");
        if (job.Template.Get("BACKUP_VMS") is null) throw CallRefusal.Action("Wrong BACKUP_VMS attribute or not defined");
        job.Failed.Clear();
        job.Updated.Clear();
        job.Outdated.UnionWith(job.Vms);
        job.LastTime = State.Time;
        job.Template = TemplateTexts.Without(job.Template, "ERROR");
        return job.Id;
    }

    private RpcValue Cancel(CloudCall call)
    {
        CloudBackupJob job = Changed(call);
        job.Outdated.Clear();
        job.BackingUp.Clear();
        return job.Id;
    }

    private RpcValue Retry(CloudCall call)
    {
        CloudBackupJob job = Changed(call);
        job.Outdated.UnionWith(job.Failed);
        job.Failed.Clear();
        job.Template = TemplateTexts.Without(job.Template, "ERROR");
        return job.Id;
    }

    private RpcValue SetPriority(CloudCall call)
    {
        call.Int(1);
        int priority = call.Int(2);
        if (priority is < 0 or > MaxPriority) throw CallRefusal.Action("Wrong priority value");
        CloudBackupJob job = Changed(call, priority > MaxUserPriority ? AccessOperation.Admin : AccessOperation.Manage);
        job.Priority = priority;
        return job.Id;
    }

    private RpcValue AddAction(CloudCall call)
    {
        CloudBackupJob job = Changed(call);
        TemplateAttribute sent = call.Template(2).Vector("SCHED_ACTION") ?? throw CallRefusal.Action("No SCHED_ACTION attribute in template");
        ScheduledBackup backup = ScheduledBackup.Parse(_nextAction, job.Id, sent, State.Time);
        job.Schedule.Add(_nextAction++, backup);
        return backup.Id;
    }

    private RpcValue UpdateAction(CloudCall call)
    {
        CloudBackupJob job = Changed(call);
        int id = call.Int(2);
        TemplateAttribute sent = call.Template(3).Vector("SCHED_ACTION") ?? throw CallRefusal.Internal("No SCHED_ACTION attribute in template");
        if (!job.Schedule.ContainsKey(id)) throw CallRefusal.Internal(FormattableString.Invariant($"SCHED_ACTION with id = {id} doesn't exist"));
        try
        {
            job.Schedule[id] = ScheduledBackup.Parse(id, job.Id, sent, State.Time);
        }
        catch (CallRefusal refusal)
        {
            throw CallRefusal.Internal(refusal.Message);
        }

        return id;
    }

    private RpcValue DeleteAction(CloudCall call)
    {
        CloudBackupJob job = Changed(call);
        int id = call.Int(2);
        if (!job.Schedule.Remove(id))
            throw new CallRefusal(OpenNebulaErrorKind.NoExists, FormattableString.Invariant($"Error getting scheduled action [{id}]."), id);
        return id;
    }
}

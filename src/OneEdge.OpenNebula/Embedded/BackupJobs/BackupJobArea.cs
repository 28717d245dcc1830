using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Backup jobs: machines that are backed up together, at a call or at a time (OpenNebula 6.10 source, src/vm/BackupJob.cc).</summary>
internal sealed partial class BackupJobArea(CloudState state) : ObjectArea<CloudBackupJob>(state, ObjectKind.BackupJob, "one.backupjob", firstId: 0)
{
    private const int MaxPriority = 99;
    private const int MaxUserPriority = 49;

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
        (StoredTemplate kept, int priority) = Complete(TemplateTexts.Without(template, "NAME"), item.Priority);
        Claim(item, CloudBackupJob.OrderOf(kept.Get("BACKUP_VMS")), item.Vms, "Cannot update template. ");
        item.Priority = priority;
        SortedSet<int> vms = IdList.Parse(kept.Get("BACKUP_VMS"));
        foreach (SortedSet<int> list in (SortedSet<int>[])[item.Updated, item.Outdated, item.BackingUp, item.Failed]) list.IntersectWith(vms);
        return kept;
    }

    private static (StoredTemplate Kept, int Priority) Complete(StoredTemplate template, int priority)
    {
        int keep = template.TryGet("KEEP_LAST", out int last) && last >= 0 ? last : 0;
        template = TemplateTexts.With(template, "KEEP_LAST", keep.ToString(CultureInfo.InvariantCulture));
        template = TemplateTexts.With(template, "BACKUP_VOLATILE", TemplateTexts.IsYes(template.Get("BACKUP_VOLATILE")) ? "YES" : "NO");
        template = OneOf(template, "FS_FREEZE", "NONE", "AGENT", "SUSPEND");
        template = OneOf(template, "MODE", "FULL", "INCREMENT");
        if (template.Get("MODE") == "INCREMENT") template = OneOf(template, "INCREMENT_MODE", "CBT", "SNAPSHOT");
        template = OneOf(template, "EXECUTION", "SEQUENTIAL", "PARALLEL");
        if (template.TryGet("PRIORITY", out int wanted) && wanted is >= 0 and <= MaxPriority) priority = wanted;
        template = TemplateTexts.Without(template, "PRIORITY");
        return (TemplateTexts.With(template, "BACKUP_VMS", IdList.Join(CloudBackupJob.OrderOf(template.Get("BACKUP_VMS")))), priority);
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
        (job.Template, job.Priority) = Complete(TemplateTexts.Without(template, "NAME"), job.Priority);
        Own(call, job);
        Claim(job, job.Vms, [], "");
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
        Start(job);
        return job.Id;
    }

    private void Start(CloudBackupJob job)
    {
        if (job.BackingUp.Count > 0 || job.Outdated.Count > 0) throw CallRefusal.Action("Unable to execute Backup Job, pending backups in progress");
        if (job.Template.Get("BACKUP_VMS") is null) throw CallRefusal.Action("Wrong BACKUP_VMS attribute or not defined");
        job.Failed.Clear();
        job.Updated.Clear();
        job.Outdated.UnionWith(job.Vms);
        job.LastTime = State.Time;
        job.Template = TemplateTexts.Without(job.Template, "ERROR");
        Consider();
    }

    private RpcValue Cancel(CloudCall call)
    {
        CloudBackupJob job = Changed(call);
        int[] active = [.. job.BackingUp];
        job.Outdated.Clear();
        job.BackingUp.Clear();
        foreach (int vm in active)
        {
            if (State.Vms.Pool.Find(vm) is { } machine) State.Vms.TryCancelBackup(machine);
        }

        RetryPlanned(job);
        return job.Id;
    }

    private RpcValue Retry(CloudCall call)
    {
        CloudBackupJob job = Changed(call);
        job.Outdated.UnionWith(job.Failed);
        job.Failed.Clear();
        job.Template = TemplateTexts.Without(job.Template, "ERROR");
        Consider();
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
        CloudSchedAction planned = new CloudSchedAction(State.NextSchedAction, Kind, job.Id).With(sent, 0);
        State.NextSchedAction++;
        Plan(job, planned);
        return planned.Id;
    }

    private RpcValue UpdateAction(CloudCall call)
    {
        CloudBackupJob job = Changed(call);
        int id = call.Int(2);
        TemplateAttribute sent = call.Template(3).Vector("SCHED_ACTION") ?? throw CallRefusal.Internal("No SCHED_ACTION attribute in template");
        if (!job.Schedule.TryGetValue(id, out CloudSchedAction? before))
            throw CallRefusal.Internal(FormattableString.Invariant($"SCHED_ACTION with id = {id} doesn't exist"));
        try
        {
            Plan(job, before.With(sent, 0));
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

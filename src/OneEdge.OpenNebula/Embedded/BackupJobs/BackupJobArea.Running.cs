using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>How backup jobs run (OpenNebula 6.10 source, src/sam/ScheduledActionManager.cc).</summary>
internal sealed partial class BackupJobArea
{
    // As OpenNebula comes (share/etc/oned.conf).
    private const int MaxBackups = 5;
    private const int MaxBackupsOfHost = 2;

    // What a job tells its machines about their backups.
    private static readonly string[] Configuration = ["KEEP_LAST", "BACKUP_VOLATILE", "FS_FREEZE", "MODE", "INCREMENT_MODE"];

    private bool _isPlanned;

    /// <summary>Machines of jobs may wait for their backup, and there may be room for it.</summary>
    public void Consider()
    {
        if (_isPlanned || Pool.Ordered.All(j => j.Outdated.Count == 0)) return;
        _isPlanned = true;
        State.Actions.After(State.Options.Delays.Scheduling, () =>
        {
            _isPlanned = false;
            CloudBackupJob[] waiting = [.. Pool.Ordered.Where(j => j.Outdated.Count > 0)];
            int priority = waiting.Select(j => j.Priority).DefaultIfEmpty(0).Max();
            foreach (CloudBackupJob job in waiting.Where(j => j.Priority == priority)) Run(job);
        });
    }

    /// <summary>The backup of a machine came to an end.</summary>
    public void Finished(int jobId, int vm, bool success)
    {
        if (Pool.Find(jobId) is { } job)
        {
            job.BackingUp.Remove(vm);
            if (job.Vms.Contains(vm)) (success ? job.Updated : job.Failed).Add(vm);
            job.LastDuration = State.Time - job.LastTime;
            RetryPlanned(job);
        }

        Consider();
    }

    protected override void Drop(CloudCall call, CloudBackupJob item)
    {
        Release(item, item.Vms);
        base.Drop(call, item);
    }

    private void Plan(CloudBackupJob job, CloudSchedAction action)
    {
        job.Schedule[action.Id] = action;
        long time = action.Time;
        if (!action.IsOpen(State.Time)) return;
        State.Actions.After(TimeSpan.FromSeconds(Math.Max(0, time - State.Time)), () => StartPlanned(job, action, time));
    }

    private void StartPlanned(CloudBackupJob job, CloudSchedAction action, long time)
    {
        bool isCurrent = Pool.Find(job.Id) == job && job.Schedule.GetValueOrDefault(action.Id) == action && action.Time == time;
        if (!isCurrent || !action.IsOpen(State.Time)) return;
        try
        {
            Start(job);
            action.Pass(State.Time);
            Plan(job, action);
        }
        catch (CallRefusal refusal)
        {
            action.Message = State.ErrorText(refusal.Message);
        }
    }

    // A start that came while the job ran is made up for.
    private void RetryPlanned(CloudBackupJob job)
    {
        if (job.BackingUp.Count > 0 || job.Outdated.Count > 0) return;
        foreach (CloudSchedAction action in job.Schedule.Values.Where(a => a.Message.Length > 0 && a.IsOpen(State.Time)))
            State.Actions.After(TimeSpan.Zero, () => StartPlanned(job, action, action.Time));
    }

    // A machine that is of another job refuses; then the job has none of the new ones.
    private void Claim(CloudBackupJob job, IReadOnlyList<int> wanted, IReadOnlyList<int> before, string failure)
    {
        CloudVm[] added = [.. wanted.Except(before).Order().Select(State.Vms.Pool.Find).OfType<CloudVm>()];
        if (Array.Find(added, v => v.Backups.JobId != -1 && v.Backups.JobId != job.Id) is { } taken)
        {
            throw CallRefusal.Internal(string.Create(
                CultureInfo.InvariantCulture,
                $"{failure}Unable to add VM {taken.Id} to Backup Job {job.Id}. It's already in Backup Job {taken.Backups.JobId}"));
        }

        foreach (CloudVm vm in added) vm.Backups.JobId = job.Id;
        Release(job, before.Except(wanted));
    }

    private void Release(CloudBackupJob job, IEnumerable<int> vms)
    {
        foreach (CloudVm vm in vms.Select(State.Vms.Pool.Find).OfType<CloudVm>().Where(v => v.Backups.JobId == job.Id))
        {
            vm.Backups.JobId = -1;
            if (vm.Backups.IsIncremental) vm.Backups.ForgetIncrements();
        }
    }

    private void Run(CloudBackupJob job)
    {
        foreach (int id in job.Vms)
        {
            if (!job.Outdated.Contains(id)) continue;
            if ((job.IsSequential && job.BackingUp.Count > 0) || Active(null) >= MaxBackups) break;
            if (State.Vms.Pool.Find(id) is not { State: not VmState.Done } vm)
            {
                job.Outdated.Remove(id);
                job.Template = TemplateTexts.With(job.Template, "BACKUP_VMS", IdList.Join(job.Vms.Where(v => v != id)));
                continue;
            }

            if (vm.Stay is not { } stay) continue;
            if (Active(stay.Host) >= MaxBackupsOfHost) break;
            BackUp(job, vm);
        }
    }

    private void BackUp(CloudBackupJob job, CloudVm vm)
    {
        job.Outdated.Remove(vm.Id);
        try
        {
            bool allowsIncrements = CloudVmBackups.AllowsIncrements(vm, vm.Backups.HasVolatile) && vm.Template.Vector("SNAPSHOT") is null;
            TemplateAttribute configuration = Vectors.Of(
                CloudVmBackups.Name,
                Configuration.Select(n => KeyValuePair.Create(n, job.Template.Get(n) ?? "")).Where(p => p.Value.Length > 0));
            vm.Backups.Read(configuration, allowsIncrements, isAppended: true);
            bool resets = TemplateTexts.IsYes(job.Template.Get("RESET"));
            int datastore = job.Template.TryGet("DATASTORE_ID", out int named) ? named : -1;
            State.Vms.BeginBackup(State.CallOfAdmin("one.vm.backup", vm.Id, datastore, resets), vm, datastore, resets);
            job.BackingUp.Add(vm.Id);
        }
        catch (CallRefusal refusal)
        {
            job.Failed.Add(vm.Id);
            job.Template = TemplateTexts.With(job.Template, "ERROR", State.ErrorText($"[backup] {refusal.Message}"));
        }
    }

    private int Active(CloudHost? host) => State.Vms.Pool.Ordered.Count(v => v.IsBackingUp && (host is null || v.Stay?.Host == host));
}

using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;

namespace OneEdge.OpenNebula.Tests.Embedded;

public sealed class BackupTests : IDisposable
{
    private const string Store = "NAME=backups\nTYPE=BACKUP_DS\nDS_MAD=dummy";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly EmbeddedCloud _cloud;

    public BackupTests() => _cloud = new EmbeddedCloud(new EmbeddedCloudOptions
    {
        TimeProvider = _time,
        Hosts = 3,
        Delays = new EmbeddedCloudDelays { Storage = TimeSpan.FromSeconds(10) },
    });

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Backup_becomes_an_image_of_the_owner_and_the_machine_runs_on()
    {
        (int vm, int store) = (await MachineAsync(), await _cloud.Rpc.IdAsync("one.datastore.allocate", Store, -1));
        await _cloud.Rpc.CallAsync("one.vm.backup", vm, store, false);
        Assert.Equal(("3", "69"), States(await VmAsync(vm)));
        _time.Advance(TimeSpan.FromSeconds(10));
        XElement machine = await VmAsync(vm);
        Assert.Equal(("3", "3"), States(machine));
        int image = machine.Number("BACKUPS/BACKUP_IDS/ID");
        Assert.Empty(machine.Element("BACKUPS")!.Element("BACKUP_CONFIG")!.Elements());
        XElement backup = await ImageAsync(image);
        Assert.Equal(
            ("6", "1", "1", "dummy-backup-id", "1024", $"{store}"),
            (backup.Value("TYPE"), backup.Value("STATE"), backup.Value("PERSISTENT"),
                backup.Value("SOURCE"), backup.Value("SIZE"), backup.Value("DATASTORE_ID")));
        Assert.Equal(
            ($"{vm} 02-Jan 03.04.25", $"{vm}", "0", ""),
            (backup.Value("NAME"), backup.Value("VMS/ID"), backup.Value("BACKUP_DISK_IDS/ID"), backup.Value("BACKUP_INCREMENTS")));
        Assert.Equal(image, (await _cloud.Rpc.XmlAsync("one.datastore.info", store)).Number("IMAGES/ID"));
        Assert.Equal("50", machine.Element("HISTORY_RECORDS")!.Elements("HISTORY").First().Value("ACTION"));

        await _cloud.Rpc.CallAsync("one.image.delete", image);
        _time.Advance(TimeSpan.Zero);
        Assert.Equal("", (await VmAsync(vm)).Value("BACKUPS/BACKUP_IDS"));
    }

    [Fact]
    public async Task Backup_that_cannot_be_is_refused_and_changes_nothing()
    {
        (int vm, int store) = (await MachineAsync(), await _cloud.Rpc.IdAsync("one.datastore.allocate", Store, -1));
        string before = (await VmAsync(vm)).ToString();
        await _cloud.Rpc.AssertRefusedAsync(2048, "Datastore needs to be of type BACKUP", "one.vm.backup", vm, 1, false);
        await _cloud.Rpc.AssertRefusedAsync(1024, "Error getting datastore [77].", "one.vm.backup", vm, 77, false);
        await _cloud.Rpc.AssertRefusedAsync(1024, "Error getting virtual machine [77].", "one.vm.backup", 77, store, false);
        await _cloud.Rpc.AssertRefusedAsync(8192, $"Could not cancel backup for VM {vm}, no backup in progress", "one.vm.backupcancel", vm);
        int held = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=64", true);
        await _cloud.Rpc.AssertRefusedAsync(8192, $"Could not create a new backup for VM {held}, wrong state HOLD.", "one.vm.backup", held, store, false);
        Assert.Equal(before, (await VmAsync(vm)).ToString());
        OpenNebulaCallException error = await (await _cloud.UserAsync("u")).RefusedAsync("one.vm.backup", vm, store, false);
        Assert.Equal(512, error.ServerCode);
    }

    [Fact]
    public async Task Cancelled_or_failed_backup_leaves_no_image()
    {
        (int vm, int store) = (await MachineAsync(), await _cloud.Rpc.IdAsync("one.datastore.allocate", Store, -1));
        await _cloud.Rpc.CallAsync("one.vm.action", "poweroff", vm);
        await _cloud.Rpc.CallAsync("one.vm.backup", vm, store, false);
        Assert.Equal(("3", "70"), States(await VmAsync(vm)));
        await _cloud.Rpc.CallAsync("one.vm.backupcancel", vm);
        Assert.Equal(("8", "0"), States(await VmAsync(vm)));
        using (_cloud.Script.Fail(EmbeddedWork.Backup))
        {
            await _cloud.Rpc.CallAsync("one.vm.backup", vm, store, false);
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        XElement machine = await VmAsync(vm);
        Assert.Equal(("8", "0"), States(machine));
        Assert.Equal("", machine.Value("BACKUPS/BACKUP_IDS"));
        Assert.DoesNotContain((await _cloud.Rpc.XmlAsync("one.imagepool.info", -2, -1, -1)).Elements(), i => i.Value("TYPE") == "6");
    }

    [Fact]
    public async Task Increments_are_added_to_one_image_and_joined_beyond_those_to_keep()
    {
        int disk = await _cloud.Rpc.IdAsync("one.image.allocate", "NAME=d\nSOURCE=/x\nFORMAT=qcow2\nSIZE=10", 1);
        int vm = await _cloud.Rpc.IdAsync(
            "one.vm.allocate", $"CPU=1\nMEMORY=64\nDISK=[IMAGE_ID={disk}]\nBACKUP_CONFIG=[MODE=increment,KEEP_LAST=2]", false);
        int store = await _cloud.Rpc.IdAsync("one.datastore.allocate", Store, -1);
        Settle();
        Assert.Equal(("INCREMENT", "2", "CBT"), (Of(await VmAsync(vm), "MODE"), Of(await VmAsync(vm), "KEEP_LAST"), Of(await VmAsync(vm), "INCREMENT_MODE")));
        await _cloud.Rpc.AssertRefusedAsync(
            2048, "Action \"snapshot-create\" is not compatible with incremental backups", "one.vm.snapshotcreate", vm, "s");
        for (int i = 0; i < 3; i++)
        {
            // The datastore of the first is the datastore of all.
            await _cloud.Rpc.CallAsync("one.vm.backup", vm, i == 0 ? store : -1, false);
            Settle();
        }

        XElement machine = await VmAsync(vm);
        int image = machine.Number("BACKUPS/BACKUP_IDS/ID");
        Assert.Equal(($"{image}", "2", "NO"), (Of(machine, "INCREMENTAL_BACKUP_ID"), Of(machine, "LAST_INCREMENT_ID"), Of(machine, "ACTIVE_FLATTEN")));
        Image read = await new OpenNebulaClient(_cloud.Rpc).Images.GetAsync(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([(1, -1, "FULL"), (2, 1, "INCREMENT")], read.BackupIncrements.Select(i => (i.Id, i.ParentId, i.Type)));
        Assert.Equal((2048, ImageState.Ready), (read.SizeMb, read.State));

        await _cloud.Rpc.CallAsync("one.vm.backup", vm, store, true);
        Settle();
        machine = await VmAsync(vm);
        Assert.Equal(2, machine.Element("BACKUPS")!.Element("BACKUP_IDS")!.Elements().Count());
        Assert.Equal("0", Of(machine, "LAST_INCREMENT_ID"));
    }

    [Fact]
    public async Task Whole_backups_beyond_those_to_keep_are_deleted()
    {
        int vm = await MachineAsync("BACKUP_CONFIG=[KEEP_LAST=2]");
        int store = await _cloud.Rpc.IdAsync("one.datastore.allocate", Store, -1);
        List<string> kept = [];
        for (int i = 0; i < 4; i++)
        {
            await _cloud.Rpc.CallAsync("one.vm.backup", vm, store, false);
            Settle();
            kept = [.. (await VmAsync(vm)).Element("BACKUPS")!.Element("BACKUP_IDS")!.Elements().Select(e => e.Value)];
        }

        Assert.Equal(2, kept.Count);
        XElement[] left = [.. (await _cloud.Rpc.XmlAsync("one.imagepool.info", -2, -1, -1)).Elements().Where(i => i.Value("TYPE") == "6")];
        Assert.Equal(kept, left.Select(i => i.Value("ID")).Order());
    }

    [Fact]
    public async Task Mode_that_the_disks_do_not_allow_is_refused_when_it_is_configured_later()
    {
        int vm = await MachineAsync("BACKUP_CONFIG=[MODE=INCREMENT,FS_FREEZE=nonsense]");
        Assert.Equal(("FULL", "NONE", "NO"), (Of(await VmAsync(vm), "MODE"), Of(await VmAsync(vm), "FS_FREEZE"), Of(await VmAsync(vm), "BACKUP_VOLATILE")));
        await _cloud.Rpc.AssertRefusedAsync(
            8192, "VM cannot use backup increment mode, it has disks snapshots or disks are not qcow2.", "one.vm.updateconf", vm,
            "BACKUP_CONFIG=[MODE=INCREMENT]");
        await _cloud.Rpc.CallAsync("one.vm.updateconf", vm, "BACKUP_CONFIG=[KEEP_LAST=3,FS_FREEZE=AGENT]", 1);
        Assert.Equal(("3", "AGENT"), (Of(await VmAsync(vm), "KEEP_LAST"), Of(await VmAsync(vm), "FS_FREEZE")));
    }

    [Fact]
    public async Task Disks_are_restored_and_their_snapshots_are_gone()
    {
        (int vm, int store) = (await MachineAsync(), await _cloud.Rpc.IdAsync("one.datastore.allocate", Store, -1));
        await _cloud.Rpc.CallAsync("one.vm.backup", vm, store, false);
        Settle();
        int image = (await VmAsync(vm)).Number("BACKUPS/BACKUP_IDS/ID");
        await _cloud.Rpc.AssertRefusedAsync(2048, "Could not restore VM, it must be in poweroff", "one.vm.restore", vm, image, -1, -1);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Image has to be of type BACKUP", "one.vm.restore", vm, 0, -1, -1);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Wrong increment", "one.vm.restore", vm, image, 5, -1);
        await _cloud.Rpc.AssertRefusedAsync(2048, "VM disk does not exist", "one.vm.restore", vm, image, -1, 9);
        await _cloud.Rpc.CallAsync("one.vm.disksnapshotcreate", vm, 0, "s");
        await _cloud.Rpc.CallAsync("one.vm.action", "poweroff", vm);
        await _cloud.Rpc.CallAsync("one.vm.restore", vm, image, -1, -1);
        Assert.Equal(("3", "71"), States(await VmAsync(vm)));
        _time.Advance(TimeSpan.FromSeconds(10));
        XElement machine = await VmAsync(vm);
        Assert.Equal(("8", "0"), States(machine));
        Assert.Null(machine.Element("SNAPSHOTS"));
        Assert.Equal("0", machine.Value("TEMPLATE/DISK/DISK_SNAPSHOT_TOTAL_SIZE"));
    }

    [Fact]
    public async Task Job_backs_its_machines_up_one_after_the_other_and_alone()
    {
        int store = await _cloud.Rpc.IdAsync("one.datastore.allocate", Store, -1);
        int[] vms = [await MachineAsync(), await MachineAsync()];
        int job = await _cloud.Rpc.IdAsync("one.backupjob.allocate", $"NAME=j\nDATASTORE_ID={store}\nBACKUP_VMS=\"{vms[1]},{vms[0]}\"");
        Assert.Equal($"{job}", Of(await VmAsync(vms[0]), "BACKUP_JOB_ID"));
        await _cloud.Rpc.AssertRefusedAsync(
            8192, $"Unable to start an individual backup for the Virtual Machine, it is part of Backup Job ID {job}", "one.vm.backup", vms[0], store, false);
        await _cloud.Rpc.AssertRefusedAsync(
            8192, $"Unable to add VM {vms[0]} to Backup Job 1. It's already in Backup Job {job}", "one.backupjob.allocate", $"NAME=k\nBACKUP_VMS={vms[0]}");
        await _cloud.Rpc.CallAsync("one.backupjob.backup", job);
        Assert.Equal(($"{vms[0]}", $"{vms[1]}"), await ListsAsync(job, "OUTDATED_VMS", "BACKING_UP_VMS"));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(($"{vms[1]}", $"{vms[0]}"), await ListsAsync(job, "UPDATED_VMS", "BACKING_UP_VMS"));
        using (_cloud.Script.Fail(EmbeddedWork.Backup)) _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(($"{vms[0]}", ""), await ListsAsync(job, "ERROR_VMS", "BACKING_UP_VMS"));
        await _cloud.Rpc.CallAsync("one.backupjob.retry", job);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(("", $"{vms[0]}{vms[1]}"), await ListsAsync(job, "ERROR_VMS", "UPDATED_VMS"));
        await _cloud.Rpc.CallAsync("one.backupjob.delete", job);
        Assert.Null((await VmAsync(vms[0])).Element("BACKUPS")!.Element("BACKUP_CONFIG")!.Element("BACKUP_JOB_ID"));
    }

    [Fact]
    public async Task Job_that_runs_side_by_side_has_two_backups_on_a_host_at_most_and_can_be_cancelled()
    {
        int store = await _cloud.Rpc.IdAsync("one.datastore.allocate", Store, -1);
        List<int> vms = [];
        for (int i = 0; i < 3; i++) vms.Add(await MachineAsync("SCHED_REQUIREMENTS=\"ID=0\""));
        int job = await _cloud.Rpc.IdAsync(
            "one.backupjob.allocate", $"NAME=j\nEXECUTION=PARALLEL\nDATASTORE_ID={store}\nBACKUP_VMS=\"{string.Join(',', vms)}\"");
        await _cloud.Rpc.CallAsync("one.backupjob.backup", job);
        Assert.Equal(($"{vms[2]}", $"{vms[0]}{vms[1]}"), await ListsAsync(job, "OUTDATED_VMS", "BACKING_UP_VMS"));
        await _cloud.Rpc.CallAsync("one.backupjob.cancel", job);
        Assert.Equal(("", ""), await ListsAsync(job, "OUTDATED_VMS", "BACKING_UP_VMS"));
        Assert.Equal(("3", "3"), States(await VmAsync(vms[0])));
    }

    [Fact]
    public async Task Planned_backups_of_jobs_and_machines_are_made_at_their_time()
    {
        int store = await _cloud.Rpc.IdAsync("one.datastore.allocate", Store, -1);
        (int alone, int member) = (await MachineAsync(), await MachineAsync());
        int job = await _cloud.Rpc.IdAsync("one.backupjob.allocate", $"NAME=j\nDATASTORE_ID={store}\nBACKUP_VMS={member}");
        long hour = _time.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        await _cloud.Rpc.CallAsync("one.backupjob.schedadd", job, $"SCHED_ACTION=[TIME={hour},REPEAT=3,DAYS=2]");
        await _cloud.Rpc.CallAsync("one.vm.schedadd", alone, $"SCHED_ACTION=[ACTION=backup,TIME={hour},ARGS=\"{store}\"]");
        await _cloud.Rpc.CallAsync("one.vm.schedadd", member, $"SCHED_ACTION=[ACTION=backup,TIME={hour},ARGS=\"{store},1\"]");
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.NotEqual("", (await VmAsync(alone)).Value("BACKUPS/BACKUP_IDS"));
        Assert.Equal(($"{member}", ""), await ListsAsync(job, "UPDATED_VMS", "OUTDATED_VMS"));
        Assert.Contains(
            $"the VM is part of Backup Job ID {job}", (await VmAsync(member)).Value("USER_TEMPLATE/ERROR"), StringComparison.Ordinal);
        XElement planned = (await JobAsync(job)).Element("TEMPLATE")!.Element("SCHED_ACTION")!;
        Assert.Equal((hour + 7200, hour), (planned.Number("TIME"), planned.Number("DONE")));
    }

    [Fact]
    public async Task Planned_start_of_a_job_that_still_runs_is_made_up_for()
    {
        int store = await _cloud.Rpc.IdAsync("one.datastore.allocate", Store, -1);
        int vm = await MachineAsync();
        int job = await _cloud.Rpc.IdAsync("one.backupjob.allocate", $"NAME=j\nDATASTORE_ID={store}\nBACKUP_VMS={vm}");
        long soon = _time.GetUtcNow().AddSeconds(5).ToUnixTimeSeconds();
        await _cloud.Rpc.CallAsync("one.backupjob.schedadd", job, $"SCHED_ACTION=[TIME={soon}]");
        await _cloud.Rpc.CallAsync("one.backupjob.backup", job);
        _time.Advance(TimeSpan.FromSeconds(5));
        XElement planned = (await JobAsync(job)).Element("TEMPLATE")!.Element("SCHED_ACTION")!;
        Assert.EndsWith("Unable to execute Backup Job, pending backups in progress", planned.Value("MESSAGE"), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(30));
        planned = (await JobAsync(job)).Element("TEMPLATE")!.Element("SCHED_ACTION")!;
        Assert.Equal(("", soon + 5), (planned.Value("MESSAGE"), planned.Number("DONE")));
        Assert.Equal(2, (await VmAsync(vm)).Element("BACKUPS")!.Element("BACKUP_IDS")!.Elements().Count());
    }

    private static (string State, string Lcm) States(XElement vm) => (vm.Value("STATE"), vm.Value("LCM_STATE"));

    private static string Of(XElement vm, string name) => vm.Value($"BACKUPS/BACKUP_CONFIG/{name}");

    private void Settle() => _time.Advance(TimeSpan.FromMinutes(1));

    private async Task<(string First, string Second)> ListsAsync(int job, string first, string second)
    {
        XElement info = await JobAsync(job);
        return (info.Value(first), info.Value(second));
    }

    private async Task<int> MachineAsync(string more = "")
    {
        if ((await _cloud.Rpc.XmlAsync("one.imagepool.info", -2, -1, -1)).Elements().All(i => i.Value("NAME") != "os"))
            await _cloud.Rpc.CallAsync("one.image.allocate", "NAME=os\nPATH=/os", 1);
        int id = await _cloud.Rpc.IdAsync("one.vm.allocate", $"CPU=0.1\nMEMORY=64\nDISK=[IMAGE=os]\n{more}", false);
        _time.Advance(TimeSpan.FromSeconds(10));
        return id;
    }

    private Task<XElement> VmAsync(int id) => _cloud.Rpc.XmlAsync("one.vm.info", id);

    private Task<XElement> ImageAsync(int id) => _cloud.Rpc.XmlAsync("one.image.info", id);

    private Task<XElement> JobAsync(int id) => _cloud.Rpc.XmlAsync("one.backupjob.info", id);
}

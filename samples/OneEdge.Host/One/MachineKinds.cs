using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>Virtual machines and what they are made of.</summary>
internal static class MachineKinds
{
    public static ObjectKind<VirtualMachine> VirtualMachine { get; } = new()
    {
        Name = "vm",
        Plural = "virtual machines",
        Element = "VM",
        List = (one, query, ct) => one.VirtualMachines.ListAsync(query.Machines, ct),
        Get = (one, id, ct) => one.VirtualMachines.GetAsync(id, cancellationToken: ct),
        Options = static () => new MachineListOptions(),
        More = MachineCommands.Create,
        Columns =
        [
            .. ObjectKinds.Owner<VirtualMachine>(), new("STATE", StateOf), new("CPU", vm => Text.Of(vm.Cpu)),
            new("MEMORY", vm => vm.MemoryMb is { } memory ? Text.Megabytes(memory) : ""), new("HOST", vm => vm.Placement?.HostName ?? ""),
            new("STARTED", vm => Text.Of(vm.StartTime)),
        ],
    };

    public static ObjectKind<VmTemplate> Template { get; } = new()
    {
        Name = "template",
        Plural = "templates of virtual machines",
        Element = "VMTEMPLATE",
        List = (one, query, ct) => one.Templates.ListAsync(query.Filter, ct),
        Get = (one, id, ct) => one.Templates.GetAsync(id, cancellationToken: ct),
        Options = static () => new OwnedListOptions(),
        More = static io => [InstantiateCommand.Create(io)],
        Columns = [.. ObjectKinds.Owner<VmTemplate>(), new("REGISTERED", t => Text.Of(t.RegistrationTime))],
    };

    public static ObjectKind<VmGroup> VmGroup { get; } = new()
    {
        Name = "vmgroup",
        Plural = "groups of virtual machines",
        Element = "VM_GROUP",
        List = (one, query, ct) => one.VmGroups.ListAsync(query.Filter, ct),
        Get = (one, id, ct) => one.VmGroups.GetAsync(id, cancellationToken: ct),
        Options = static () => new OwnedListOptions(),
        Columns = [.. ObjectKinds.Owner<VmGroup>(), new("ROLES", g => Text.Of(g.Roles.Count))],
    };

    public static ObjectKind<VirtualRouter> VirtualRouter { get; } = new()
    {
        Name = "vrouter",
        Plural = "virtual routers",
        Element = "VROUTER",
        List = (one, query, ct) => one.VirtualRouters.ListAsync(query.Filter, ct),
        Get = (one, id, ct) => one.VirtualRouters.GetAsync(id, cancellationToken: ct),
        Options = static () => new OwnedListOptions(),
        Columns = [.. ObjectKinds.Owner<VirtualRouter>(), new("VMS", r => Text.Of(r.VirtualMachineIds))],
    };

    public static ObjectKind<BackupJob> BackupJob { get; } = new()
    {
        Name = "backupjob",
        Plural = "backup jobs",
        Element = "BACKUPJOB",
        List = (one, query, ct) => one.BackupJobs.ListAsync(query.Filter, ct),
        Get = (one, id, ct) => one.BackupJobs.GetAsync(id, cancellationToken: ct),
        Options = static () => new OwnedListOptions(),
        Columns = [.. ObjectKinds.Owner<BackupJob>(), new("PRIORITY", j => Text.Of(j.Priority)), new("LAST", j => Text.Of(j.LastBackupTime))],
    };

    /// <summary>What a machine does: its state, or what it does while it is active.</summary>
    internal static string StateOf(VirtualMachine machine) => machine.State == VmState.Active ? Text.Of(machine.LcmState) : Text.Of(machine.State);
}

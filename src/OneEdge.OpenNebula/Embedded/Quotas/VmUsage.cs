namespace OneEdge.OpenNebula.Embedded;

/// <summary>What machines use (OpenNebula 6.10 source, src/um/QuotaVirtualMachine.cc and src/vm/VirtualMachineDisk.cc).</summary>
internal static class VmUsage
{
    /// <summary>What a machine uses as it is.</summary>
    public static QuotaUsage Of(CloudVm vm, VmCounting counting)
    {
        if (!counting.IsThere) return QuotaUsage.None;
        var usage = new QuotaUsage();
        AddMachine(usage, vm.Template, vm.Template.Vectors("NIC").Concat(vm.Template.Vectors("NIC_ALIAS")), [.. vm.Template.Vectors("DISK")], counting.Runs);
        if (counting.IsBackingUp) AddBackup(usage, vm, vm.Backups.Datastore, vm.Backups.NeedsImage);
        return usage;
    }

    /// <summary>What a new machine would use.</summary>
    public static QuotaUsage OfNew(CloudCall call, StoredTemplate sent)
    {
        var usage = new QuotaUsage();
        IEnumerable<TemplateAttribute> nics = sent.Vectors("NIC").Concat(sent.Vectors("NIC_ALIAS")).Select(n => NetworkUsage.Named(call, n));
        AddMachine(usage, sent, nics, [.. sent.Vectors("DISK").Select(d => call.State.VmDisks.Extend(call.Caller, d))], runs: true);
        return usage;
    }

    /// <summary>What a machine would use more when it runs.</summary>
    public static QuotaUsage OfStart(CloudVm vm)
    {
        var usage = new QuotaUsage();
        AddNumbers(usage, AmountOf(vm.Template, "CPU"), AmountOf(vm.Template, "MEMORY"), isThere: false, runs: true);
        usage.Add(QuotaKind.Vm, -1, QuotaKind.RunningVms, 1);
        return usage;
    }

    /// <summary>What a machine would use more with other numbers.</summary>
    /// <param name="vm">The machine.</param>
    /// <param name="cpu">The processors; zero to leave them.</param>
    /// <param name="memory">The memory in MiB; zero to leave it.</param>
    public static QuotaUsage OfResize(CloudVm vm, double cpu, double memory)
    {
        var usage = new QuotaUsage();
        decimal moreCpu = cpu > 0 ? QuotaUsage.Amount(cpu) - AmountOf(vm.Template, "CPU") : 0;
        decimal moreMemory = memory > 0 ? QuotaUsage.Amount(memory) - AmountOf(vm.Template, "MEMORY") : 0;
        AddNumbers(usage, moreCpu, moreMemory, isThere: true, runs: VmCounting.Of(vm).Runs);
        return usage;
    }

    /// <summary>What a machine would use more with one disk more.</summary>
    public static QuotaUsage OfDisk(TemplateAttribute disk)
    {
        var usage = new QuotaUsage();
        decimal size = InSystem(disk, SizeOf(disk));
        if (size != 0) usage.Add(QuotaKind.Vm, -1, QuotaKind.SystemDiskSize, size);
        AddImages(usage, [disk]);
        return usage;
    }

    /// <summary>What a machine would use more when a disk grows.</summary>
    public static QuotaUsage OfGrowth(TemplateAttribute disk, decimal size)
    {
        var usage = new QuotaUsage();
        if (InSystem(disk, size) != 0) usage.Add(QuotaKind.Vm, -1, QuotaKind.SystemDiskSize, size);
        if (TargetOf(disk) == "SELF" && disk.TryGet("DATASTORE_ID", out int datastore)) DatastoreUsage.Add(usage, datastore, size, images: 0);
        return usage;
    }

    /// <summary>What a snapshot uses: the memory that is saved.</summary>
    public static QuotaUsage OfSnapshot(TemplateAttribute snapshot)
    {
        var usage = new QuotaUsage();
        usage.Add(QuotaKind.Vm, -1, QuotaKind.SystemDiskSize, AmountOf(snapshot, QuotaKind.SystemDiskSize));
        return usage;
    }

    /// <summary>What a backup may need at most.</summary>
    public static QuotaUsage OfBackup(CloudVm vm, int datastore, bool isNew)
    {
        var usage = new QuotaUsage();
        AddBackup(usage, vm, datastore, isNew);
        return usage;
    }

    /// <summary>The size of a disk and of its snapshots in MiB.</summary>
    public static decimal SizeOf(TemplateAttribute disk) => AmountOf(disk, "SIZE") + AmountOf(disk, "DISK_SNAPSHOT_TOTAL_SIZE");

    private static void AddBackup(QuotaUsage usage, CloudVm vm, int datastore, bool isNew) =>
        DatastoreUsage.Add(usage, datastore, CloudVmBackups.Disks(vm, vm.Backups.HasVolatile).Sum(d => AmountOf(d, "SIZE")), isNew ? 1 : 0);

    private static void AddMachine(QuotaUsage usage, StoredTemplate template, IEnumerable<TemplateAttribute> nics, TemplateAttribute[] disks, bool runs)
    {
        foreach (TemplateAttribute nic in nics) NetworkUsage.AddLease(usage, nic);
        usage.Add(QuotaKind.Vm, -1, QuotaKind.Vms, 1);
        if (runs) usage.Add(QuotaKind.Vm, -1, QuotaKind.RunningVms, 1);
        AddNumbers(usage, AmountOf(template, "CPU"), AmountOf(template, "MEMORY"), isThere: true, runs);
        usage.Add(QuotaKind.Vm, -1, QuotaKind.SystemDiskSize, 0);
        foreach (TemplateAttribute disk in disks) usage.Add(QuotaKind.Vm, -1, QuotaKind.SystemDiskSize, InSystem(disk, SizeOf(disk)));
        foreach (TemplateAttribute snapshot in template.Vectors("SNAPSHOT"))
            usage.Add(QuotaKind.Vm, -1, QuotaKind.SystemDiskSize, AmountOf(snapshot, QuotaKind.SystemDiskSize));
        AddImages(usage, disks);
    }

    private static void AddNumbers(QuotaUsage usage, decimal cpu, decimal memory, bool isThere, bool runs)
    {
        if (isThere) usage.Add(QuotaKind.Vm, -1, QuotaKind.Cpu, cpu);
        if (runs) usage.Add(QuotaKind.Vm, -1, QuotaKind.RunningCpu, cpu);
        if (isThere) usage.Add(QuotaKind.Vm, -1, QuotaKind.Memory, memory);
        if (runs) usage.Add(QuotaKind.Vm, -1, QuotaKind.RunningMemory, memory);
    }

    private static void AddImages(QuotaUsage usage, TemplateAttribute[] disks)
    {
        foreach (TemplateAttribute disk in disks)
        {
            if (disk.TryGet("IMAGE_ID", out int image)) usage.Add(QuotaKind.Image, image, QuotaKind.RunningOf, 1);
        }

        foreach (TemplateAttribute disk in disks)
        {
            if (TargetOf(disk) == "SELF" && disk.TryGet("DATASTORE_ID", out int datastore)) DatastoreUsage.Add(usage, datastore, SizeOf(disk), images: 0);
        }
    }

    private static decimal InSystem(TemplateAttribute disk, decimal size)
    {
        bool isVolatile = disk.Get("TYPE") is { } type
            && (type.Equals("FS", StringComparison.OrdinalIgnoreCase) || type.Equals("SWAP", StringComparison.OrdinalIgnoreCase));
        return isVolatile || TargetOf(disk) == "SYSTEM" ? size : 0;
    }

    // Where the data of a disk is that is copied, or linked to its image.
    private static string TargetOf(TemplateAttribute disk) =>
        disk.Get("CLONE") is not { } clone ? "" : (disk.Get(TemplateTexts.IsYes(clone) ? "CLONE_TARGET" : "LN_TARGET") ?? "").ToUpperInvariant();

    private static decimal AmountOf(StoredTemplate template, string name) => template.TryGet(name, out double number) ? QuotaUsage.Amount(number) : 0;

    private static decimal AmountOf(TemplateAttribute vector, string name) => vector.TryGet(name, out double number) ? QuotaUsage.Amount(number) : 0;
}

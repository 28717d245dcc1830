using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>
/// Makes a machine of what its owner sent: which attributes the machine works with, and which stay the owner's (OpenNebula 6.10 source,
/// src/vm/VirtualMachine.cc).
/// </summary>
internal static class VmBuilder
{
    // Taken over as they are.
    private static readonly HashSet<string> Known =
    [
        "INPUT", "FEATURES", "RAW", "CLONING_TEMPLATE_ID", "TOPOLOGY", "NUMA_NODE", "HYPERV_OPTIONS", "SPICE_OPTIONS", "EMULATOR", "MEMORY_RESIZE_MODE",
        "MEMORY_MAX", "MEMORY_SLOTS", "VCPU_MAX", "CPU_COST", "MEMORY_COST", "DISK_COST", "CPU_MODEL", "GRAPHICS", "VIDEO", "VMGROUP", "TEMPLATE_ID", "PCI",
        "CREATED_BY", "SUBMIT_ON_HOLD", "VROUTER_ID", "VROUTER_KEEPALIVED_ID", "VROUTER_KEEPALIVED_PASSWORD",
    ];

    // Worked out, or used up.
    private static readonly HashSet<string> Worked =
    [
        "NAME", "TEMPLATE_NAME", "VMID", "MEMORY", "CPU", "VCPU", "OS", "DISK", "NIC", "NIC_ALIAS", "NIC_DEFAULT", "CONTEXT", "DEPLOY_ID", "SCHED_ACTION",
        CloudVmBackups.Name,
    ];

    private static readonly HashSet<string> Configuration =
        ["OS", "FEATURES", "INPUT", "GRAPHICS", "VIDEO", "RAW", "CONTEXT", "CPU_MODEL"];

    public static CloudVm Build(CloudCall call, int id, StoredTemplate sent, bool isOnHold)
    {
        string prefix = sent.Get("TEMPLATE_NAME") is { Length: > 0 } template ? template : "one";
        string name = sent.Get("NAME") is { Length: > 0 } given ? given : string.Create(CultureInfo.InvariantCulture, $"{prefix}-{id}");
        if (NameRules.Problem(name) is { } problem) throw CallRefusal.Internal(problem);
        List<TemplateAttribute> own = [new TemplateAttribute("VMID", id.ToString(CultureInfo.InvariantCulture))];
        own.AddRange(Numbers(sent));
        own.AddRange(sent.Where(a => Known.Contains(a.Name) && a.Name != "SUBMIT_ON_HOLD"));
        own.Add(OperatingSystem(sent, call.State));
        if (isOnHold || TemplateTexts.IsYes(sent.Get("SUBMIT_ON_HOLD"))) own.Add(new TemplateAttribute("SUBMIT_ON_HOLD", "YES"));
        var vm = new CloudVm(id, name)
        {
            Created = call.State.Time,
            Template = StoredTemplate.Create(own),
            UserTemplate = StoredTemplate.Create(sent.Where(IsOfOwner)),
        };
        TakeParts(call, vm, sent);
        return vm;
    }

    /// <summary>A disk with all that it has in a machine.</summary>
    public static TemplateAttribute Disk(CloudCall call, CloudVm vm, TemplateAttribute disk, int diskId)
    {
        TemplateAttribute taken = call.State.VmDisks.Take(call.Caller, vm, disk);
        List<KeyValuePair<string, string>> items = [KeyValuePair.Create("DISK_ID", diskId.ToString(CultureInfo.InvariantCulture))];
        if (disk.Get("TARGET") is null) items.Add(KeyValuePair.Create("TARGET", FreeTarget(vm, taken.Get("DEV_PREFIX") ?? "sd")));
        return WithItems(taken, items);
    }

    /// <summary>A NIC with all that it has in a machine.</summary>
    public static TemplateAttribute Nic(CloudCall call, CloudVm vm, TemplateAttribute nic, int nicId)
    {
        TemplateAttribute taken = call.State.VmNics.Take(call.Caller, vm, nic);
        string number = nicId.ToString(CultureInfo.InvariantCulture);
        List<KeyValuePair<string, string>> items = [KeyValuePair.Create("NIC_ID", number)];
        if (nic.Get("NAME") is null) items.Add(KeyValuePair.Create("NAME", $"NIC{number}"));
        if (taken.Get("VN_MAD") is not null) items.Add(KeyValuePair.Create("TARGET", string.Create(CultureInfo.InvariantCulture, $"one-{vm.Id}-{number}")));
        return WithItems(taken, items);
    }

    /// <summary>A vector with some values in the place of those of their names.</summary>
    public static TemplateAttribute WithItems(TemplateAttribute vector, IEnumerable<KeyValuePair<string, string>> items)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in vector.Items) all[name] = value;
        foreach ((string name, string value) in items) all[name] = value;
        return new TemplateAttribute(vector.Name, [.. all]);
    }

    /// <summary>What <c>one.vm.updateconf</c> makes of a template.</summary>
    public static StoredTemplate WithConfiguration(StoredTemplate template, StoredTemplate sent, bool isAppended)
    {
        List<TemplateAttribute> all = [.. template];
        foreach (IGrouping<string, TemplateAttribute> part in sent.Where(a => Configuration.Contains(a.Name)).GroupBy(a => a.Name, StringComparer.Ordinal))
        {
            TemplateAttribute? before = all.Find(a => a.Name == part.Key);
            bool isMerged = before is { IsVector: true } && (isAppended || part.Key is "CONTEXT" or "OS");
            all.RemoveAll(a => a.Name == part.Key);
            if (isMerged && part.First().IsVector) all.Add(Changed(before!, part.First(), isAppended));
            else all.AddRange(part);
        }

        return StoredTemplate.Create(all);
    }

    // The machine's own values stay where the owner changes the others.
    private static TemplateAttribute Changed(TemplateAttribute before, TemplateAttribute sent, bool isAppended)
    {
        string[] own = before.Name switch
        {
            "OS" => ["UUID"],
            "CONTEXT" => ["DISK_ID", "TARGET", "VMID", "ONEGATE_ENDPOINT"],
            _ => [],
        };
        IEnumerable<KeyValuePair<string, string>> kept = before.Items.Where(i => own.Contains(i.Key));
        return WithItems(isAppended ? WithItems(before, sent.Items) : sent, kept);
    }

    private static bool IsOfOwner(TemplateAttribute a) => !Known.Contains(a.Name) && !Worked.Contains(a.Name);

    private static IEnumerable<TemplateAttribute> Numbers(StoredTemplate sent)
    {
        if (!sent.TryGet("MEMORY", out long memory) || memory <= 0) throw CallRefusal.Internal("MEMORY attribute must be a positive integer value.");
        if (!sent.TryGet("CPU", out float cpu) || !(cpu > 0) || !float.IsFinite(cpu))
            throw CallRefusal.Internal("CPU attribute must be a positive float or integer value.");
        yield return new TemplateAttribute("MEMORY", memory.ToString(CultureInfo.InvariantCulture));
        yield return new TemplateAttribute("CPU", cpu.ToString("G6", CultureInfo.InvariantCulture));
        if (sent.Get("VCPU") is not { Length: > 0 }) yield break;
        if (!sent.TryGet("VCPU", out long vcpu) || vcpu <= 0) throw CallRefusal.Internal("VCPU attribute must be a positive integer value.");
        yield return new TemplateAttribute("VCPU", vcpu.ToString(CultureInfo.InvariantCulture));
    }

    private static TemplateAttribute OperatingSystem(StoredTemplate sent, CloudState state)
    {
        TemplateAttribute os = sent.Vector("OS") ?? new TemplateAttribute("OS", []);
        if (os.Get("UUID") is not null) return os;
        Span<byte> bytes = stackalloc byte[16];
        state.Random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return WithItems(os, [KeyValuePair.Create("UUID", new Guid(bytes, bigEndian: true).ToString())]);
    }

    // Networks first, then images; what was taken is given back when something is not to be had.
    private static void TakeParts(CloudCall call, CloudVm vm, StoredTemplate sent)
    {
        try
        {
            int nic = 0;
            TemplateAttribute? defaults = sent.Vector("NIC_DEFAULT");
            foreach (TemplateAttribute wanted in sent.Vectors("NIC").Concat(sent.Vectors("NIC_ALIAS")))
                vm.Add(Nic(call, vm, defaults is null ? wanted : WithItems(new TemplateAttribute(wanted.Name, defaults.Items), wanted.Items), nic++));
            VmContext.RenewRules(vm, call.State);
            int disk = 0;
            foreach (TemplateAttribute wanted in sent.Vectors("DISK")) vm.Add(FirstDisk(call, vm, wanted, disk++));
            if (sent.Vector(CloudVmBackups.Name) is { } backups)
                vm.Backups.Read(backups, CloudVmBackups.AllowsIncrements(vm, withVolatile: true), isAppended: false);
            if (sent.Vector("CONTEXT") is { } context)
            {
                context = new ContextVariables(call.State, vm, call.Caller.Uid).Replace(context);
                vm.Add(VmContext.Create(vm, context, disk, call.State.Options));
            }

            if (VmRequirements.Apply(vm) is { } problem) throw CallRefusal.Internal(problem);
            if (sent.Vector("VMGROUP") is { } group) vm.Template = TemplateTexts.With(vm.Template, call.State.VmGroups.Join(call.Caller, vm.Id, group));
        }
        catch (CallRefusal)
        {
            foreach (TemplateAttribute part in vm.Template.Vectors("NIC").Concat(vm.Template.Vectors("NIC_ALIAS"))) call.State.VmNics.Release(vm, part);
            call.State.VmNics.Forget(vm);
            foreach (TemplateAttribute part in vm.Template.Vectors("DISK")) call.State.VmDisks.Release(vm, part, isSaved: true);
            throw;
        }
    }

    // Among the disks of a new machine the core tells which one it means.
    private static TemplateAttribute FirstDisk(CloudCall call, CloudVm vm, TemplateAttribute disk, int diskId)
    {
        try
        {
            return Disk(call, vm, disk, diskId);
        }
        catch (CallRefusal refusal) when (refusal.Error == OpenNebulaErrorKind.Internal)
        {
            throw CallRefusal.Internal(string.Create(CultureInfo.InvariantCulture, $"DISK {diskId}: {refusal.Message}"));
        }
    }

    private static string FreeTarget(CloudVm vm, string prefix)
    {
        HashSet<string?> taken = [.. vm.Template.Vectors("DISK").Concat(vm.Template.Vectors("CONTEXT")).Select(d => d.Get("TARGET"))];
        for (int i = 0; ; i++)
        {
            string target = prefix + Letters(i);
            if (!taken.Contains(target)) return target;
        }
    }

    // a to z, then aa...
    private static string Letters(int index) => index < 26 ? ((char)('a' + index)).ToString() : Letters((index / 26) - 1) + (char)('a' + (index % 26));
}

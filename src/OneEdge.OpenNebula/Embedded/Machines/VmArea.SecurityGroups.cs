namespace OneEdge.OpenNebula.Embedded;

/// <summary>Security groups of single NICs (OpenNebula 6.10 source, src/dm/DispatchManagerActions.cc). The rules apply at once.</summary>
internal sealed partial class VmArea
{
    private const string GroupsName = "SECURITY_GROUPS";

    private void RegisterSecurityGroups(MethodTable table)
    {
        table.Add("one.vm.attachsg", "iii", AttachSecurityGroup);
        table.Add("one.vm.detachsg", "iii", DetachSecurityGroup);
    }

    private RpcValue AttachSecurityGroup(CloudCall call)
    {
        (int id, int nicId, int groupId) = (call.Int(1), call.Int(2), call.Int(3));
        CloudVm vm = Pool.Get(id);
        string machine = FormattableString.Invariant($"VM {id}");
        TemplateAttribute nic = vm.Nic(nicId) ?? throw CallRefusal.Internal(FormattableString.Invariant($"{machine} doesn't have NIC id {nicId}"));
        CloudSecurityGroup? group = State.SecurityGroups.Pool.Find(groupId);
        if (group is null) call.Authorize(AccessOperation.Manage, vm);
        else call.Authorize((AccessOperation.Manage, vm.Access), (AccessOperation.Use, group.Access));
        if (group is null) throw CallRefusal.Action(FormattableString.Invariant($"Could not attach SG {groupId} to VM, SG does not exist"));
        CheckRules(vm);
        SortedSet<int> groups = IdList.Parse(nic.Get(GroupsName));
        if (!groups.Add(groupId)) throw CallRefusal.Action(FormattableString.Invariant($"{machine} SG {groupId} already in NIC {nicId}"));
        SetGroups(vm, nic, groups);
        return id;
    }

    private RpcValue DetachSecurityGroup(CloudCall call)
    {
        (int id, int nicId, int groupId) = (call.Int(1), call.Int(2), call.Int(3));
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        CheckRules(vm);
        string machine = FormattableString.Invariant($"VM {id}");
        TemplateAttribute nic = vm.Nic(nicId) ?? throw CallRefusal.Action(FormattableString.Invariant($"{machine} doesn't have NIC id {nicId}"));
        SortedSet<int> groups = IdList.Parse(nic.Get(GroupsName));
        if (!groups.Remove(groupId)) throw CallRefusal.Action(FormattableString.Invariant($"{machine} NIC {nicId} doesn't contain SG {groupId}"));
        SetGroups(vm, nic, groups);
        if (!vm.Template.Vectors("NIC").Concat(vm.Template.Vectors("NIC_ALIAS")).Any(n => IdList.Parse(n.Get(GroupsName)).Contains(groupId)))
            State.SecurityGroups.Release(id, [groupId]);
        return id;
    }

    private void SetGroups(CloudVm vm, TemplateAttribute nic, SortedSet<int> groups)
    {
        vm.Change(nic, Vectors.With(nic, (GroupsName, IdList.Join(groups))));
        VmContext.RenewRules(vm, State);
    }

    // While a machine starts or moves its rules are being made.
    private static void CheckRules(CloudVm vm)
    {
        bool isBusy = vm.State == VmState.Active && vm.Lcm is LcmState.Boot or LcmState.BootMigrate or LcmState.BootSuspended or LcmState.BootStopped
            or LcmState.BootUndeploy or LcmState.BootPoweroff or LcmState.BootUnknown or LcmState.BootFailure or LcmState.BootMigrateFailure
            or LcmState.BootUndeployFailure or LcmState.BootStoppedFailure or LcmState.Migrate or LcmState.HotplugNic or LcmState.HotplugNicPoweroff
            or LcmState.Unknown;
        if (isBusy) throw Wrong($"VM {vm.Id} is in wrong state {vm.StateName}");
    }
}

namespace OneEdge.OpenNebula.Embedded;

/// <summary>A machine as it was when something was noted in its history, for records of accounting.</summary>
internal sealed class CloudVmSnapshot(CloudVm vm, LcmState lcm)
{
    private readonly string _name = vm.Name;
    private readonly (int Uid, int Gid, string UserName, string GroupName) _owner = (vm.Uid, vm.Gid, vm.UserName, vm.GroupName);
    private readonly (VmState State, VmState Previous, LcmState PreviousLcm) _states = (vm.State, vm.PreviousState, vm.PreviousLcm);
    private readonly CloudPermissions _permissions = vm.Permissions;
    private readonly StoredTemplate _template = vm.Template;
    private readonly StoredTemplate _userTemplate = vm.UserTemplate;
    private readonly CloudVmBackups _backups = vm.Backups.Copy();
    private readonly string _deployId = vm.DeployId;

    public void Write(XmlText xml)
    {
        xml.Open("VM");
        xml.Element("ID", vm.Id);
        xml.Element("UID", _owner.Uid);
        xml.Element("GID", _owner.Gid);
        xml.Element("UNAME", _owner.UserName);
        xml.Element("GNAME", _owner.GroupName);
        xml.Element("NAME", _name);
        _permissions.Write(xml);
        xml.Element("LAST_POLL", 0);
        xml.Element("STATE", (int)_states.State);
        xml.Element("LCM_STATE", (int)lcm);
        xml.Element("PREV_STATE", (int)_states.Previous);
        xml.Element("PREV_LCM_STATE", (int)_states.PreviousLcm);
        xml.Element("RESCHED", 0);
        xml.Element("STIME", vm.Created);
        xml.Element("ETIME", 0);
        if (_deployId.Length > 0) xml.Element("DEPLOY_ID", _deployId);
        else xml.Nothing("DEPLOY_ID");
        xml.Nothing("MONITORING");
        xml.Nothing("SCHED_ACTIONS");
        xml.Template("TEMPLATE", _template);
        if (_userTemplate.Count > 0) xml.Template("USER_TEMPLATE", _userTemplate);
        else xml.Nothing("USER_TEMPLATE");
        xml.Nothing("HISTORY_RECORDS");
        _backups.Write(xml, isShort: true);
        xml.Close("VM");
    }
}

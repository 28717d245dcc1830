namespace OneEdge.OpenNebula.Embedded;

/// <summary>The forms in which a machine is shown: whole, reduced in pools, and as it was in records of accounting.</summary>
internal sealed partial class CloudVm
{
    private static readonly string[] ReducedDisk =
        ["DISK_ID", "DATASTORE", "DATASTORE_ID", "IMAGE", "IMAGE_ID", "SIZE", "TYPE", "CLONE", "CLONE_TARGET", "LN_TARGET", "DISK_SNAPSHOT_TOTAL_SIZE"];

    private static readonly string[] ReducedNic = ["IP", "MAC", "NETWORK", "NETWORK_ID", "NIC_ID", "SECURITY_GROUPS"];

    private static readonly string[] ReducedUser =
    [
        "LABELS", "ERROR", "SCHED_MESSAGE", "SCHED_RANK", "SCHED_DS_RANK", "SCHED_REQUIREMENTS", "SCHED_DS_REQUIREMENTS", "USER_PRIORITY",
    ];

    protected override IReadOnlyList<string> EncryptedNames { get; } = ["CONTEXT/PASSWORD"];

    public override void Write(XmlText xml, XmlView view) => Write(xml, view, isMonitored: false, History);

    /// <summary>Writes the whole machine as pools have it: with its last stay only.</summary>
    public void WriteExtended(XmlText xml, XmlView view) => Write(xml, view, isMonitored: false, [.. History.TakeLast(1)]);

    /// <summary>Writes the whole machine with what it reported, which is there for one machine only, not for those of pools and messages.</summary>
    public void WriteMonitored(XmlText xml, XmlView view) => Write(xml, view, isMonitored: true, History);

    private void Write(XmlText xml, XmlView view, bool isMonitored, IReadOnlyList<CloudVmHistory> history)
    {
        xml.Open("VM");
        WriteHead(xml);
        Permissions.Write(xml);
        WriteLock(xml);
        WriteStates(xml, isReduced: false, isMonitored);
        WriteSample(xml, "MONITORING", isMonitored && Samples.Count > 0 ? Samples[^1] : []);
        xml.Ids("SCHED_ACTIONS", SchedActions.Select(a => a.Id));
        // What is planned stands at the end of the template, for one machine only.
        WriteTemplate(xml, view, isMonitored ? SchedActions : []);
        xml.Template("USER_TEMPLATE", UserTemplate);
        WriteHistory(xml, history);
        foreach (CloudDiskSnapshots snapshots in DiskSnapshots)
        {
            if (!snapshots.IsEmpty) snapshots.Write(xml);
        }

        Backups.Write(xml);
        xml.Close("VM");
    }

    private void WriteTemplate(XmlText xml, XmlView view, IReadOnlyList<CloudSchedAction> planned)
    {
        xml.Open("TEMPLATE");
        foreach (TemplateAttribute attribute in Visible(view)) xml.Attribute(attribute);
        foreach (CloudSchedAction action in planned) action.Write(xml);
        xml.Close("TEMPLATE");
    }

    /// <summary>The reduced form of pools, without permissions.</summary>
    public override void WriteInPool(XmlText xml, XmlView view)
    {
        xml.Open("VM");
        WriteHead(xml);
        WriteStates(xml, isReduced: true);
        WriteReducedLock(xml);
        WriteReducedTemplate(xml);
        xml.Nothing("MONITORING");
        WriteReducedUserTemplate(xml);
        if (Stay is { } stay)
        {
            xml.Open("HISTORY_RECORDS");
            stay.WriteReduced(xml);
            xml.Close("HISTORY_RECORDS");
        }
        else
        {
            xml.Nothing("HISTORY_RECORDS");
        }

        xml.Close("VM");
    }

    public static void WriteSample(XmlText xml, string name, SortedDictionary<string, string> sample)
    {
        xml.Open(name);
        foreach ((string key, string value) in sample) xml.CData(key, value);
        xml.Close(name);
    }

    private void WriteReducedLock(XmlText xml)
    {
        if (Lock is not { } held) return;
        xml.Open("LOCK");
        xml.Element("LOCKED", held.Level);
        xml.Close("LOCK");
    }

    private void WriteStates(XmlText xml, bool isReduced, bool isMonitored = false)
    {
        xml.Element("LAST_POLL", isMonitored ? LastPoll : 0);
        xml.Element("STATE", (int)State);
        xml.Element("LCM_STATE", (int)Lcm);
        if (!isReduced)
        {
            xml.Element("PREV_STATE", (int)PreviousState);
            xml.Element("PREV_LCM_STATE", (int)PreviousLcm);
        }

        xml.Element("RESCHED", IsReschedulable ? 1 : 0);
        xml.Element("STIME", Created);
        xml.Element("ETIME", Ended);
        xml.Element("DEPLOY_ID", DeployId);
    }

    private void WriteReducedTemplate(XmlText xml)
    {
        xml.Open("TEMPLATE");
        xml.Element("CPU", Template.Get("CPU") ?? "");
        xml.Element("MEMORY", Template.Get("MEMORY") ?? "");
        xml.Element("VCPU", Template.Get("VCPU") ?? "");
        foreach (TemplateAttribute disk in Template.Vectors("DISK")) WriteReduced(xml, disk, ReducedDisk);
        foreach (TemplateAttribute nic in Template.Vectors("NIC")) WriteReduced(xml, nic, ReducedNic);
        if (Template.Vector("GRAPHICS") is { } graphics) xml.Attribute(graphics);
        xml.Close("TEMPLATE");
    }

    private void WriteReducedUserTemplate(XmlText xml)
    {
        if (UserTemplate.Count == 0)
        {
            xml.Nothing("USER_TEMPLATE");
            return;
        }

        xml.Open("USER_TEMPLATE");
        foreach (string shown in ReducedUser)
        {
            if (UserTemplate.Get(shown) is { Length: > 0 } value) xml.CData(shown, value);
        }

        foreach (TemplateAttribute cloud in UserTemplate.Vectors("PUBLIC_CLOUD")) xml.Attribute(cloud);
        xml.Close("USER_TEMPLATE");
    }

    private static void WriteReduced(XmlText xml, TemplateAttribute vector, string[] names)
    {
        xml.Open(vector.Name);
        foreach (string item in names)
        {
            if (vector.Get(item) is { } value) xml.CData(item, value);
        }

        xml.Close(vector.Name);
    }

    private static void WriteHistory(XmlText xml, IReadOnlyList<CloudVmHistory> history)
    {
        if (history.Count == 0)
        {
            xml.Nothing("HISTORY_RECORDS");
            return;
        }

        xml.Open("HISTORY_RECORDS");
        foreach (CloudVmHistory stay in history) stay.Write(xml);
        xml.Close("HISTORY_RECORDS");
    }
}

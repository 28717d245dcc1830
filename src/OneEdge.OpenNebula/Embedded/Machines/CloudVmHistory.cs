namespace OneEdge.OpenNebula.Embedded;

/// <summary>A stay of a machine on a host, from one change to the next. Times are seconds of Unix time, 0 before they come.</summary>
internal sealed class CloudVmHistory(int vm, int sequence, CloudHost host, int datastore)
{
    public int Sequence { get; } = sequence;

    public CloudHost Host { get; } = host;

    public int Datastore { get; } = datastore;

    public long Start { get; set; }

    public long End { get; set; }

    public long PrologStart { get; set; }

    public long PrologEnd { get; set; }

    public long RunningStart { get; set; }

    public long RunningEnd { get; set; }

    public long EpilogStart { get; set; }

    public long EpilogEnd { get; set; }

    /// <summary>The number of the action that ended the stay, or ends it.</summary>
    public VmHistoryAction Action { get; private set; }

    /// <summary>The machine as it was; <see langword="null"/> when it is as it is now.</summary>
    public CloudVmSnapshot? Machine { get; set; }

    private int Uid { get; set; } = -1;

    private int Gid { get; set; } = -1;

    private int RequestId { get; set; } = -1;

    public void SetAction(VmHistoryAction action, CloudCall? by)
    {
        Action = action;
        (Uid, Gid, RequestId) = by is null ? (-1, -1, -1) : (by.Caller.Uid, by.Caller.Gid, by.RequestId);
    }

    public void Write(XmlText xml, CloudVm? body = null)
    {
        xml.Open("HISTORY");
        xml.Element("OID", vm);
        xml.Element("SEQ", Sequence);
        xml.Element("HOSTNAME", Host.Name);
        xml.Element("HID", Host.Id);
        xml.Element("CID", Host.ClusterId);
        xml.Element("STIME", Start);
        xml.Element("ETIME", End);
        xml.CData("VM_MAD", Host.VmDriver);
        xml.CData("TM_MAD", CloudVm.TransferDriver);
        xml.Element("DS_ID", Datastore);
        xml.Element("PSTIME", PrologStart);
        xml.Element("PETIME", PrologEnd);
        xml.Element("RSTIME", RunningStart);
        xml.Element("RETIME", RunningEnd);
        xml.Element("ESTIME", EpilogStart);
        xml.Element("EETIME", EpilogEnd);
        xml.Element("ACTION", (int)Action);
        xml.Element("UID", Uid);
        xml.Element("GID", Gid);
        xml.Element("REQUEST_ID", RequestId);
        if (body is not null) (Machine ?? new CloudVmSnapshot(body, body.Lcm)).Write(xml);
        xml.Close("HISTORY");
    }

    public void WriteReduced(XmlText xml)
    {
        xml.Open("HISTORY");
        xml.Element("OID", vm);
        xml.Element("SEQ", Sequence);
        xml.CData("HOSTNAME", Host.Name);
        xml.Element("HID", Host.Id);
        xml.Element("CID", Host.ClusterId);
        xml.Element("DS_ID", Datastore);
        xml.CData("VM_MAD", Host.VmDriver);
        xml.CData("TM_MAD", CloudVm.TransferDriver);
        xml.CData("ACTION", (int)Action);
        xml.Close("HISTORY");
    }
}

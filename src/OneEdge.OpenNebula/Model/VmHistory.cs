namespace OneEdge.OpenNebula;

/// <summary>A time that a virtual machine spent on a host.</summary>
public sealed record VmHistory : IModel<VmHistory>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public VmHistory()
    {
    }

    private VmHistory(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("OID"u8)) MachineId = reader.Int32();
            else if (reader.Is("SEQ"u8)) Sequence = reader.Int32();
            else if (reader.Is("HOSTNAME"u8)) HostName = reader.SharedText();
            else if (reader.Is("HID"u8)) HostId = reader.Int32();
            else if (reader.Is("CID"u8)) ClusterId = reader.Int32();
            else if (reader.Is("STIME"u8)) StartTime = reader.Time();
            else if (reader.Is("ETIME"u8)) EndTime = reader.Time();
            else if (reader.Is("VM_MAD"u8)) VmDriver = reader.SharedText();
            else if (reader.Is("TM_MAD"u8)) TransferDriver = reader.SharedText();
            else if (reader.Is("DS_ID"u8)) DatastoreId = reader.Int32();
            else if (reader.Is("PSTIME"u8)) PrologStart = reader.Time();
            else if (reader.Is("PETIME"u8)) PrologEnd = reader.Time();
            else if (reader.Is("RSTIME"u8)) RunStart = reader.Time();
            else if (reader.Is("RETIME"u8)) RunEnd = reader.Time();
            else if (reader.Is("ESTIME"u8)) EpilogStart = reader.Time();
            else if (reader.Is("EETIME"u8)) EpilogEnd = reader.Time();
            else if (reader.Is("ACTION"u8)) Action = (VmHistoryAction)reader.Int32();
            else if (reader.Is("UID"u8)) UserId = reader.Int32();
            else if (reader.Is("GID"u8)) GroupId = reader.Int32();
            else if (reader.Is("REQUEST_ID"u8)) RequestId = reader.Text();
            else if (reader.Is("VM"u8)) Machine = VirtualMachine.Read(ref reader);
            else reader.Skip();
        }
    }

    /// <summary>The id of the machine.</summary>
    public int MachineId { get; init; } = -1;

    /// <summary>The number of this time, from 0.</summary>
    public int Sequence { get; init; }

    /// <summary>The name of the host.</summary>
    public string HostName { get; init; } = "";

    /// <summary>The id of the host.</summary>
    public int HostId { get; init; } = -1;

    /// <summary>The id of the cluster.</summary>
    public int ClusterId { get; init; } = -1;

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The driver of the hypervisor.</summary>
    public string VmDriver { get; init; } = "";

    /// <summary>The driver that moves disks.</summary>
    public string TransferDriver { get; init; } = "";

    /// <summary>The id of the system datastore.</summary>
    public int DatastoreId { get; init; } = -1;

    /// <summary>When bringing its files began.</summary>
    public DateTimeOffset? PrologStart { get; init; }

    /// <summary>When its files were there.</summary>
    public DateTimeOffset? PrologEnd { get; init; }

    /// <summary>When it began to run.</summary>
    public DateTimeOffset? RunStart { get; init; }

    /// <summary>When it ended to run.</summary>
    public DateTimeOffset? RunEnd { get; init; }

    /// <summary>When cleaning up began.</summary>
    public DateTimeOffset? EpilogStart { get; init; }

    /// <summary>When cleaning up ended.</summary>
    public DateTimeOffset? EpilogEnd { get; init; }

    /// <summary>What ended it.</summary>
    public VmHistoryAction Action { get; init; }

    /// <summary>The id of the user that asked for that; -1 for none.</summary>
    public int UserId { get; init; } = -1;

    /// <summary>The id of the group of that user; -1 for none.</summary>
    public int GroupId { get; init; } = -1;

    /// <summary>The number of that request; -1 for none.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>The machine as it was then; in accounting records alone.</summary>
    public VirtualMachine? Machine { get; init; }

    static ReadOnlySpan<byte> IModel<VmHistory>.ElementName => "HISTORY"u8;

    static VmHistory IModel<VmHistory>.Read(ref ModelReader reader) => Read(ref reader);

    internal static VmHistory Read(ref ModelReader reader) => new(ref reader);
}

namespace OneEdge.OpenNebula;

/// <summary>The cost of a machine in a month.</summary>
public sealed record Showback : IModel<Showback>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public Showback()
    {
    }

    private Showback(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("VMID"u8)) MachineId = reader.Int32();
            else if (reader.Is("VMNAME"u8)) MachineName = reader.Text();
            else if (reader.Is("UID"u8)) OwnerId = reader.Int32();
            else if (reader.Is("GID"u8)) GroupId = reader.Int32();
            else if (reader.Is("UNAME"u8)) OwnerName = reader.SharedText();
            else if (reader.Is("GNAME"u8)) GroupName = reader.SharedText();
            else if (reader.Is("YEAR"u8)) Year = reader.Int32();
            else if (reader.Is("MONTH"u8)) Month = reader.Int32();
            else if (reader.Is("CPU_COST"u8)) CpuCost = reader.Double();
            else if (reader.Is("MEMORY_COST"u8)) MemoryCost = reader.Double();
            else if (reader.Is("DISK_COST"u8)) DiskCost = reader.Double();
            else if (reader.Is("TOTAL_COST"u8)) TotalCost = reader.Double();
            else if (reader.Is("HOURS"u8)) Hours = reader.Double();
            else if (reader.Is("RHOURS"u8)) RunningHours = reader.Double();
            else reader.Skip();
        }
    }

    /// <summary>The machine.</summary>
    public int MachineId { get; init; } = -1;

    /// <summary>Its name.</summary>
    public string MachineName { get; init; } = "";

    /// <summary>The user that owned it.</summary>
    public int OwnerId { get; init; } = -1;

    /// <summary>The group that owned it.</summary>
    public int GroupId { get; init; } = -1;

    /// <summary>The name of the user.</summary>
    public string OwnerName { get; init; } = "";

    /// <summary>The name of the group.</summary>
    public string GroupName { get; init; } = "";

    /// <summary>The year.</summary>
    public int Year { get; init; }

    /// <summary>The month, from 1.</summary>
    public int Month { get; init; }

    /// <summary>For processors.</summary>
    public double CpuCost { get; init; }

    /// <summary>For memory.</summary>
    public double MemoryCost { get; init; }

    /// <summary>For disks.</summary>
    public double DiskCost { get; init; }

    /// <summary>All in all.</summary>
    public double TotalCost { get; init; }

    /// <summary>The hours that are paid for.</summary>
    public double Hours { get; init; }

    /// <summary>The hours that it ran.</summary>
    public double RunningHours { get; init; }

    static ReadOnlySpan<byte> IModel<Showback>.ElementName => "SHOWBACK"u8;

    static Showback IModel<Showback>.Read(ref ModelReader reader) => Read(ref reader);

    internal static Showback Read(ref ModelReader reader) => new(ref reader);
}

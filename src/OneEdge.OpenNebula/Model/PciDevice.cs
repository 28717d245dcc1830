namespace OneEdge.OpenNebula;

/// <summary>A PCI device of a host.</summary>
public sealed record PciDevice : IModel<PciDevice>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public PciDevice()
    {
    }

    private PciDevice(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("ADDRESS"u8)) Address = reader.Text();
            else if (reader.Is("SHORT_ADDRESS"u8)) ShortAddress = reader.Text();
            else if (reader.Is("TYPE"u8)) Type = reader.Text();
            else if (reader.Is("VENDOR_NAME"u8)) VendorName = reader.Text();
            else if (reader.Is("DEVICE_NAME"u8)) DeviceName = reader.Text();
            else if (reader.Is("CLASS_NAME"u8)) ClassName = reader.Text();
            else if (reader.Is("NUMA_NODE"u8)) NumaNode = reader.Text();
            else if (reader.Is("PROFILES"u8)) Profiles = reader.Text();
            else if (reader.Is("VMID"u8)) MachineId = reader.OptionalInt32() is >= 0 and int found ? found : null;
            else reader.Skip();
        }
    }

    /// <summary>The address, such as <c>0000:00:06:1</c>.</summary>
    public string Address { get; init; } = "";

    /// <summary>The address in short, such as <c>00:06.1</c>.</summary>
    public string ShortAddress { get; init; } = "";

    /// <summary>Vendor, device and class, such as <c>10de:0863:0300</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>The name of the vendor.</summary>
    public string VendorName { get; init; } = "";

    /// <summary>The name of the device.</summary>
    public string DeviceName { get; init; } = "";

    /// <summary>The name of the class.</summary>
    public string ClassName { get; init; } = "";

    /// <summary>The NUMA node.</summary>
    public string NumaNode { get; init; } = "";

    /// <summary>The profiles it can be shared with, with commas between.</summary>
    public string Profiles { get; init; } = "";

    /// <summary>The machine that has it.</summary>
    public int? MachineId { get; init; }

    static ReadOnlySpan<byte> IModel<PciDevice>.ElementName => "PCI"u8;

    static PciDevice IModel<PciDevice>.Read(ref ModelReader reader) => Read(ref reader);

    internal static PciDevice Read(ref ModelReader reader) => new(ref reader);
}

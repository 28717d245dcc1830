namespace OneEdge.OpenNebula;

/// <summary>An address in use.</summary>
public sealed record AddressLease : IModel<AddressLease>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public AddressLease()
    {
    }

    private AddressLease(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("IP"u8)) Ip = reader.Text();
            else if (reader.Is("IP6"u8)) Ip6 = reader.Text();
            else if (reader.Is("IP6_GLOBAL"u8)) Ip6Global = reader.Text();
            else if (reader.Is("IP6_ULA"u8)) Ip6Local = reader.Text();
            else if (reader.Is("IP6_LINK"u8)) Ip6Link = reader.Text();
            else if (reader.Is("MAC"u8)) Mac = reader.Text();
            else if (reader.Is("VM"u8)) MachineId = reader.OptionalInt32() is >= 0 and int found ? found : null;
            else if (reader.Is("VNET"u8)) NetworkId = reader.OptionalInt32() is >= 0 and int found ? found : null;
            else if (reader.Is("VROUTER"u8)) RouterId = reader.OptionalInt32() is >= 0 and int found ? found : null;
            else reader.Skip();
        }
    }

    /// <summary>The IPv4 address.</summary>
    public string Ip { get; init; } = "";

    /// <summary>The IPv6 address.</summary>
    public string Ip6 { get; init; } = "";

    /// <summary>The global IPv6 address.</summary>
    public string Ip6Global { get; init; } = "";

    /// <summary>The local IPv6 address.</summary>
    public string Ip6Local { get; init; } = "";

    /// <summary>The IPv6 address of the link.</summary>
    public string Ip6Link { get; init; } = "";

    /// <summary>The MAC address.</summary>
    public string Mac { get; init; } = "";

    /// <summary>The machine that has it; -1 in the answer, and none here, for an address on hold.</summary>
    public int? MachineId { get; init; }

    /// <summary>The reservation that has it.</summary>
    public int? NetworkId { get; init; }

    /// <summary>The virtual router that has it.</summary>
    public int? RouterId { get; init; }

    static ReadOnlySpan<byte> IModel<AddressLease>.ElementName => "LEASE"u8;

    static AddressLease IModel<AddressLease>.Read(ref ModelReader reader) => Read(ref reader);

    internal static AddressLease Read(ref ModelReader reader) => new(ref reader);
}

namespace OneEdge.OpenNebula;

/// <summary>A range of addresses of a virtual network.</summary>
public sealed record AddressRange : IModel<AddressRange>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public AddressRange()
    {
    }

    private AddressRange(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("AR_ID"u8)) Id = reader.Int32();
            else if (reader.Is("TYPE"u8)) Type = reader.SharedText();
            else if (reader.Is("SIZE"u8)) Size = reader.Int64();
            else if (reader.Is("IP"u8)) Ip = reader.Text();
            else if (reader.Is("IP_END"u8)) IpEnd = reader.Text();
            else if (reader.Is("IP6"u8)) Ip6 = reader.Text();
            else if (reader.Is("IP6_END"u8)) Ip6End = reader.Text();
            else if (reader.Is("GLOBAL_PREFIX"u8)) GlobalPrefix = reader.Text();
            else if (reader.Is("ULA_PREFIX"u8)) UlaPrefix = reader.Text();
            else if (reader.Is("MAC"u8)) Mac = reader.Text();
            else if (reader.Is("MAC_END"u8)) MacEnd = reader.Text();
            else if (reader.Is("PARENT_NETWORK_AR_ID"u8)) ParentRangeId = reader.OptionalInt32() is >= 0 and int found ? found : null;
            else if (reader.Is("USED_LEASES"u8)) UsedLeases = reader.Int32();
            else if (reader.Is("LEASES"u8)) Leases = reader.Items<AddressLease>();
            else reader.Skip();
        }
    }

    /// <summary>Its number in the network.</summary>
    public int Id { get; init; } = -1;

    /// <summary><c>IP4</c>, <c>IP6</c>, <c>IP6_STATIC</c>, <c>IP4_6</c>, <c>IP4_6_STATIC</c> or <c>ETHER</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>How many addresses it has.</summary>
    public long Size { get; init; }

    /// <summary>The first IPv4 address.</summary>
    public string Ip { get; init; } = "";

    /// <summary>The last IPv4 address; not in pools.</summary>
    public string IpEnd { get; init; } = "";

    /// <summary>The first IPv6 address of a static range.</summary>
    public string Ip6 { get; init; } = "";

    /// <summary>The last IPv6 address of a static range.</summary>
    public string Ip6End { get; init; } = "";

    /// <summary>The global prefix of IPv6.</summary>
    public string GlobalPrefix { get; init; } = "";

    /// <summary>The local prefix of IPv6.</summary>
    public string UlaPrefix { get; init; } = "";

    /// <summary>The first MAC address.</summary>
    public string Mac { get; init; } = "";

    /// <summary>The last MAC address; not in pools.</summary>
    public string MacEnd { get; init; } = "";

    /// <summary>For a reservation: the range it was taken from.</summary>
    public int? ParentRangeId { get; init; }

    /// <summary>How many addresses are in use; not in pools.</summary>
    public int UsedLeases { get; init; }

    /// <summary>The addresses in use; not in pools.</summary>
    public IReadOnlyList<AddressLease> Leases { get; init; } = ModelList<AddressLease>.Empty;

    static ReadOnlySpan<byte> IModel<AddressRange>.ElementName => "AR"u8;

    static AddressRange IModel<AddressRange>.Read(ref ModelReader reader) => Read(ref reader);

    internal static AddressRange Read(ref ModelReader reader) => new(ref reader);
}

namespace OneEdge.OpenNebula;

/// <summary>A role in a group of virtual machines.</summary>
public sealed record VmGroupRole : IModel<VmGroupRole>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public VmGroupRole()
    {
    }

    private VmGroupRole(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("ID"u8)) Id = reader.Int32();
            else if (reader.Is("NAME"u8)) Name = reader.Text();
            else if (reader.Is("POLICY"u8)) Policy = reader.SharedText();
            else if (reader.Is("HOST_AFFINED"u8)) AffinedHosts = reader.Text();
            else if (reader.Is("HOST_ANTI_AFFINED"u8)) AntiAffinedHosts = reader.Text();
            else if (reader.Is("VMS"u8)) Machines = reader.Text();
            else reader.Skip();
        }
    }

    /// <summary>Its number.</summary>
    public int Id { get; init; } = -1;

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary><c>AFFINED</c>: on one host, <c>ANTI_AFFINED</c>: on different hosts, or empty.</summary>
    public string Policy { get; init; } = "";

    /// <summary>The hosts that it may run on, with commas between.</summary>
    public string AffinedHosts { get; init; } = "";

    /// <summary>The hosts that it may not run on, with commas between.</summary>
    public string AntiAffinedHosts { get; init; } = "";

    /// <summary>The machines, with commas between.</summary>
    public string Machines { get; init; } = "";

    static ReadOnlySpan<byte> IModel<VmGroupRole>.ElementName => "ROLE"u8;

    static VmGroupRole IModel<VmGroupRole>.Read(ref ModelReader reader) => Read(ref reader);

    internal static VmGroupRole Read(ref ModelReader reader) => new(ref reader);
}

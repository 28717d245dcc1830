namespace OneEdge.OpenNebula;

/// <summary>A resource of a virtual data centre.</summary>
public sealed record VdcNetwork : IModel<VdcNetwork>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public VdcNetwork()
    {
    }

    private VdcNetwork(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("ZONE_ID"u8)) ZoneId = reader.Int32();
            else if (reader.Is("VNET_ID"u8)) Id = reader.Int32();
            else reader.Skip();
        }
    }

    /// <summary>The zone.</summary>
    public int ZoneId { get; init; } = -1;

    /// <summary>The id there; -10 for all.</summary>
    public int Id { get; init; } = -1;

    static ReadOnlySpan<byte> IModel<VdcNetwork>.ElementName => "VNET"u8;

    static VdcNetwork IModel<VdcNetwork>.Read(ref ModelReader reader) => Read(ref reader);

    internal static VdcNetwork Read(ref ModelReader reader) => new(ref reader);
}

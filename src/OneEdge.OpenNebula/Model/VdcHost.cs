namespace OneEdge.OpenNebula;

/// <summary>A resource of a virtual data centre.</summary>
public sealed record VdcHost : IModel<VdcHost>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public VdcHost()
    {
    }

    private VdcHost(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("ZONE_ID"u8)) ZoneId = reader.Int32();
            else if (reader.Is("HOST_ID"u8)) Id = reader.Int32();
            else reader.Skip();
        }
    }

    /// <summary>The zone.</summary>
    public int ZoneId { get; init; } = -1;

    /// <summary>The id there; -10 for all.</summary>
    public int Id { get; init; } = -1;

    static ReadOnlySpan<byte> IModel<VdcHost>.ElementName => "HOST"u8;

    static VdcHost IModel<VdcHost>.Read(ref ModelReader reader) => Read(ref reader);

    internal static VdcHost Read(ref ModelReader reader) => new(ref reader);
}

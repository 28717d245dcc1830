namespace OneEdge.OpenNebula;

/// <summary>A resource of a virtual data centre.</summary>
public sealed record VdcDatastore : IModel<VdcDatastore>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public VdcDatastore()
    {
    }

    private VdcDatastore(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("ZONE_ID"u8)) ZoneId = reader.Int32();
            else if (reader.Is("DATASTORE_ID"u8)) Id = reader.Int32();
            else reader.Skip();
        }
    }

    /// <summary>The zone.</summary>
    public int ZoneId { get; init; } = -1;

    /// <summary>The id there; -10 for all.</summary>
    public int Id { get; init; } = -1;

    static ReadOnlySpan<byte> IModel<VdcDatastore>.ElementName => "DATASTORE"u8;

    static VdcDatastore IModel<VdcDatastore>.Read(ref ModelReader reader) => Read(ref reader);

    internal static VdcDatastore Read(ref ModelReader reader) => new(ref reader);
}

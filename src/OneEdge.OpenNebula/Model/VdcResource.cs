namespace OneEdge.OpenNebula;

/// <summary>A resource of a virtual data centre.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="ZoneId">The id of its zone; <see cref="All"/> for every zone.</param>
/// <param name="Id">Its id in the zone; <see cref="All"/> for every one there.</param>
public sealed record VdcResource(VdcResourceKind Kind, int ZoneId, int Id)
{
    /// <summary>In the place of an id: all of them.</summary>
    public const int All = -10;

    /// <summary>Reads the resources of one kind, from the start of the element that holds them to its end.</summary>
    internal static IReadOnlyList<VdcResource> ReadAll(ref ModelReader reader, VdcResourceKind kind)
    {
        List<VdcResource>? resources = null;
        while (reader.Next())
        {
            if (reader.Is(ElementOf(kind))) (resources ??= []).Add(Read(ref reader, kind));
            else reader.Skip();
        }

        return ModelList<VdcResource>.Of(resources);
    }

    private static VdcResource Read(ref ModelReader reader, VdcResourceKind kind)
    {
        (int zone, int id) = (-1, -1);
        while (reader.Next())
        {
            if (reader.Is("ZONE_ID"u8)) zone = reader.Int32();
            else if (reader.Is(IdElementOf(kind))) id = reader.Int32();
            else reader.Skip();
        }

        return new VdcResource(kind, zone, id);
    }

    private static ReadOnlySpan<byte> ElementOf(VdcResourceKind kind) => kind switch
    {
        VdcResourceKind.Cluster => "CLUSTER"u8,
        VdcResourceKind.Host => "HOST"u8,
        VdcResourceKind.Datastore => "DATASTORE"u8,
        _ => "VNET"u8,
    };

    private static ReadOnlySpan<byte> IdElementOf(VdcResourceKind kind) => kind switch
    {
        VdcResourceKind.Cluster => "CLUSTER_ID"u8,
        VdcResourceKind.Host => "HOST_ID"u8,
        VdcResourceKind.Datastore => "DATASTORE_ID"u8,
        _ => "VNET_ID"u8,
    };
}

namespace OneEdge.OpenNebula;

/// <summary>A virtual data centre: resources that groups may use.</summary>
public sealed record VirtualDataCenter : OpenNebulaObject, IModel<VirtualDataCenter>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public VirtualDataCenter()
    {
    }

    private VirtualDataCenter(ref ModelReader reader)
    {
        int start = reader.Begin();
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("GROUPS"u8)) GroupIds = reader.Ids();
            else if (reader.Is("CLUSTERS"u8)) Clusters = VdcResource.ReadAll(ref reader, VdcResourceKind.Cluster);
            else if (reader.Is("HOSTS"u8)) Hosts = VdcResource.ReadAll(ref reader, VdcResourceKind.Host);
            else if (reader.Is("DATASTORES"u8)) Datastores = VdcResource.ReadAll(ref reader, VdcResourceKind.Datastore);
            else if (reader.Is("VNETS"u8)) Networks = VdcResource.ReadAll(ref reader, VdcResourceKind.Network);
            else reader.Skip();
        }

        Raw = Complete(ref reader, start);
    }

    /// <summary>The groups.</summary>
    public IReadOnlyList<int> GroupIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The clusters.</summary>
    public IReadOnlyList<VdcResource> Clusters { get; init; } = ModelList<VdcResource>.Empty;

    /// <summary>The hosts.</summary>
    public IReadOnlyList<VdcResource> Hosts { get; init; } = ModelList<VdcResource>.Empty;

    /// <summary>The datastores.</summary>
    public IReadOnlyList<VdcResource> Datastores { get; init; } = ModelList<VdcResource>.Empty;

    /// <summary>The virtual networks.</summary>
    public IReadOnlyList<VdcResource> Networks { get; init; } = ModelList<VdcResource>.Empty;

    static ReadOnlySpan<byte> IModel<VirtualDataCenter>.ElementName => "VDC"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>VDC</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static VirtualDataCenter Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<VirtualDataCenter>(xml);

    /// <summary>Reads an element of an answer: <c>VDC</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static VirtualDataCenter ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static VirtualDataCenter IModel<VirtualDataCenter>.Read(ref ModelReader reader) => Read(ref reader);

    internal static VirtualDataCenter Read(ref ModelReader reader) => new(ref reader);
}

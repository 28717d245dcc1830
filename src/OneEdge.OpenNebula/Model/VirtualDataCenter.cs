namespace OneEdge.OpenNebula;

/// <summary>A virtual data centre: resources that groups may use.</summary>
public sealed record VirtualDataCenter : OpenNebulaObject, IModel<VirtualDataCenter>
{
    private LazyTemplate _template;

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
            else if (reader.Is("CLUSTERS"u8)) Clusters = reader.Items<VdcCluster>();
            else if (reader.Is("HOSTS"u8)) Hosts = reader.Items<VdcHost>();
            else if (reader.Is("DATASTORES"u8)) Datastores = reader.Items<VdcDatastore>();
            else if (reader.Is("VNETS"u8)) Networks = reader.Items<VdcNetwork>();
            else if (reader.Is("TEMPLATE"u8)) _template = new LazyTemplate(reader.Part());
            else reader.Skip();
        }

        Raw = Complete(ref reader, start);
    }

    /// <summary>The groups.</summary>
    public IReadOnlyList<int> GroupIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The clusters.</summary>
    public IReadOnlyList<VdcCluster> Clusters { get; init; } = ModelList<VdcCluster>.Empty;

    /// <summary>The hosts.</summary>
    public IReadOnlyList<VdcHost> Hosts { get; init; } = ModelList<VdcHost>.Empty;

    /// <summary>The datastores.</summary>
    public IReadOnlyList<VdcDatastore> Datastores { get; init; } = ModelList<VdcDatastore>.Empty;

    /// <summary>The virtual networks.</summary>
    public IReadOnlyList<VdcNetwork> Networks { get; init; } = ModelList<VdcNetwork>.Empty;

    /// <summary>The template.</summary>
    public StoredTemplate Template
    {
        get => _template.Get();
        init => _template = new LazyTemplate(value);
    }

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

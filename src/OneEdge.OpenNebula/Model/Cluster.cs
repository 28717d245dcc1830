namespace OneEdge.OpenNebula;

/// <summary>A cluster: hosts with datastores and networks that they can use.</summary>
public sealed record Cluster : OpenNebulaObject, IModel<Cluster>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public Cluster()
    {
    }

    private Cluster(ref ModelReader reader)
    {
        int start = reader.Begin();
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("HOSTS"u8)) HostIds = reader.Ids();
            else if (reader.Is("DATASTORES"u8)) DatastoreIds = reader.Ids();
            else if (reader.Is("VNETS"u8)) NetworkIds = reader.Ids();
            else reader.Skip();
        }

        Raw = Complete(ref reader, start);
    }

    /// <summary>The hosts.</summary>
    public IReadOnlyList<int> HostIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The datastores.</summary>
    public IReadOnlyList<int> DatastoreIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The virtual networks.</summary>
    public IReadOnlyList<int> NetworkIds { get; init; } = ModelList<int>.Empty;

    static ReadOnlySpan<byte> IModel<Cluster>.ElementName => "CLUSTER"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>CLUSTER</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Cluster Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<Cluster>(xml);

    /// <summary>Reads an element of an answer: <c>CLUSTER</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Cluster ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static Cluster IModel<Cluster>.Read(ref ModelReader reader) => Read(ref reader);

    internal static Cluster Read(ref ModelReader reader) => new(ref reader);
}

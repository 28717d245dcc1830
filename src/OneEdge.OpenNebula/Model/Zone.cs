namespace OneEdge.OpenNebula;

/// <summary>A zone of a federation.</summary>
public sealed record Zone : OpenNebulaObject, IModel<Zone>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public Zone()
    {
    }

    private Zone(ref ModelReader reader)
    {
        int start = reader.Begin();
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("STATE"u8)) State = (ZoneState)reader.Int32();
            else if (reader.Is("SERVER_POOL"u8)) Servers = reader.Items<ZoneServer>();
            else reader.Skip();
        }

        Raw = Complete(ref reader, start);
    }

    /// <summary>The state.</summary>
    public ZoneState State { get; init; }

    /// <summary>Its front-ends, where there are several.</summary>
    public IReadOnlyList<ZoneServer> Servers { get; init; } = ModelList<ZoneServer>.Empty;

    static ReadOnlySpan<byte> IModel<Zone>.ElementName => "ZONE"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>ZONE</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Zone Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<Zone>(xml);

    /// <summary>Reads an element of an answer: <c>ZONE</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Zone ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static Zone IModel<Zone>.Read(ref ModelReader reader) => Read(ref reader);

    internal static Zone Read(ref ModelReader reader) => new(ref reader);
}

namespace OneEdge.OpenNebula;

/// <summary>A template of virtual networks.</summary>
public sealed record VirtualNetworkTemplate : OwnedObject, IModel<VirtualNetworkTemplate>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public VirtualNetworkTemplate()
    {
    }

    private VirtualNetworkTemplate(ref ModelReader reader)
    {
        int start = reader.Begin();
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("REGTIME"u8)) RegistrationTime = reader.Time();
            else reader.Skip();
        }

        Raw = Complete(ref reader, start);
    }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? RegistrationTime { get; init; }

    static ReadOnlySpan<byte> IModel<VirtualNetworkTemplate>.ElementName => "VNTEMPLATE"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>VNTEMPLATE</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static VirtualNetworkTemplate Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<VirtualNetworkTemplate>(xml);

    /// <summary>Reads an element of an answer: <c>VNTEMPLATE</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static VirtualNetworkTemplate ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static VirtualNetworkTemplate IModel<VirtualNetworkTemplate>.Read(ref ModelReader reader) => Read(ref reader);

    internal static VirtualNetworkTemplate Read(ref ModelReader reader) => new(ref reader);
}

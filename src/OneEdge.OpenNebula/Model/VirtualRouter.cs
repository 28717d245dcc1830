namespace OneEdge.OpenNebula;

/// <summary>A virtual router.</summary>
public sealed record VirtualRouter : OwnedObject, IModel<VirtualRouter>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public VirtualRouter()
    {
    }

    private VirtualRouter(ref ModelReader reader)
    {
        int start = reader.Begin();
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("VMS"u8)) VirtualMachineIds = reader.Ids();
            else reader.Skip();
        }

        Raw = Complete(ref reader, start);
    }

    /// <summary>The machines that it is made of.</summary>
    public IReadOnlyList<int> VirtualMachineIds { get; init; } = ModelList<int>.Empty;

    static ReadOnlySpan<byte> IModel<VirtualRouter>.ElementName => "VROUTER"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>VROUTER</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static VirtualRouter Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<VirtualRouter>(xml);

    /// <summary>Reads an element of an answer: <c>VROUTER</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static VirtualRouter ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static VirtualRouter IModel<VirtualRouter>.Read(ref ModelReader reader) => Read(ref reader);

    internal static VirtualRouter Read(ref ModelReader reader) => new(ref reader);
}

namespace OneEdge.OpenNebula;

/// <summary>A group of virtual machines with rules about where they run.</summary>
public sealed record VmGroup : OwnedObject, IModel<VmGroup>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public VmGroup()
    {
    }

    private VmGroup(ref ModelReader reader)
    {
        int start = reader.Begin();
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("ROLES"u8)) Roles = reader.Items<VmGroupRole>();
            else reader.Skip();
        }

        Raw = Complete(ref reader, start);
    }

    /// <summary>The roles of the machines.</summary>
    public IReadOnlyList<VmGroupRole> Roles { get; init; } = ModelList<VmGroupRole>.Empty;

    static ReadOnlySpan<byte> IModel<VmGroup>.ElementName => "VM_GROUP"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>VM_GROUP</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static VmGroup Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<VmGroup>(xml);

    /// <summary>Reads an element of an answer: <c>VM_GROUP</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static VmGroup ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static VmGroup IModel<VmGroup>.Read(ref ModelReader reader) => Read(ref reader);

    internal static VmGroup Read(ref ModelReader reader) => new(ref reader);
}

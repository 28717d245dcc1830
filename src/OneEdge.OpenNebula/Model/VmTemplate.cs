namespace OneEdge.OpenNebula;

/// <summary>A template of virtual machines.</summary>
public sealed record VmTemplate : OwnedObject, IModel<VmTemplate>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public VmTemplate()
    {
    }

    private VmTemplate(ref ModelReader reader)
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

    static ReadOnlySpan<byte> IModel<VmTemplate>.ElementName => "VMTEMPLATE"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>VMTEMPLATE</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static VmTemplate Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<VmTemplate>(xml);

    /// <summary>Reads an element of an answer: <c>VMTEMPLATE</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static VmTemplate ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static VmTemplate IModel<VmTemplate>.Read(ref ModelReader reader) => Read(ref reader);

    internal static VmTemplate Read(ref ModelReader reader) => new(ref reader);
}

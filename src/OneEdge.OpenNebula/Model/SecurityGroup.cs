namespace OneEdge.OpenNebula;

/// <summary>A security group: which traffic machines may have.</summary>
public sealed record SecurityGroup : OwnedObject, IModel<SecurityGroup>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public SecurityGroup()
    {
    }

    private SecurityGroup(ref ModelReader reader)
    {
        int start = reader.Begin();
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("UPDATED_VMS"u8)) UpdatedMachineIds = reader.Ids();
            else if (reader.Is("OUTDATED_VMS"u8)) OutdatedMachineIds = reader.Ids();
            else if (reader.Is("UPDATING_VMS"u8)) UpdatingMachineIds = reader.Ids();
            else if (reader.Is("ERROR_VMS"u8)) ErrorMachineIds = reader.Ids();
            else reader.Skip();
        }

        Raw = Complete(ref reader, start);
    }

    /// <summary>The machines that a change has reached.</summary>
    public IReadOnlyList<int> UpdatedMachineIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The machines that a change has still to reach.</summary>
    public IReadOnlyList<int> OutdatedMachineIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The machines that a change is reaching.</summary>
    public IReadOnlyList<int> UpdatingMachineIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The machines that a change could not reach.</summary>
    public IReadOnlyList<int> ErrorMachineIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The rules, read from the template at each call.</summary>
    public IReadOnlyList<TemplateAttribute> Rules => [.. Template.Vectors("RULE")];

    static ReadOnlySpan<byte> IModel<SecurityGroup>.ElementName => "SECURITY_GROUP"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>SECURITY_GROUP</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static SecurityGroup Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<SecurityGroup>(xml);

    /// <summary>Reads an element of an answer: <c>SECURITY_GROUP</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static SecurityGroup ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static SecurityGroup IModel<SecurityGroup>.Read(ref ModelReader reader) => Read(ref reader);

    internal static SecurityGroup Read(ref ModelReader reader) => new(ref reader);
}

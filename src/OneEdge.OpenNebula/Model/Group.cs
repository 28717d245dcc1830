namespace OneEdge.OpenNebula;

/// <summary>A group of users.</summary>
public sealed record Group : OpenNebulaObject, IModel<Group>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public Group()
    {
    }

    private Group(ref ModelReader reader)
    {
        int start = reader.Begin();
        Quotas? quotas = null;
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("USERS"u8)) UserIds = reader.Ids();
            else if (reader.Is("ADMINS"u8)) AdministratorIds = reader.Ids();
            else if (!OpenNebula.Quotas.TryRead(ref reader, ref quotas)) reader.Skip();
        }

        Quotas = quotas;
        Raw = Complete(ref reader, start);
    }

    /// <summary>The users in it.</summary>
    public IReadOnlyList<int> UserIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The users that administer it.</summary>
    public IReadOnlyList<int> AdministratorIds { get; init; } = ModelList<int>.Empty;

    /// <summary>What it may use, and uses; <see langword="null"/> when the answer does not tell.</summary>
    public Quotas? Quotas { get; init; }

    static ReadOnlySpan<byte> IModel<Group>.ElementName => "GROUP"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>GROUP</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Group Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<Group>(xml);

    /// <summary>Reads an element of an answer: <c>GROUP</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Group ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static Group IModel<Group>.Read(ref ModelReader reader) => Read(ref reader);

    static Group IModel<Group>.ReadSibling(Group item, ref ModelReader reader) =>
        OpenNebula.Quotas.ReadBehind(item.Id, ref reader) is { } quotas ? item with { Quotas = quotas } : item;

    internal static Group Read(ref ModelReader reader) => new(ref reader);
}

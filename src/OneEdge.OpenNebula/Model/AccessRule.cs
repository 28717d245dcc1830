namespace OneEdge.OpenNebula;

/// <summary>A rule of access control. It has no name.</summary>
public sealed record AccessRule : OpenNebulaObject, IModel<AccessRule>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public AccessRule()
    {
    }

    private AccessRule(ref ModelReader reader)
    {
        int start = reader.Begin();
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("USER"u8)) User = reader.Hexadecimal();
            else if (reader.Is("RESOURCE"u8)) Resource = reader.Hexadecimal();
            else if (reader.Is("RIGHTS"u8)) Rights = (AccessRights)reader.Hexadecimal();
            else if (reader.Is("ZONE"u8)) Zone = reader.Hexadecimal();
            else if (reader.Is("STRING"u8)) Text = reader.Text();
            else reader.Skip();
        }

        Raw = Complete(ref reader, start);
    }

    /// <summary>Whom it is for: a kind in the upper 32 bits, an id in the lower.</summary>
    public long User { get; init; }

    /// <summary>What it is about: kinds of objects and a kind of choice in the upper 32 bits, an id in the lower.</summary>
    public long Resource { get; init; }

    /// <summary>What it allows.</summary>
    public AccessRights Rights { get; init; }

    /// <summary>Where it holds: a kind in the upper 32 bits, an id in the lower.</summary>
    public long Zone { get; init; }

    /// <summary>The rule in words, such as <c>@1 VM+NET/* USE #0</c>.</summary>
    public string Text { get; init; } = "";

    static ReadOnlySpan<byte> IModel<AccessRule>.ElementName => "ACL"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>ACL</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static AccessRule Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<AccessRule>(xml);

    /// <summary>Reads an element of an answer: <c>ACL</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static AccessRule ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static AccessRule IModel<AccessRule>.Read(ref ModelReader reader) => Read(ref reader);

    internal static AccessRule Read(ref ModelReader reader) => new(ref reader);
}

namespace OneEdge.OpenNebula;

/// <summary>A user. The password stays in <see cref="OpenNebulaObject.Xml"/>.</summary>
public sealed record User : OpenNebulaObject, IModel<User>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public User()
    {
    }

    private User(ref ModelReader reader)
    {
        int start = reader.Begin();
        List<LoginToken>? loginTokens = null;
        Quotas? quotas = null;
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("GID"u8)) PrimaryGroupId = reader.Int32();
            else if (reader.Is("GNAME"u8)) PrimaryGroupName = reader.SharedText();
            else if (reader.Is("GROUPS"u8)) GroupIds = reader.Ids();
            else if (reader.Is("AUTH_DRIVER"u8)) AuthenticationDriver = reader.SharedText();
            else if (reader.Is("ENABLED"u8)) IsEnabled = reader.YesNo();
            else if (reader.Is("LOGIN_TOKEN"u8)) reader.Collect(ref loginTokens);
            else if (!OpenNebula.Quotas.TryRead(ref reader, ref quotas)) reader.Skip();
        }

        LoginTokens = ModelList<LoginToken>.Of(loginTokens);
        Quotas = quotas;
        Raw = Complete(ref reader, start);
    }

    /// <summary>The id of the primary group.</summary>
    public int PrimaryGroupId { get; init; } = -1;

    /// <summary>The name of the primary group.</summary>
    public string PrimaryGroupName { get; init; } = "";

    /// <summary>The ids of all groups.</summary>
    public IReadOnlyList<int> GroupIds { get; init; } = ModelList<int>.Empty;

    /// <summary>How the user is authenticated.</summary>
    public string AuthenticationDriver { get; init; } = "";

    /// <summary>Whether the user may log in.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>The login tokens.</summary>
    public IReadOnlyList<LoginToken> LoginTokens { get; init; } = ModelList<LoginToken>.Empty;

    /// <summary>What it may use, and uses; <see langword="null"/> when the answer does not tell.</summary>
    public Quotas? Quotas { get; init; }

    static ReadOnlySpan<byte> IModel<User>.ElementName => "USER"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>USER</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static User Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<User>(xml);

    /// <summary>Reads an element of an answer: <c>USER</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static User ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static User IModel<User>.Read(ref ModelReader reader) => Read(ref reader);

    static User IModel<User>.ReadSibling(User item, ref ModelReader reader) =>
        OpenNebula.Quotas.ReadBehind(item.Id, ref reader) is { } quotas ? item with { Quotas = quotas } : item;

    internal static User Read(ref ModelReader reader) => new(ref reader);
}

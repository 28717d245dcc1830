namespace OneEdge.OpenNebula;

/// <summary>An app of a marketplace.</summary>
public sealed record MarketplaceApp : OwnedObject, IModel<MarketplaceApp>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public MarketplaceApp()
    {
    }

    private MarketplaceApp(ref ModelReader reader)
    {
        int start = reader.Begin();
        bool hasState = false;
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("REGTIME"u8)) RegistrationTime = reader.Time();
            else if (reader.Is("ZONE_ID"u8)) ZoneId = reader.Int32();
            else if (reader.Is("ORIGIN_ID"u8)) OriginId = reader.Int32();
            else if (reader.Is("SOURCE"u8)) Source = reader.Text();
            else if (reader.Is("MD5"u8)) Md5 = reader.Text();
            else if (reader.Is("SIZE"u8)) SizeMb = reader.Int64();
            else if (reader.Is("DESCRIPTION"u8)) Description = reader.Text();
            else if (reader.Is("VERSION"u8)) Version = reader.SharedText();
            else if (reader.Is("FORMAT"u8)) Format = reader.SharedText();
            else if (reader.Is("APPTEMPLATE64"u8)) AppTemplate64 = reader.Text();
            else if (reader.Is("MARKETPLACE_ID"u8)) MarketplaceId = reader.Int32();
            else if (reader.Is("MARKETPLACE"u8)) MarketplaceName = reader.SharedText();
            else if (reader.Is("STATE"u8)) (hasState, State) = (true, (MarketplaceAppState)reader.Int32());
            else if (reader.Is("TYPE"u8)) Type = (MarketplaceAppType)reader.Int32();
            else reader.Skip();
        }

        if (!hasState) throw reader.Invalid("an object without a STATE");
        Raw = Complete(ref reader, start);
    }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? RegistrationTime { get; init; }

    /// <summary>The zone it was created in.</summary>
    public int ZoneId { get; init; } = -1;

    /// <summary>The object that it was made from, or -1.</summary>
    public int OriginId { get; init; }

    /// <summary>Where it is.</summary>
    public string Source { get; init; } = "";

    /// <summary>The MD5 sum of its file.</summary>
    public string Md5 { get; init; } = "";

    /// <summary>The size in MiB.</summary>
    public long SizeMb { get; init; }

    /// <summary>What it is.</summary>
    public string Description { get; init; } = "";

    /// <summary>The version.</summary>
    public string Version { get; init; } = "";

    /// <summary>The format of its file.</summary>
    public string Format { get; init; } = "";

    /// <summary>The template for what is made of it, in base64.</summary>
    public string AppTemplate64 { get; init; } = "";

    /// <summary>The id of its marketplace.</summary>
    public int MarketplaceId { get; init; } = -1;

    /// <summary>The name of its marketplace.</summary>
    public string MarketplaceName { get; init; } = "";

    /// <summary>The state.</summary>
    public MarketplaceAppState State { get; init; }

    /// <summary>What it is.</summary>
    public MarketplaceAppType Type { get; init; }

    /// <summary>What went wrong last, as OpenNebula notes it in <c>TEMPLATE/ERROR</c>.</summary>
    public string? Error => TemplateValue("ERROR");

    static ReadOnlySpan<byte> IModel<MarketplaceApp>.ElementName => "MARKETPLACEAPP"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>MARKETPLACEAPP</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static MarketplaceApp Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<MarketplaceApp>(xml);

    /// <summary>Reads an element of an answer: <c>MARKETPLACEAPP</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static MarketplaceApp ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static MarketplaceApp IModel<MarketplaceApp>.Read(ref ModelReader reader) => Read(ref reader);

    internal static MarketplaceApp Read(ref ModelReader reader) => new(ref reader);
}

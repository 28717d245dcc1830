namespace OneEdge.OpenNebula;

/// <summary>A marketplace.</summary>
public sealed record Marketplace : OwnedObject, IModel<Marketplace>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public Marketplace()
    {
    }

    private Marketplace(ref ModelReader reader)
    {
        int start = reader.Begin();
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("STATE"u8)) State = (MarketplaceState)reader.Int32();
            else if (reader.Is("MARKET_MAD"u8)) Driver = reader.SharedText();
            else if (reader.Is("ZONE_ID"u8)) ZoneId = reader.Int32();
            else if (reader.Is("TOTAL_MB"u8)) TotalMb = reader.Int64();
            else if (reader.Is("FREE_MB"u8)) FreeMb = reader.Int64();
            else if (reader.Is("USED_MB"u8)) UsedMb = reader.Int64();
            else if (reader.Is("MARKETPLACEAPPS"u8)) AppIds = reader.Ids();
            else reader.Skip();
        }

        Raw = Complete(ref reader, start);
    }

    /// <summary>The state.</summary>
    public MarketplaceState State { get; init; }

    /// <summary>The driver.</summary>
    public string Driver { get; init; } = "";

    /// <summary>The zone it was created in.</summary>
    public int ZoneId { get; init; } = -1;

    /// <summary>The space in MiB; 0 before it was first monitored.</summary>
    public long TotalMb { get; init; }

    /// <summary>The free space in MiB.</summary>
    public long FreeMb { get; init; }

    /// <summary>The used space in MiB.</summary>
    public long UsedMb { get; init; }

    /// <summary>The apps in it.</summary>
    public IReadOnlyList<int> AppIds { get; init; } = ModelList<int>.Empty;

    static ReadOnlySpan<byte> IModel<Marketplace>.ElementName => "MARKETPLACE"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>MARKETPLACE</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Marketplace Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<Marketplace>(xml);

    /// <summary>Reads an element of an answer: <c>MARKETPLACE</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Marketplace ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static Marketplace IModel<Marketplace>.Read(ref ModelReader reader) => Read(ref reader);

    internal static Marketplace Read(ref ModelReader reader) => new(ref reader);
}

namespace OneEdge.OpenNebula;

/// <summary>A front-end of a zone.</summary>
public sealed record ZoneServer : IModel<ZoneServer>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public ZoneServer()
    {
    }

    private ZoneServer(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("ID"u8)) Id = reader.Int32();
            else if (reader.Is("NAME"u8)) Name = reader.Text();
            else if (reader.Is("ENDPOINT"u8)) Endpoint = reader.Text();
            else if (reader.Is("STATE"u8)) State = (RaftState)reader.Int32();
            else if (reader.Is("TERM"u8)) Term = reader.Int64();
            else reader.Skip();
        }
    }

    /// <summary>Its number.</summary>
    public int Id { get; init; } = -1;

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its address.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>What it is among the others, where the answer tells.</summary>
    public RaftState? State { get; init; }

    /// <summary>The term of its leader.</summary>
    public long Term { get; init; }

    static ReadOnlySpan<byte> IModel<ZoneServer>.ElementName => "SERVER"u8;

    static ZoneServer IModel<ZoneServer>.Read(ref ModelReader reader) => Read(ref reader);

    internal static ZoneServer Read(ref ModelReader reader) => new(ref reader);
}

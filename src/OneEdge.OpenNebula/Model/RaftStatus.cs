namespace OneEdge.OpenNebula;

/// <summary>What a front-end is among those of its zone.</summary>
public sealed record RaftStatus : IModel<RaftStatus>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public RaftStatus()
    {
    }

    private RaftStatus(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("SERVER_ID"u8)) ServerId = reader.Int32();
            else if (reader.Is("STATE"u8)) State = (RaftState)reader.Int32();
            else if (reader.Is("TERM"u8)) Term = reader.Int64();
            else if (reader.Is("VOTEDFOR"u8)) VotedFor = reader.Int32();
            else if (reader.Is("COMMIT"u8)) Commit = reader.Int64();
            else if (reader.Is("LOG_INDEX"u8)) LogIndex = reader.Int64();
            else if (reader.Is("LOG_TERM"u8)) LogTerm = reader.Int64();
            else if (reader.Is("FEDLOG_INDEX"u8)) FederationLogIndex = reader.Int64();
            else reader.Skip();
        }
    }

    /// <summary>Its number; -1 when it is alone.</summary>
    public int ServerId { get; init; }

    /// <summary>What it is.</summary>
    public RaftState State { get; init; }

    /// <summary>The term of the leader.</summary>
    public long Term { get; init; }

    /// <summary>Whom it voted for, or -1.</summary>
    public int VotedFor { get; init; }

    /// <summary>The last record that is safe.</summary>
    public long Commit { get; init; }

    /// <summary>The last record.</summary>
    public long LogIndex { get; init; }

    /// <summary>The term of the last record.</summary>
    public long LogTerm { get; init; }

    /// <summary>The last record of the federation, or -1.</summary>
    public long FederationLogIndex { get; init; }

    static ReadOnlySpan<byte> IModel<RaftStatus>.ElementName => "RAFT"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>RAFT</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static RaftStatus Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<RaftStatus>(xml);

    /// <summary>Reads an element of an answer: <c>RAFT</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static RaftStatus ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static RaftStatus IModel<RaftStatus>.Read(ref ModelReader reader) => Read(ref reader);

    internal static RaftStatus Read(ref ModelReader reader) => new(ref reader);
}

namespace OneEdge.OpenNebula;

/// <summary>The lock of an object.</summary>
public sealed record ObjectLock
{
    /// <summary>What the lock refuses, as OpenNebula stores it: a lock of level 4 reads back as <see cref="LockLevel.Use"/>.</summary>
    public LockLevel Level { get; init; }

    /// <summary>The id of the user that locked the object.</summary>
    public int OwnerId { get; init; } = -1;

    /// <summary>When it was locked, or last locked again.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The number of the request that locked it.</summary>
    public int RequestId { get; init; } = -1;

    internal static ObjectLock Read(ref ModelReader reader)
    {
        int level = 0, owner = -1, request = -1;
        DateTimeOffset? time = null;
        while (reader.Next())
        {
            if (reader.Is("LOCKED"u8)) level = reader.Int32();
            else if (reader.Is("OWNER"u8)) owner = reader.Int32();
            else if (reader.Is("TIME"u8)) time = reader.Time();
            else if (reader.Is("REQ_ID"u8)) request = reader.Int32();
            else reader.Skip();
        }

        return new ObjectLock { Level = (LockLevel)level, OwnerId = owner, Time = time, RequestId = request };
    }
}

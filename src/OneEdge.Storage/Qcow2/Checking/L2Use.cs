namespace OneEdge.Storage;

/// <summary>How an L2 table is used.</summary>
internal struct L2Use
{
    /// <summary>How many active L1 entries point to it.</summary>
    public ulong Active;

    /// <summary>How many L1 entries of snapshots point to it.</summary>
    public ulong Inactive;

    /// <summary>Which part of the guest it covers, by the first entry that pointed to it.</summary>
    public long Guest;
}

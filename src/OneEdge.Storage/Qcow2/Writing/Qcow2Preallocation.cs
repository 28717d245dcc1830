namespace OneEdge.Storage;

/// <summary>How much of a new image gets a place at once.</summary>
public enum Qcow2Preallocation
{
    /// <summary>Nothing: the file grows as the guest writes.</summary>
    Off,

    /// <summary>Tables: every cluster has a place, but the file has holes there.</summary>
    Metadata,

    /// <summary>Tables and blocks of the file system, which are not written.</summary>
    Falloc,

    /// <summary>Tables and blocks, written with zeroes.</summary>
    Full,
}

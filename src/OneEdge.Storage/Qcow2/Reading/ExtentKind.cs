namespace OneEdge.Storage;

/// <summary>What an image has for a part of the guest.</summary>
internal enum ExtentKind
{
    /// <summary>Nothing: the backing file counts.</summary>
    Unallocated,

    /// <summary>Nothing either, but the rest of the cluster has a place in the file.</summary>
    UnallocatedKept,

    /// <summary>Zeroes, without a place in the file.</summary>
    Zero,

    /// <summary>Zeroes, with a place in the file that is kept for them.</summary>
    ZeroAllocated,

    /// <summary>Data.</summary>
    Data,

    /// <summary>One compressed cluster.</summary>
    Compressed,
}

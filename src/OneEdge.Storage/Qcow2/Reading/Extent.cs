namespace OneEdge.Storage;

/// <summary>A part of the guest that one image treats alike.</summary>
/// <param name="Kind">What the image has there.</param>
/// <param name="Length">How far it goes from the offset that was asked for, in bytes; not necessarily as far as it could.</param>
/// <param name="HostOffset">
/// Where it begins in the file, for what has a place there (<see cref="HasPlace"/>); for <see cref="ExtentKind.Compressed"/> where the stream of the whole
/// cluster begins.
/// </param>
/// <param name="CompressedSize">How many bytes the stream of a compressed cluster may have.</param>
internal readonly record struct Extent(ExtentKind Kind, long Length, long HostOffset = 0, int CompressedSize = 0)
{
    /// <summary>Whether the backing file counts.</summary>
    public bool IsUnallocated => Kind is ExtentKind.Unallocated or ExtentKind.UnallocatedKept;

    /// <summary>Whether there is data.</summary>
    public bool IsData => Kind is ExtentKind.Data or ExtentKind.Compressed;

    /// <summary>Whether it has a place in the file, byte for byte.</summary>
    public bool HasPlace => Kind is ExtentKind.Data or ExtentKind.ZeroAllocated or ExtentKind.UnallocatedKept;
}

namespace OneEdge.Storage;

/// <summary>A part of the guest that one image treats alike.</summary>
/// <param name="Kind">What the image has there.</param>
/// <param name="Length">How far it goes from the offset that was asked for, in bytes; not necessarily as far as it could.</param>
/// <param name="HostOffset">
/// Where it begins in the file, for <see cref="ExtentKind.Data"/> and <see cref="ExtentKind.ZeroAllocated"/>; for <see cref="ExtentKind.Compressed"/> where the stream of
/// the whole cluster begins.
/// </param>
/// <param name="CompressedSize">How many bytes the stream of a compressed cluster may have.</param>
internal readonly record struct Extent(ExtentKind Kind, long Length, long HostOffset = 0, int CompressedSize = 0);

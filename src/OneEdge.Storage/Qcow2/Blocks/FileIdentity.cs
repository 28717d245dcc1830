namespace OneEdge.Storage;

/// <summary>Device and inode of a file: the same for all its names.</summary>
internal readonly record struct FileIdentity(long Device, long Inode);

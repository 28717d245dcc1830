namespace OneEdge.OpenNebula;

/// <summary>The lock of a document as the server shows it. Time and request together are those of one lock call and no other.</summary>
internal sealed record PoolLock(int Level, int OwnerId, long Time, int RequestId);

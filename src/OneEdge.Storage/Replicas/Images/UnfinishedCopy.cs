namespace OneEdge.Storage.Replicas;

/// <summary>A copy to the cache that has not ended, or was cut: the next one who wants the image goes on with it.</summary>
/// <param name="DatastoreId">The image datastore.</param>
/// <param name="Name">The name of the image.</param>
/// <param name="Bytes">The room that it takes, in bytes.</param>
/// <param name="IsBeingCopied">Whether somebody is at it.</param>
public sealed record UnfinishedCopy(int DatastoreId, string Name, long Bytes, bool IsBeingCopied);

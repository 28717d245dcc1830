namespace OneEdge.Storage.Replicas;

/// <summary>An image that stays in the cache although its turn came or it was asked for.</summary>
/// <param name="DatastoreId">The image datastore.</param>
/// <param name="Name">The name of its file.</param>
/// <param name="Use">Why.</param>
public sealed record KeptImage(int DatastoreId, string Name, ImageUse Use);

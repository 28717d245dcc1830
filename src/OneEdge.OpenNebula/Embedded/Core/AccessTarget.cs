namespace OneEdge.OpenNebula.Embedded;

/// <summary>What a right is asked for: an object, or new objects of a kind (<paramref name="Id"/> -1).</summary>
internal readonly record struct AccessTarget(
    ObjectKind Kind, int Id, int Uid, int Gid, CloudPermissions Permissions, CloudLock? Lock, IEnumerable<int> ClusterIds)
{
    /// <summary>Whether rules for all objects, or for those of a cluster, do not count: networks that are reservations.</summary>
    public bool IsBeyondWideRules { get; init; }

    /// <summary>A new object of a caller.</summary>
    public static AccessTarget New(ObjectKind kind, Caller caller) => new(kind, -1, caller.Uid, caller.Gid, default, null, []);

    /// <summary>Every object of a kind: what a pool without owners asks for.</summary>
    public static AccessTarget Every(ObjectKind kind) => new(kind, -1, -1, -1, default, null, []);
}

namespace OneEdge.Config;

/// <summary>What a <see cref="ConfigChange"/> does; the original's commands <c>ins</c>, <c>set</c> and <c>rm</c>.</summary>
public enum ChangeKind
{
    /// <summary>Adds a value (<c>ins</c>).</summary>
    Insert,

    /// <summary>Gives a key a value (<c>set</c>).</summary>
    Set,

    /// <summary>Removes a key, a section or one value (<c>rm</c>).</summary>
    Remove,
}

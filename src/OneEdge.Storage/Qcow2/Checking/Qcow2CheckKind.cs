namespace OneEdge.Storage;

/// <summary>What a check of an image came to; the values are the exit codes of <c>qemu-img check</c>.</summary>
public enum Qcow2CheckKind
{
    /// <summary>Nothing is wrong.</summary>
    Clean = 0,

    /// <summary>The check did not reach all of the image: something could not be read. See <see cref="Qcow2CheckResult.CheckErrors"/>.</summary>
    Failed = 1,

    /// <summary>Metadata contradicts itself; writing to the image may destroy data.</summary>
    Corruptions = 2,

    /// <summary>Clusters are held that nobody uses. This wastes space and does no other harm.</summary>
    Leaks = 3,
}

namespace OneEdge.Storage;

/// <summary>What a flat copy of an image is like.</summary>
public sealed record Qcow2FlattenOptions
{
    /// <summary>The options that apply unless others are given.</summary>
    public static Qcow2FlattenOptions Default { get; } = new();

    /// <summary>The format of the copy.</summary>
    /// <value>qcow2 unless set.</value>
    public DiskImageFormat Format { get; init; } = DiskImageFormat.Qcow2;

    /// <summary>
    /// What a copy in qcow2 is like. <see cref="Qcow2CreateOptions.Overwrites"/> holds for raw copies too. Preallocation is not possible: a copy is as
    /// small as it can be.
    /// </summary>
    public Qcow2CreateOptions Create { get; init; } = Qcow2CreateOptions.Default;

    /// <summary>Whether clusters are compressed where that makes them smaller; for qcow2 only.</summary>
    public bool Compresses { get; init; }

    /// <summary>
    /// The internal snapshot to copy instead of the present state, one of <see cref="DiskImageInfo.Snapshots"/> of the image: <c>qemu-img convert -l</c>. The
    /// copy is as large as the guest's disk was then.
    /// </summary>
    public Qcow2Snapshot? Snapshot { get; init; }

    /// <summary>Whether the copy survives a power failure once the task has ended; <c>qemu-img convert</c> does not wait for that.</summary>
    /// <value>Yes unless set.</value>
    public bool IsDurable { get; init; } = true;

    internal void Validate(string parameter)
    {
        Create.Validate(parameter);
        if (Create.Preallocation != Qcow2Preallocation.Off)
            throw new ArgumentException("A flat copy is as small as it can be; preallocation is not possible.", parameter);
        if (Create.DataFile is not null) throw new ArgumentException("A flat copy stands alone; an external data file is not possible.", parameter);
        if (Compresses && Format != DiskImageFormat.Qcow2) throw new ArgumentException("Only qcow2 images are compressed.", parameter);
    }
}

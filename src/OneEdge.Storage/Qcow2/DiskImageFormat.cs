namespace OneEdge.Storage;

/// <summary>The format of a disk image.</summary>
public enum DiskImageFormat
{
    /// <summary>What the guest sees, byte for byte.</summary>
    Raw,

    /// <summary>qcow2, version 2 or 3.</summary>
    Qcow2,
}

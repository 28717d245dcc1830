namespace OneEdge.OpenNebula;

/// <summary>What an image is for (<c>TYPE</c>).</summary>
/// <remarks>A number that is not here, from a newer server, is kept as it is.</remarks>
public enum ImageType
{
    /// <summary>A disk to boot from.</summary>
    Os = 0,

    /// <summary>A CD, read only.</summary>
    CdRom = 1,

    /// <summary>A disk for data.</summary>
    DataBlock = 2,

    /// <summary>A kernel.</summary>
    Kernel = 3,

    /// <summary>A RAM disk.</summary>
    RamDisk = 4,

    /// <summary>A file for the context of machines.</summary>
    Context = 5,

    /// <summary>A backup of a machine.</summary>
    Backup = 6,

    /// <summary>A file system.</summary>
    FileSystem = 7,
}

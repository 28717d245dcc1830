namespace OneEdge.OpenNebula.Embedded;

/// <summary>What images are, by the numbers of the core.</summary>
internal enum ImageType
{
    Os = 0,
    CdRom = 1,
    Datablock = 2,
    Kernel = 3,
    Ramdisk = 4,
    Context = 5,
    Backup = 6,
}

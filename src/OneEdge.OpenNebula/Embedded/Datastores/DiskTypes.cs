namespace OneEdge.OpenNebula.Embedded;

/// <summary>The kinds of disks, by the numbers of the core (OpenNebula 6.10 source, include/Image.h).</summary>
internal static class DiskTypes
{
    public const int File = 0;
    public const int CdRom = 1;

    private static readonly string[] Names =
        ["FILE", "CDROM", "BLOCK", "RBD", "RBD_CDROM", "GLUSTER", "GLUSTER_CDROM", "SHEEPDOG", "SHEEPDOG_CDROM", "ISCSI"];

    public static string NameOf(int type) => Names[type];

    /// <summary>The number of a name in any case; -1 when there is none.</summary>
    public static int Parse(string name) => Array.IndexOf(Names, name.ToUpperInvariant());

    /// <summary>The number for a CD in a datastore of a kind of disks.</summary>
    public static int OfCd(int type) => NameOf(type) is "RBD" or "SHEEPDOG" or "GLUSTER" ? type + 1 : CdRom;

    public static bool IsCd(int type) => NameOf(type).EndsWith("CDROM", StringComparison.Ordinal);
}

namespace OneEdge.OpenNebula.Embedded;

/// <summary>The names of states and types of images.</summary>
internal static class ImageNames
{
    private static readonly string[] States =
        ["INIT", "READY", "USED", "DISABLED", "LOCKED", "ERROR", "CLONE", "DELETE", "USED_PERS", "LOCKED_USED", "LOCKED_USED_PERS"];

    private static readonly string[] Types = ["OS", "CDROM", "DATABLOCK", "KERNEL", "RAMDISK", "CONTEXT", "BACKUP"];

    public static string Of(ImageType type) => Types[(int)type];

    /// <summary>The type of a name in any case; an empty one is OS.</summary>
    public static ImageType? TypeOf(string? name)
    {
        if (string.IsNullOrEmpty(name)) return ImageType.Os;
        int at = Array.IndexOf(Types, name.ToUpperInvariant());
        return at < 0 ? null : (ImageType)at;
    }

    /// <summary>The state of a name in any case; INIT when there is none.</summary>
    public static ImageState StateOf(string name) => (ImageState)Math.Max(0, Array.IndexOf(States, name.ToUpperInvariant()));

    /// <summary>Whether an image of the type is a disk of machines.</summary>
    public static bool IsDisk(ImageType type) => type is ImageType.Os or ImageType.CdRom or ImageType.DataBlock;
}

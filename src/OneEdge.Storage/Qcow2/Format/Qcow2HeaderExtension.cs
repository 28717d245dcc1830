namespace OneEdge.Storage;

/// <summary>One header extension.</summary>
/// <param name="Type">The type: see <see cref="Qcow2HeaderExtensionType"/>; any other number is one that this library passes over.</param>
/// <param name="Data">The content, without padding.</param>
public sealed record Qcow2HeaderExtension(uint Type, ReadOnlyMemory<byte> Data);

/// <summary>The types of header extensions, as docs/interop/qcow2 of qemu numbers them.</summary>
public static class Qcow2HeaderExtensionType
{
    /// <summary>The format of the backing file.</summary>
    public const uint BackingFormat = 0xE2792ACA;

    /// <summary>Names of features, for messages.</summary>
    public const uint FeatureNames = 0x6803F857;

    /// <summary>The directory of persistent bitmaps.</summary>
    public const uint Bitmaps = 0x23852875;

    /// <summary>Where the LUKS header lies.</summary>
    public const uint FullDiskEncryption = 0x0537BE77;

    /// <summary>The name of the external data file.</summary>
    public const uint ExternalDataFile = 0x44415441;
}

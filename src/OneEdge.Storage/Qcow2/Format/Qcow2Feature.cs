namespace OneEdge.Storage;

/// <summary>Features without which an image cannot be read right. A bit that is not named here makes an image unreadable.</summary>
[Flags]
public enum Qcow2IncompatibleFeatures : long
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Refcounts may be stale: a writer did not close the image. Reading is safe.</summary>
    Dirty = 1 << 0,

    /// <summary>A program found the image damaged; it must not be written.</summary>
    Corrupt = 1 << 1,

    /// <summary>Guest data lies in another file.</summary>
    ExternalDataFile = 1 << 2,

    /// <summary>Compressed clusters are not those of zlib.</summary>
    CompressionType = 1 << 3,

    /// <summary>L2 entries have 128 bits, and clusters 32 subclusters.</summary>
    ExtendedL2 = 1 << 4,
}

/// <summary>Features that a reader may pass over.</summary>
[Flags]
public enum Qcow2CompatibleFeatures : long
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Refcounts are written late; after a crash they must be counted anew.</summary>
    LazyRefcounts = 1 << 0,
}

/// <summary>Features that hold only as long as every writer knows them.</summary>
[Flags]
public enum Qcow2AutoclearFeatures : long
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The bitmaps extension is valid.</summary>
    Bitmaps = 1 << 0,

    /// <summary>The external data file is what the guest sees, byte for byte.</summary>
    RawExternalData = 1 << 1,
}

/// <summary>How clusters are compressed.</summary>
public enum Qcow2CompressionType
{
    /// <summary>Deflate streams without a header.</summary>
    Zlib = 0,

    /// <summary>One zstd frame each.</summary>
    Zstd = 1,
}

/// <summary>How guest data is encrypted.</summary>
public enum Qcow2EncryptionMethod
{
    /// <summary>It is not.</summary>
    None = 0,

    /// <summary>AES in CBC mode; no longer used because it is weak.</summary>
    Aes = 1,

    /// <summary>LUKS.</summary>
    Luks = 2,
}

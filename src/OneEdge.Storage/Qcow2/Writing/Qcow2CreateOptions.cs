using System.Numerics;

namespace OneEdge.Storage;

/// <summary>What a new qcow2 image is like. The defaults are those of <c>qemu-img create</c>.</summary>
public sealed record Qcow2CreateOptions
{
    private const int ExtendedL2MinClusterSize = 16 << 10;

    /// <summary>The options that apply unless others are given.</summary>
    public static Qcow2CreateOptions Default { get; } = new();

    /// <summary>The cluster size in bytes, a power of two from 512 to 2,097,152.</summary>
    /// <value>65,536 unless set.</value>
    public int ClusterSize { get; init; } = 64 << 10;

    /// <summary>The version of the format: 3, or 2 for programs from before 2012 (<c>compat=0.10</c>).</summary>
    /// <value>3 unless set.</value>
    public int Version { get; init; } = 3;

    /// <summary>The width of a refcount in bits, a power of two from 1 to 64; version 2 has 16.</summary>
    /// <value>16 unless set.</value>
    public int RefcountBits { get; init; } = 16;

    /// <summary>Whether writers may write refcounts late. Version 3 only.</summary>
    public bool HasLazyRefcounts { get; init; }

    /// <summary>Whether clusters have 32 subclusters. Version 3 and clusters of at least 16,384 bytes only.</summary>
    public bool HasExtendedL2 { get; init; }

    /// <summary>How clusters are compressed when they are. Version 2 knows zlib alone.</summary>
    public Qcow2CompressionType CompressionType { get; init; }

    /// <summary>How much gets a place at once.</summary>
    /// <value>Nothing unless set. With a backing file other values need <see cref="HasExtendedL2"/>.</value>
    public Qcow2Preallocation Preallocation { get; init; }

    /// <summary>
    /// A raw file beside the image that holds the guest's data (<c>data_file</c>), as the image records it; it is made with the image, as long as the virtual
    /// size, with holes. Version 3 only. A relative name is one of the directory of the image here, but of the working directory of the process for qemu:
    /// give an absolute one where both read it.
    /// </summary>
    /// <value>None unless set: the image holds the data itself.</value>
    public string? DataFile { get; init; }

    /// <summary>
    /// Whether <see cref="DataFile"/> always is what the guest sees, byte for byte (<c>data_file_raw</c>), so that programs may read it as a raw image. All
    /// tables are there from the beginning then, as with <see cref="Qcow2Preallocation.Metadata"/>; a backing file is not possible.
    /// </summary>
    public bool HasRawDataFile { get; init; }

    /// <summary>
    /// Whether a file that is there already is replaced, also as <see cref="DataFile"/>. It keeps its owner, group and permissions; one that another program
    /// has open as an image is not replaced.
    /// </summary>
    public bool Overwrites { get; init; }

    internal Qcow2Preallocation UsedPreallocation =>
        HasRawDataFile && Preallocation == Qcow2Preallocation.Off ? Qcow2Preallocation.Metadata : Preallocation;

    internal int ClusterBits => BitOperations.Log2((uint)ClusterSize);

    internal int RefcountOrder => BitOperations.Log2((uint)RefcountBits);

    internal int L2EntrySize => HasExtendedL2 ? 16 : 8;

    /// <summary>Refuses what no image can be.</summary>
    /// <param name="parameter">How the caller names the options.</param>
    /// <exception cref="ArgumentException">A value is out of its limits, or two contradict each other.</exception>
    internal void Validate(string parameter)
    {
        if (Problem() is { } problem) throw new ArgumentException(problem, parameter);
    }

    private string? Problem()
    {
        if (ClusterSize is < 1 << HeaderFields.MinClusterBits or > 1 << HeaderFields.MaxClusterBits || !BitOperations.IsPow2(ClusterSize))
            return $"A cluster size of {ClusterSize} bytes is not possible; powers of two from 512 to 2097152 are.";
        if (Version is not (2 or 3)) return $"qcow2 version {Version} cannot be written; 2 and 3 can.";
        if (RefcountBits is < 1 or > 64 || !BitOperations.IsPow2(RefcountBits))
            return $"Refcounts of {RefcountBits} bits are not possible; powers of two from 1 to 64 are.";
        if (!Enum.IsDefined(CompressionType)) return $"Compression type {(int)CompressionType} is not known.";
        if (!Enum.IsDefined(Preallocation)) return $"Preallocation {(int)Preallocation} is not known.";
        if (Version == 2 && (RefcountBits != 16 || HasLazyRefcounts || HasExtendedL2 || CompressionType != Qcow2CompressionType.Zlib))
            return "Version 2 has refcounts of 16 bits, and neither lazy refcounts nor extended L2 entries nor zstd; use version 3.";
        if (HasExtendedL2 && ClusterSize < ExtendedL2MinClusterSize)
            return $"Extended L2 entries need clusters of at least {ExtendedL2MinClusterSize} bytes, not {ClusterSize}.";
        return DataFileProblem();
    }

    private string? DataFileProblem()
    {
        if (DataFile is null) return HasRawDataFile ? $"{nameof(HasRawDataFile)} needs a {nameof(DataFile)}." : null;
        if (Version == 2) return "Version 2 has no external data files; use version 3.";
        if (DataFile.Length == 0 || DataFile.Contains('\0', StringComparison.Ordinal)) return "The name of the data file is empty or contains NUL.";
        if (DataFile[^1] == '/') return $"The data file '{DataFile}' is a directory.";
        return BackingNames.Protocol(DataFile) is { } protocol && !Path.IsPathRooted(DataFile)
            ? $"The data file '{DataFile}' is named by the protocol '{protocol}'; only files are possible. Put ./ before it if it is one." : null;
    }
}

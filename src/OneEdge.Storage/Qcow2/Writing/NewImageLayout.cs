using System.Buffers.Binary;
using static OneEdge.Storage.HeaderFields;

namespace OneEdge.Storage;

/// <summary>
/// Where the parts of a new image lie: header, refcount table, first refcount block, L1 table, further refcount blocks, L2 tables, data; everything has
/// one user.
/// Without preallocation this is what <c>qemu-img create</c> makes as long as the refcount table has one cluster.
/// </summary>
internal sealed record NewImageLayout
{
    private const int EntryBytes = 8;

    private NewImageLayout(Qcow2CreateOptions options, long virtualSize) => (Options, VirtualSize) = (options, virtualSize);

    public Qcow2CreateOptions Options { get; }

    public long VirtualSize { get; }

    public int L1Size { get; private init; }

    public long L2Tables { get; private init; }

    public long DataClusters { get; private init; }

    public int RefcountBlocks { get; private init; }

    public int RefcountTableClusters { get; private init; }

    public long L1TableOffset => At(1 + RefcountTableClusters + 1);

    /// <summary>Where the L2 tables begin; data follows them.</summary>
    public long L2Offset => At(RefcountTableClusters + RefcountBlocks + 1 + L1Clusters);

    public long DataOffset => L2Offset + At(L2Tables);

    public long FileLength => RefcountBlocks == 1 && L2Tables == 0 ? L1TableOffset + (L1Size * (long)EntryBytes) : DataOffset + At(InsideClusters);

    // Those in a data file are none of the image.
    private long InsideClusters => Options.DataFile is null ? DataClusters : 0;

    private long L1Clusters => Qcow2Sizes.Divide(L1Size * (long)EntryBytes, Options.ClusterSize);

    /// <summary>Lays out an image.</summary>
    /// <param name="virtualSize">The virtual size, a multiple of 512.</param>
    /// <param name="options">What it is like; valid.</param>
    /// <exception cref="ArgumentException">The size does not fit the clusters.</exception>
    public static NewImageLayout Plan(long virtualSize, Qcow2CreateOptions options)
    {
        long clusters = Qcow2Sizes.Divide(virtualSize, options.ClusterSize), l1Size = L1SizeFor(virtualSize, options);
        bool allocates = options.UsedPreallocation != Qcow2Preallocation.Off;
        var layout = new NewImageLayout(options, virtualSize)
        {
            L1Size = (int)l1Size,
            L2Tables = allocates ? l1Size : 0,
            DataClusters = allocates ? clusters : 0,
        };
        int perBlock = RefcountBlock.Count(options.ClusterSize, options.RefcountOrder);
        long used = 1 + layout.L1Clusters + layout.L2Tables + layout.InsideClusters, blocks = 1, tableClusters = 1;
        // Blocks and table count themselves.
        while (Qcow2Sizes.Divide(used + blocks + tableClusters, perBlock) > blocks
            || Qcow2Sizes.Divide(blocks * EntryBytes, options.ClusterSize) > tableClusters)
        {
            blocks = Qcow2Sizes.Divide(used + blocks + tableClusters, perBlock);
            tableClusters = Qcow2Sizes.Divide(blocks * EntryBytes, options.ClusterSize);
        }

        if (tableClusters * options.ClusterSize > MaxRefcountTableBytes) throw TooBig(virtualSize, options);
        return layout with { RefcountBlocks = (int)blocks, RefcountTableClusters = (int)tableClusters };
    }

    /// <summary>How many entries the L1 table of an image needs.</summary>
    /// <exception cref="ArgumentException">More than an image can have.</exception>
    public static int L1SizeFor(long virtualSize, Qcow2CreateOptions options)
    {
        long size = Qcow2Sizes.Divide(Qcow2Sizes.Divide(virtualSize, options.ClusterSize), options.ClusterSize / options.L2EntrySize);
        return size <= MaxL1Bytes / EntryBytes ? (int)size : throw TooBig(virtualSize, options);
    }

    public byte[] Header(string file, string? backing, DiskImageFormat? format) => new ImageHeader
    {
        Options = Options,
        VirtualSize = VirtualSize,
        L1Size = L1Size,
        L1TableOffset = L1Size == 0 ? 0 : L1TableOffset,
        RefcountTableOffset = Options.ClusterSize,
        RefcountTableClusters = RefcountTableClusters,
        BackingFile = backing,
        BackingFormat = format switch { null => null, DiskImageFormat.Raw => "raw", _ => "qcow2" },
    }.ToBytes(file);

    /// <summary>The tables, piece by piece; what is in no piece is zero.</summary>
    /// <param name="hasBacking">Whether preallocated clusters show the backing file until they are written.</param>
    public IEnumerable<(long Offset, byte[] Bytes)> Tables(bool hasBacking)
    {
        long total = Qcow2Sizes.Divide(FileLength, Options.ClusterSize), perBlock = RefcountBlock.Count(Options.ClusterSize, Options.RefcountOrder);
        byte[] table = new byte[RefcountBlocks * EntryBytes];
        for (int i = 0; i < RefcountBlocks; i++) BinaryPrimitives.WriteInt64BigEndian(table.AsSpan(i * EntryBytes), BlockOffset(i));
        yield return (Options.ClusterSize, table);
        for (int i = 0; i < RefcountBlocks && i * perBlock < total; i++)
            yield return (BlockOffset(i), RefcountBlock.Ones((int)Math.Min(perBlock, total - (i * perBlock)), Options.RefcountOrder));
        if (L2Tables == 0) yield break;

        byte[] l1 = new byte[L1Size * EntryBytes];
        for (int i = 0; i < L1Size; i++) BinaryPrimitives.WriteUInt64BigEndian(l1.AsSpan(i * EntryBytes), TableEntry.Copied | (ulong)(L2Offset + At(i)));
        yield return (L1TableOffset, l1);
        int perTable = Options.ClusterSize / Options.L2EntrySize;
        for (long i = 0; i < L2Tables; i++)
            yield return (L2Offset + At(i), L2(i * perTable, (int)Math.Min(perTable, DataClusters - (i * perTable)), hasBacking));
    }

    private byte[] L2(long first, int count, bool hasBacking)
    {
        byte[] table = new byte[count * Options.L2EntrySize];
        // In a data file each cluster lies where the guest has it.
        long data = Options.DataFile is null ? DataOffset : 0;
        for (int i = 0; i < count; i++)
        {
            Span<byte> entry = table.AsSpan(i * Options.L2EntrySize);
            BinaryPrimitives.WriteUInt64BigEndian(entry, TableEntry.Copied | (ulong)(data + At(first + i)));
            // Subclusters: allocated where nothing else is to be seen.
            if (Options.HasExtendedL2 && !hasBacking) BinaryPrimitives.WriteUInt64BigEndian(entry[8..], uint.MaxValue);
        }

        return table;
    }

    private long BlockOffset(int index) => index == 0 ? At(1 + RefcountTableClusters) : At(1 + RefcountTableClusters + L1Clusters + index);

    private long At(long cluster) => cluster << Options.ClusterBits;

    private static ArgumentException TooBig(long virtualSize, Qcow2CreateOptions options) =>
        new($"A virtual size of {virtualSize} bytes is too big for clusters of {options.ClusterSize}; use larger clusters.", nameof(virtualSize));
}

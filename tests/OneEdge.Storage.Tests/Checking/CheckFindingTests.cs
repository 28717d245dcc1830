namespace OneEdge.Storage.Tests;

/// <summary>Every kind of finding, in an image that qemu made and a few changed bytes; qemu-img judges the counters.</summary>
public sealed class CheckFindingTests
{
    private const long RefcountTable = 0x10000;
    private const long RefcountBlock = 0x20000;
    private const long L1 = 0x30000;
    private const long L2 = 0x40000;
    private const long Data = 0x50000;
    private const ulong Copied = 1UL << 63;
    private const ulong Compressed = 1UL << 62;

    [Fact]
    public async Task Image_that_qemu_made_is_clean()
    {
        using CheckedImage image = CheckedImage.Plain();
        Qcow2CheckResult result = await image.CheckLikeQemu();
        Assert.True(result.IsClean);
        Assert.Empty(result.Findings);
        Assert.Equal((64, 4, 0x90000), (result.TotalClusters, result.AllocatedClusters, result.ImageEndOffset));
    }

    [Theory]
    [InlineData(L2, 0UL, Qcow2CheckFindingKind.LeakedCluster, Data, null)]
    [InlineData(RefcountBlock + 8, 0x0001_0002_0001_0001UL, Qcow2CheckFindingKind.RefcountTooLarge, Data, null)]
    [InlineData(RefcountBlock + 8, 0x0001_0000_0001_0001UL, Qcow2CheckFindingKind.RefcountTooSmall, Data, null)]
    [InlineData(L2, Copied | 0x30000, Qcow2CheckFindingKind.MetadataOverlap, 0x30000L, null)]
    [InlineData(L2, Copied | 0x40000, Qcow2CheckFindingKind.MetadataOverlap, 0x40000L, null)]
    [InlineData(RefcountTable, 0x20001UL, Qcow2CheckFindingKind.RefcountTableReservedBits, RefcountTable, null)]
    [InlineData(RefcountTable, 0x20200UL, Qcow2CheckFindingKind.RefcountBlockUnaligned, RefcountTable, null)]
    [InlineData(RefcountTable, 0x20200UL, Qcow2CheckFindingKind.RefcountUnreadable, 0L, null)]
    [InlineData(RefcountTable, 0xffff_ffff_ffff_0000UL, Qcow2CheckFindingKind.RefcountUnreadable, 0L, null)]
    [InlineData(RefcountTable + 8, 0x7000_0000UL, Qcow2CheckFindingKind.RefcountBlockPastEnd, RefcountTable + 8, null)]
    [InlineData(RefcountTable + 8, 0x20000UL, Qcow2CheckFindingKind.RefcountBlockShared, RefcountTable + 8, null)]
    [InlineData(L2 + 8, Copied | 0x6c0000, Qcow2CheckFindingKind.ReferencePastEnd, L2 + 8, 0x10000L)]
    [InlineData(L1, Copied | 0x4000_0000, Qcow2CheckFindingKind.ReferencePastEnd, L1, 0L)]
    [InlineData(L1, Copied | 0x40001, Qcow2CheckFindingKind.L1ReservedBits, L1, 0L)]
    [InlineData(L1, 0x40000UL, Qcow2CheckFindingKind.L1CopiedFlag, L1, 0L)]
    [InlineData(L1, Copied | 0x40200, Qcow2CheckFindingKind.L2TableUnaligned, L1, 0L)]
    [InlineData(L2 + 128, Copied | 0x80002, Qcow2CheckFindingKind.L2ReservedBits, L2 + 128, 0x100000L)]
    [InlineData(L2 + 128, 0x80000UL, Qcow2CheckFindingKind.L2CopiedFlag, L2 + 128, 0x100000L)]
    [InlineData(L2, Copied | 0x50200, Qcow2CheckFindingKind.DataClusterUnaligned, L2, 0L)]
    [InlineData(L2, Copied | 0x50201, Qcow2CheckFindingKind.ZeroClusterUnaligned, L2, 0L)]
    [InlineData(L2 + 8, Copied | Compressed | 0x60000, Qcow2CheckFindingKind.CompressedCopiedFlag, L2 + 8, 0x10000L)]
    [InlineData(L2 + 8, Compressed | 0x3fff_ffff_ffff_ffff, Qcow2CheckFindingKind.ReferencePastEnd, L2 + 8, 0x10000L)]
    public async Task Changed_entry_is_found(long at, ulong value, Qcow2CheckFindingKind kind, long fileOffset, long? guestOffset)
    {
        using CheckedImage image = CheckedImage.Plain();
        image.Poke64(at, value);
        AssertFound(await image.CheckLikeQemu(), kind, fileOffset, guestOffset);
    }

    [Theory]
    [InlineData(L2 + 8, 0x0000_0001_0000_0001UL, Qcow2CheckFindingKind.SubclusterBitmap, L2)]
    [InlineData(L2 + 0x208, 1UL, Qcow2CheckFindingKind.SubclustersWithoutCluster, L2 + 0x200)]
    [InlineData(L2, Compressed | 0x50000, Qcow2CheckFindingKind.CompressedSubclusters, L2)]
    [InlineData(L2, Copied | 0x50001, null, 0)]
    public async Task Changed_extended_entry_is_found(long at, ulong value, Qcow2CheckFindingKind? kind, long fileOffset)
    {
        using CheckedImage image = CheckedImage.Plain("extended_l2=on");
        image.Poke64(at, value);
        Qcow2CheckResult result = await image.CheckLikeQemu();
        if (kind is { } expected) AssertFound(result, expected, fileOffset, (fileOffset - L2) / 16 * 0x10000);
        else Assert.True(result.IsClean);
    }

    [Fact]
    public async Task Cluster_with_more_references_than_a_refcount_can_tell_is_found()
    {
        using CheckedImage image = CheckedImage.Plain("refcount_bits=1");
        image.Poke64(L2 + 8, Copied | 0x50000);
        image.Poke64(L2 + 16, Copied | 0x50000);
        Qcow2CheckResult result = await image.CheckLikeQemu();
        Assert.Equal(2, result.Findings.Count(f => f is { Kind: Qcow2CheckFindingKind.RefcountOverflow, Value: 0x50000, Count: 1 }));
    }

    [Theory]
    [InlineData("refcount_bits=1")]
    [InlineData("refcount_bits=2")]
    [InlineData("refcount_bits=4")]
    [InlineData("refcount_bits=8")]
    [InlineData("refcount_bits=16")]
    [InlineData("refcount_bits=32")]
    [InlineData("refcount_bits=64")]
    [InlineData("compat=0.10")]
    public async Task Cluster_that_is_used_many_times_is_counted_in_every_width(string options)
    {
        using CheckedImage image = CheckedImage.Create($"cluster_size=4096,{options}", "4M", "write 0 64k");
        long l2 = (long)(image.Peek64((long)image.Peek64(40)) & ~Copied);
        ulong cluster = image.Peek64(l2);
        for (int i = 0; i < 300; i++) image.Poke64(l2 + (8 * i), cluster);
        Qcow2CheckResult result = await image.CheckLikeQemu();
        Assert.Equal(Qcow2CheckKind.Corruptions, result.Kind);
    }

    [Fact]
    public async Task Neighbouring_clusters_with_the_same_fault_are_one_finding()
    {
        using CheckedImage image = CheckedImage.Plain();
        image.Poke(RefcountBlock, new byte[64]);
        Qcow2CheckResult result = await image.CheckLikeQemu();
        Qcow2CheckFinding run = Assert.Single(result.Findings, f => f.Kind == Qcow2CheckFindingKind.RefcountTooSmall);
        Assert.Equal((0, 9), (run.FileOffset, run.Count));
        Assert.Equal("0x0: 9 clusters from here on: the refcount is 0, too small for 1 reference.", run.Message);
    }

    [Fact]
    public async Task Compressed_cluster_beside_a_data_file_is_found()
    {
        using CheckedImage image = CheckedImage.WithDataFile();
        Assert.True((await image.CheckLikeQemu()).IsClean);
        image.Poke64(L2, Compressed | 0x50000);
        AssertFound(await image.CheckLikeQemu(), Qcow2CheckFindingKind.CompressedWithDataFile, L2, 0);
    }

    [Fact]
    public async Task Snapshots_beside_a_data_file_are_found()
    {
        using CheckedImage image = CheckedImage.WithDataFile();
        image.Poke(60, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0x10, 0, 0);
        AssertFound(await image.CheckLikeQemu(), Qcow2CheckFindingKind.SnapshotsWithDataFile, 60, null);
    }

    [Fact]
    public async Task File_of_more_clusters_than_qemu_counts_fails()
    {
        using CheckedImage image = CheckedImage.Create("cluster_size=512", "1M");
        image.SetLength((1L << 31) * 512);
        Qcow2CheckResult result = await image.CheckLikeQemu();
        Assert.Equal(Qcow2CheckFindingKind.TooManyClusters, Assert.Single(result.Findings).Kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(0x8000)]
    [InlineData(0xffff)]
    public async Task Reference_into_a_last_cluster_that_is_cut_off_counts(int cut)
    {
        using CheckedImage image = CheckedImage.Plain();
        image.SetLength(0x90000 - cut);
        Assert.True((await image.CheckLikeQemu()).IsClean);
        // And a compressed cluster may reach into one cluster more, which is then compared too.
        image.Poke64(L2, Compressed | (0x7fUL << 54) | 0x8fe00);
        await image.CheckLikeQemu();
    }

    internal static void AssertFound(Qcow2CheckResult result, Qcow2CheckFindingKind kind, long? fileOffset, long? guestOffset)
    {
        string all = string.Join('\n', result.Findings);
        bool isFound = result.Findings.Any(f => f.Kind == kind && f.FileOffset == fileOffset && f.GuestOffset == guestOffset);
        Assert.True(isFound, $"No {kind} at 0x{fileOffset:x} among:\n{all}");
    }
}

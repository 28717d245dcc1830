namespace OneEdge.Storage.Tests;

/// <summary>Snapshots, bitmaps and encryption in checks; qemu-img judges.</summary>
public sealed class CheckTableTests
{
    [Fact]
    public async Task Flags_are_compared_in_the_active_tables_only()
    {
        using CheckedImage image = WithSnapshots();
        Assert.True((await image.CheckLikeQemu()).IsClean);
    }

    [Fact]
    public async Task Snapshot_entry_without_its_additional_data_is_found()
    {
        using CheckedImage image = WithSnapshots();
        long table = Table(image);
        // What the additional data loses, the name gains, so that the next entry stays in its place.
        image.Poke(table + 36, 0, 0, 0, 8);
        image.Poke(table + 14, 0, 3 + 16);
        CheckFindingTests.AssertFound(await image.CheckLikeQemu(), Qcow2CheckFindingKind.SnapshotIncomplete, table, null);
    }

    [Theory]
    [InlineData(0x80008UL, Qcow2CheckFindingKind.SnapshotL1Unaligned)]
    [InlineData(0x8000_0000_0000_0000UL, Qcow2CheckFindingKind.TableOutOfReach)]
    [InlineData(0x7fff_ffff_ffff_0000UL, Qcow2CheckFindingKind.TableOutOfReach)]
    [InlineData(0x7000_0000_0000_0000UL, Qcow2CheckFindingKind.ReferencePastEnd)]
    public async Task Snapshot_with_its_tables_elsewhere_is_found(ulong l1Offset, Qcow2CheckFindingKind kind)
    {
        using CheckedImage image = WithSnapshots();
        long table = Table(image);
        image.Poke64(table, l1Offset);
        CheckFindingTests.AssertFound(await image.CheckLikeQemu(), kind, table, null);
    }

    [Fact]
    public async Task Snapshot_with_too_large_a_table_is_found()
    {
        using CheckedImage image = WithSnapshots();
        long table = Table(image);
        image.Poke(table + 8, 0, 0x40, 0, 1);
        CheckFindingTests.AssertFound(await image.CheckLikeQemu(), Qcow2CheckFindingKind.SnapshotL1TooLarge, table, null);
    }

    [Fact]
    public async Task Snapshots_that_share_their_tables_count_them_as_often_as_they_are()
    {
        using CheckedImage image = WithSnapshots();
        long table = Table(image);
        long next = table + 72;
        // The second snapshot takes the L1 table of the first, and the first one entry that does not exist.
        image.Poke64(next, image.Peek64(table));
        image.Poke(table + 8, 0, 0, 0, 2);
        Qcow2CheckResult result = await image.CheckLikeQemu();
        Assert.Equal(Qcow2CheckKind.Corruptions, result.Kind);
        Assert.Contains(result.Findings, f => f.Kind == Qcow2CheckFindingKind.RefcountTooSmall && f.References == f.Refcount + 1);
    }

    [Fact]
    public async Task Reserved_bits_in_a_table_of_a_snapshot_are_found()
    {
        using CheckedImage image = WithSnapshots();
        long l1 = (long)image.Peek64(Table(image));
        image.Poke64(l1, image.Peek64(l1) | 1);
        CheckFindingTests.AssertFound(await image.CheckLikeQemu(), Qcow2CheckFindingKind.L1ReservedBits, l1, 0);
    }

    [Fact]
    public async Task Bitmaps_are_counted()
    {
        using CheckedImage image = WithBitmaps();
        Assert.True((await image.CheckLikeQemu()).IsClean);
    }

    [Fact]
    public async Task Table_with_a_wrong_entry_of_a_bitmap_in_use_fails_the_check()
    {
        using CheckedImage image = WithBitmaps();
        (long directory, long table) = Directory(image);
        image.Poke(directory + 12, 0, 0, 0, 1);
        image.Poke64(table, 2);
        CheckFindingTests.AssertFound(await image.CheckLikeQemu(), Qcow2CheckFindingKind.BitmapTableEntry, table, null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Image_with_a_saved_bitmap_that_cannot_be_read_is_refused_as_by_qemu(bool isLength)
    {
        using CheckedImage image = WithBitmaps();
        (long directory, long table) = Directory(image);
        if (isLength) image.Poke(directory + 8, 0, 0, 0, 9);
        else image.Poke64(table, 2);
        Qcow2Exception refused = await Assert.ThrowsAsync<Qcow2Exception>(
            () => DiskImageInfo.ReadAsync(image.File, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(StorageErrorCodes.BitmapDirectory, refused.Code);
        Assert.False(image.QemuOpens());
    }

    [Fact]
    public async Task Bitmap_cluster_behind_the_end_is_found()
    {
        using CheckedImage image = WithBitmaps();
        (_, long table) = Directory(image);
        image.Poke64(table, 0x7000_0000);
        CheckFindingTests.AssertFound(await image.CheckLikeQemu(), Qcow2CheckFindingKind.ReferencePastEnd, table, null);
    }

    [Fact]
    public async Task Bitmap_in_use_may_have_any_length()
    {
        using CheckedImage image = WithBitmaps();
        (long directory, _) = Directory(image);
        image.Poke(directory + 8, 0, 0, 0, 9, 0, 0, 0, 3);
        Assert.True((await image.CheckLikeQemu()).IsClean);
    }

    [Fact]
    public async Task Encrypted_image_is_checked_without_its_key()
    {
        using CheckedImage image = CheckedImage.Encrypted("abc");
        Qcow2CheckResult clean = await image.Check();
        Assert.True(clean.IsClean, string.Join('\n', clean.Findings));
        CheckedImage.AssertSame(clean, image.JudgeWithSecret("abc"));
        // The last cluster of the LUKS header loses its refcount.
        long header = (await DiskImageInfo.ReadAsync(image.File, cancellationToken: TestContext.Current.CancellationToken)).Luks!.PayloadOffset;
        image.Poke((long)(image.Peek64((long)image.Peek64(48)) & ~0x1ffUL) + (2 * ((header >> 16) + 2)), 0, 0);
        Qcow2CheckResult damaged = await image.Check();
        Assert.Equal(Qcow2CheckKind.Corruptions, damaged.Kind);
        CheckedImage.AssertSame(damaged, image.JudgeWithSecret("abc"));
    }

    [Fact]
    public async Task Dirty_image_is_checked()
    {
        using CheckedImage image = CheckedImage.Plain("lazy_refcounts=on");
        image.Poke64(72, 1);
        Assert.True((await image.CheckLikeQemu()).IsClean);
        image.Poke(0x20000 + 10, 0, 0);
        Assert.Equal(Qcow2CheckKind.Corruptions, (await image.CheckLikeQemu()).Kind);
    }

    private static CheckedImage WithSnapshots()
    {
        CheckedImage image = CheckedImage.Plain();
        image.Make("snapshot", "-c", "one", image.File);
        image.Write("write -P 9 0 64k");
        image.Make("snapshot", "-c", "two", image.File);
        image.Write("write -P 8 2M 128k");
        return image;
    }

    private static CheckedImage WithBitmaps()
    {
        CheckedImage image = CheckedImage.Plain();
        image.Make("bitmap", "--add", "-g", "64k", image.File, "b");
        image.Write("write -P 3 3M 64k");
        return image;
    }

    private static long Table(CheckedImage image) => (long)image.Peek64(64);

    // The directory of bitmaps and the first table.
    private static (long Directory, long Table) Directory(CheckedImage image)
    {
        for (long at = 112; at < 4096; at += 8)
        {
            if (image.Peek64(at) >> 32 != Qcow2HeaderExtensionType.Bitmaps) continue;
            long directory = (long)image.Peek64(at + 24);
            return (directory, (long)image.Peek64(directory));
        }

        throw new InvalidOperationException("The image has no bitmaps.");
    }
}

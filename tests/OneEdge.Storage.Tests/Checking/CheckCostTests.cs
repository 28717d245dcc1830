using System.Buffers.Binary;
using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace OneEdge.Storage.Tests;

/// <summary>What a check may cost, however large an image says it is.</summary>
public sealed class CheckCostTests
{
    private const int ClusterSize = 512;
    private const ulong Copied = 1UL << 63;

    [Fact]
    public async Task Snapshots_that_share_a_hole_as_their_largest_table_cost_nothing()
    {
        // 65,536 snapshots, each with an L1 table of 32 MiB in the same hole of 40 MiB.
        const int Count = 65536, EntryBytes = 56;
        byte[] table = new byte[Count * EntryBytes];
        for (int i = 0; i < Count; i++) Snapshot(table.AsSpan(i * EntryBytes), 0x800000 + (i % 1024 * ClusterSize), 4 << 20);
        using TemporaryDirectory directory = new();
        string file = Header(directory, Count, 0x400000);
        using (FileStream stream = File.OpenWrite(file))
        {
            stream.Position = 0x400000;
            stream.Write(table);
            stream.SetLength(0x800000 + (40 << 20));
        }

        Qcow2CheckResult result = await Check(file, Qcow2Limits.Default);
        // One more than a refcount of 16 bits can tell.
        Assert.Equal(65535UL, result.Findings.Max(f => f.References));
        Assert.All(result.Findings.Where(f => f.Kind == Qcow2CheckFindingKind.RefcountOverflow), f => Assert.Equal(1, f.Count));
        Assert.Contains(result.Findings, f => f.Kind == Qcow2CheckFindingKind.RefcountOverflow);
    }

    [Fact]
    public async Task Tables_that_all_point_to_one_table_are_read_once()
    {
        // Every entry of an L1 table of 32 MiB points to one L2 table, whose entries all point to one cluster: 268 million references.
        const int Entries = 4 << 20;
        using TemporaryDirectory directory = new();
        string file = Header(directory, 0, 0, l1Entries: Entries);
        byte[] l1 = new byte[Entries * 8], l2 = new byte[ClusterSize];
        for (int i = 0; i < Entries; i++) BinaryPrimitives.WriteUInt64BigEndian(l1.AsSpan(i * 8), Copied | 0x800);
        for (int i = 0; i < ClusterSize / 8; i++) BinaryPrimitives.WriteUInt64BigEndian(l2.AsSpan(i * 8), Copied | 0xa00);
        using (FileStream stream = File.OpenWrite(file))
        {
            stream.Position = 0x800;
            stream.Write(l2);
            stream.Position = 0x1000;
            stream.Write(l1);
        }

        var clock = Stopwatch.StartNew();
        Qcow2CheckResult result = await Check(file, Qcow2Limits.Default with { MaxItems = 10 });
        HangLimit.AssertNotReached(clock);
        Assert.Equal((long)Entries * (ClusterSize / 8), result.AllocatedClusters);
        Assert.Equal(10, result.Findings.Count);
        Assert.True(result.FindingCount > Entries);
    }

    [Fact]
    public async Task Length_of_a_file_costs_no_memory()
    {
        using TemporaryDirectory directory = new();
        string file = Header(directory, 0, 0);
        using (FileStream stream = File.OpenWrite(file)) stream.SetLength(ClusterSize * ((1L << 31) - 1));
        Qcow2CheckResult result = await Check(file, Qcow2Limits.Default with { MaxCheckBytes = 1 << 20 });
        Assert.Equal(Qcow2CheckKind.Corruptions, result.Kind);
    }

    [Fact]
    public async Task References_all_over_a_large_file_reach_the_limit_of_memory()
    {
        using TemporaryDirectory directory = new();
        string file = Header(directory, 0, 0, l1Entries: 64);
        byte[] l1 = new byte[ClusterSize];
        for (int i = 0; i < 64; i++) BinaryPrimitives.WriteUInt64BigEndian(l1.AsSpan(i * 8), (ulong)(i + 1) << 26);
        using (FileStream stream = File.OpenWrite(file))
        {
            stream.Position = 0x1000;
            stream.Write(l1);
            stream.SetLength(1L << 33);
        }

        Qcow2Exception exceeded = await Assert.ThrowsAsync<Qcow2Exception>(() => Check(file, Qcow2Limits.Default with { MaxCheckBytes = 1 << 20 }));
        Assert.Equal(StorageErrorCodes.LimitExceeded, exceeded.Code);
        Assert.Contains("MaxCheckBytes", exceeded.Message, StringComparison.Ordinal);
        Assert.Equal(Qcow2CheckKind.Corruptions, (await Check(file, Qcow2Limits.Default)).Kind);
    }

    [Fact]
    public async Task Findings_take_no_more_memory_than_allowed_and_are_all_counted()
    {
        using TemporaryDirectory directory = new();
        string file = Header(directory, 0, 0, l1Entries: 64);
        byte[] l1 = new byte[ClusterSize];
        for (int i = 0; i < 64; i++) BinaryPrimitives.WriteUInt64BigEndian(l1.AsSpan(i * 8), 0x7f00_0000_0000_0001);
        using (FileStream stream = File.OpenWrite(file))
        {
            stream.Position = 0x1000;
            stream.Write(l1);
        }

        Qcow2CheckResult result = await Check(file, Qcow2Limits.Default with { MaxCheckBytes = 4000 });
        Assert.InRange(result.Findings.Count, 1, 30);
        Assert.True(result.FindingCount >= 64);
        Assert.True(result.Corruptions >= 64);
    }

    [Fact]
    public async Task Time_that_is_up_ends_a_check()
    {
        using TemporaryDirectory directory = new();
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        var options = new Qcow2OpenOptions { TimeProvider = time, Limits = Qcow2Limits.Default with { MaxDuration = TimeSpan.FromSeconds(1.5) } };
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(Header(directory, 0, 0, l1Entries: 64), options, TestContext.Current.CancellationToken);
        StorageException exceeded = await Assert.ThrowsAsync<StorageException>(() => disk.CheckAsync(TestContext.Current.CancellationToken));
        Assert.Equal(StorageErrorCodes.LimitExceeded, exceeded.Code);
    }

    [Fact]
    public async Task Cancelled_check_ends()
    {
        using TemporaryDirectory directory = new();
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(Header(directory, 0, 0), cancellationToken: TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => disk.CheckAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task File_that_cannot_be_read_fails_the_check()
    {
        using TemporaryDirectory directory = new();
        byte[] bytes = await File.ReadAllBytesAsync(Header(directory, 0, 0), TestContext.Current.CancellationToken);
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(new BrokenSource(bytes), cancellationToken: TestContext.Current.CancellationToken);
        Qcow2CheckResult result = await disk.CheckAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Qcow2CheckKind.Failed, result.Kind);
        Assert.Equal("the file cannot be read: bad sector.", Assert.Single(result.Findings).Message);
    }

    private static async Task<Qcow2CheckResult> Check(string file, Qcow2Limits limits)
    {
        var options = new Qcow2OpenOptions { Limits = limits };
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(file, options, TestContext.Current.CancellationToken);
        return await disk.CheckAsync(TestContext.Current.CancellationToken);
    }

    // An image of version 2 with clusters of 512 bytes: refcount table at 0x200 without blocks, L1 table at 0x1000.
    private static string Header(TemporaryDirectory directory, int snapshots, long snapshotsOffset, int l1Entries = 1)
    {
        byte[] header = new byte[0x2000];
        BinaryPrimitives.WriteUInt32BigEndian(header, 0x514649FB);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(20), 9);
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(24), 32768);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(36), l1Entries);
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(40), 0x1000);
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(48), 0x200);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(56), 1);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(60), snapshots);
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(64), snapshotsOffset);
        return directory.Write("img.qcow2", header);
    }

    private static void Snapshot(Span<byte> entry, long l1Offset, uint l1Size)
    {
        BinaryPrimitives.WriteInt64BigEndian(entry, l1Offset);
        BinaryPrimitives.WriteUInt32BigEndian(entry[8..], l1Size);
        BinaryPrimitives.WriteUInt32BigEndian(entry[36..], 16);
    }

    private sealed class BrokenSource(byte[] bytes) : IBlockSource
    {
        public long Length => bytes.Length;

        public int Read(long offset, Span<byte> buffer)
        {
            if (offset >= 0x200) throw new IOException("bad sector");
            int count = (int)Math.Min(buffer.Length, bytes.Length - offset);
            bytes.AsSpan((int)offset, count).CopyTo(buffer);
            return count;
        }

        public void Dispose()
        {
        }
    }
}

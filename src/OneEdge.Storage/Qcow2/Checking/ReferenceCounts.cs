using System.Runtime.CompilerServices;

namespace OneEdge.Storage;

/// <summary>
/// How many references every cluster of a file has. Memory is taken where references are, not for the size of the file: pages of one byte a cluster, and a
/// table for the few counts that need more. No count exceeds what the refcounts of the image can tell.
/// </summary>
internal sealed class ReferenceCounts
{
    public const int PageBits = 16;

    private const byte Wide = byte.MaxValue;
    private const int WideBytes = 48;
    private readonly byte[]?[] _pages;
    private readonly Dictionary<long, ulong> _wide = [];
    private readonly CheckMemory _memory;
    private readonly ulong _max;
    private readonly ulong _narrowMax;
    private readonly long _capacity;

    /// <summary>Begins with no references.</summary>
    /// <param name="clusters">How many clusters the file has, the last one perhaps cut off.</param>
    /// <param name="refcountBits">The width of refcounts.</param>
    /// <param name="memory">What counting may take.</param>
    public ReferenceCounts(long clusters, int refcountBits, CheckMemory memory)
    {
        // References may reach less than a cluster behind the end, and so into one cluster more.
        (Length, _capacity, _memory) = (clusters, clusters + 1, memory);
        _max = refcountBits == 64 ? ulong.MaxValue : (1UL << refcountBits) - 1;
        _narrowMax = Math.Min(_max, Wide - 1);
        _pages = new byte[((_capacity - 1) >> PageBits) + 1][];
        memory.Take(_pages.Length * 8L);
    }

    /// <summary>How many clusters are compared with refcounts: those of the file, and one more when something reaches into it.</summary>
    public long Length { get; private set; }

    public ulong this[long cluster]
    {
        get
        {
            byte[]? page = _pages[cluster >> PageBits];
            byte count = page is null ? (byte)0 : page[cluster & ((1 << PageBits) - 1)];
            return count == Wide ? _wide[cluster] : count;
        }
    }

    /// <summary>Adds references where that is no more than an addition: the way that nearly all of them go.</summary>
    /// <param name="cluster">A cluster below <see cref="Length"/>.</param>
    /// <param name="references">How many references.</param>
    /// <returns>Whether they are added; if not, <see cref="Add"/> does it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(long cluster, ulong references)
    {
        byte[]? page = _pages[cluster >> PageBits];
        if (page is null) return false;
        ref byte count = ref page[cluster & ((1 << PageBits) - 1)];
        ulong after = count + references;
        if (after > _narrowMax) return false;
        count = (byte)after;
        return true;
    }

    /// <summary>Adds references.</summary>
    /// <returns>How many of them the refcounts of the image cannot tell; they are not added.</returns>
    public ulong Add(long cluster, ulong references)
    {
        byte[] page = _pages[cluster >> PageBits] ?? NewPage(cluster >> PageBits);
        ref byte count = ref page[cluster & ((1 << PageBits) - 1)];
        ulong before = count == Wide ? _wide[cluster] : count;
        ulong after = references > _max - before ? _max : before + references;
        if (after < Wide) count = (byte)after;
        else SetWide(cluster, ref count, after);
        if (cluster >= Length) Length = cluster + 1;
        return references - (after - before);
    }

    /// <summary>The counts of some clusters of one page, where 255 means 255 or more; empty when none of the page has any.</summary>
    public ReadOnlySpan<byte> Counts(long cluster, int length)
    {
        byte[]? page = _pages[cluster >> PageBits];
        return page is null ? [] : page.AsSpan((int)(cluster & ((1 << PageBits) - 1)), length);
    }

    private void SetWide(long cluster, ref byte count, ulong value)
    {
        if (count != Wide) _memory.Take(WideBytes);
        count = Wide;
        _wide[cluster] = value;
    }

    private byte[] NewPage(long index)
    {
        int length = (int)Math.Min(1L << PageBits, _capacity - (index << PageBits));
        _memory.Take(length);
        return _pages[index] = new byte[length];
    }
}

using System.Runtime.InteropServices;

namespace OneEdge.Storage;

/// <summary>Goes through tables of 64-bit entries, over holes and zeroes quickly.</summary>
internal sealed class TableScan(CheckSource source, OperationBudget budget)
{
    private const int ChunkBytes = 64 << 10;
    private readonly byte[] _chunk = GC.AllocateUninitializedArray<byte>(ChunkBytes);

    /// <summary>What is done with an entry that is not zero.</summary>
    /// <param name="at">Where it lies in the file.</param>
    /// <param name="entry">The entry.</param>
    public delegate void Visitor(long at, ulong entry);

    /// <summary>Visits the entries of a part of the file.</summary>
    /// <param name="start">Where the part begins, at an entry.</param>
    /// <param name="end">Where it ends, behind an entry.</param>
    /// <param name="visit">Called for every entry that is not zero.</param>
    public void Visit(long start, long end, Visitor visit)
    {
        end = Math.Min(end, source.Length);
        while (start < end)
        {
            budget.Check();
            long data = source.SkipHole(start);
            if (data >= end) return;
            start = data & ~(TableWord.Bytes - 1L);
            Span<byte> chunk = _chunk.AsSpan(0, (int)Math.Min(ChunkBytes, end - start));
            if (source.TryRead(start, chunk)) VisitWords(MemoryMarshal.Cast<byte, ulong>(chunk), start, visit);
            start += chunk.Length;
        }
    }

    /// <summary>Visits entries that are already in memory.</summary>
    /// <param name="words">The entries, as they are stored.</param>
    /// <param name="start">Where they lie in the file.</param>
    /// <param name="visit">Called for every entry that is not zero.</param>
    public static void VisitWords(ReadOnlySpan<ulong> words, long start, Visitor visit)
    {
        for (int i = 0; i < words.Length; i++)
        {
            int skipped = words[i..].IndexOfAnyExcept(0UL);
            if (skipped < 0) return;
            i += skipped;
            visit(start + ((long)i * TableWord.Bytes), TableWord.ToHost(words[i]));
        }
    }
}

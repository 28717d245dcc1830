using System.Numerics;

namespace OneEdge.Storage;

/// <summary>The literals and matches of one deflate block, and its two codes (RFC 1951, 3.2.4 to 3.2.7).</summary>
internal sealed class DeflateBlock
{
    private const int Capacity = 16 << 10;
    private const int EndOfBlock = 256;
    private const int LengthSymbols = 286;
    private const int DistanceSymbols = 30;
    private const int MaxStored = 65535;

    private static readonly byte[] LengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly ushort[] _values = new ushort[Capacity];
    private readonly ushort[] _distances = new ushort[Capacity];
    private readonly int[] _lengthCounts = new int[LengthSymbols];
    private readonly int[] _distanceCounts = new int[DistanceSymbols];
    private readonly PrefixCode _lengths = new(LengthSymbols, 15);
    private readonly PrefixCode _offsets = new(DistanceSymbols, 15);
    private readonly PrefixCode _codeLengths = new(LengthOrder.Length, 7);
    private readonly List<(byte Symbol, byte Extra, byte Bits)> _packedLengths = [];
    private int _count;

    // A match may be given up for a longer one again and again, each time for one byte; only then the block can end.
    public bool IsFull => _count >= Capacity - 300;

    public void Begin()
    {
        _count = 0;
        Array.Clear(_lengthCounts);
        Array.Clear(_distanceCounts);
    }

    public void Add(byte literal)
    {
        (_values[_count], _distances[_count++]) = (literal, 0);
        _lengthCounts[literal]++;
    }

    public void Add(int length, int distance)
    {
        (_values[_count], _distances[_count++]) = ((ushort)length, (ushort)distance);
        _lengthCounts[LengthSymbol(length, out _, out _)]++;
        _distanceCounts[DistanceSymbol(distance, out _, out _)]++;
    }

    /// <summary>Writes the block and begins the next one.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="input">The bytes that the block stands for.</param>
    /// <param name="isLast">Whether it is the last one of the stream.</param>
    public void Write(ref DeflateWriter writer, ReadOnlySpan<byte> input, bool isLast)
    {
        _lengthCounts[EndOfBlock] = 1;
        // A code needs a symbol, even one that does not occur.
        if (!_distanceCounts.AsSpan().ContainsAnyExcept(0)) _distanceCounts[0] = 1;
        _lengths.Build(_lengthCounts);
        _offsets.Build(_distanceCounts);
        PackLengths();
        if (input.Length <= MaxStored && Bits() > (input.Length + 5L) * 8) WriteStored(ref writer, input, isLast);
        else WriteCoded(ref writer, isLast);
        Begin();
    }

    private static int LengthSymbol(int length, out int extra, out int bits)
    {
        (extra, bits) = (0, 0);
        if (length == 258) return 285;
        int value = length - 3;
        if (value < 8) return 257 + value;
        bits = BitOperations.Log2((uint)value) - 2;
        extra = value & ((1 << bits) - 1);
        return 257 + (bits << 2) + (value >> bits);
    }

    private static int DistanceSymbol(int distance, out int extra, out int bits)
    {
        (extra, bits) = (0, 0);
        int value = distance - 1;
        if (value < 4) return value;
        bits = BitOperations.Log2((uint)value) - 1;
        extra = value & ((1 << bits) - 1);
        return (bits << 1) + (value >> bits);
    }

    private static int Used(ReadOnlySpan<byte> lengths, int least)
    {
        int used = lengths.Length;
        while (used > least && lengths[used - 1] == 0) used--;
        return used;
    }

    private static void WriteStored(ref DeflateWriter writer, ReadOnlySpan<byte> input, bool isLast)
    {
        writer.Write(isLast ? 1u : 0, 3);
        writer.Align();
        writer.Write((uint)input.Length, 16);
        writer.Write((uint)input.Length ^ 0xFFFF, 16);
        writer.Write(input);
    }

    private long Bits()
    {
        long bits = 3 + 14 + (LengthOrder.Length * 3);
        foreach ((byte symbol, _, byte extra) in _packedLengths) bits += _codeLengths.Lengths[symbol] + extra;
        for (int symbol = 0; symbol < LengthSymbols; symbol++)
            bits += (long)_lengthCounts[symbol] * (_lengths.Lengths[symbol] + (symbol is >= 265 and < 285 ? (symbol - 261) >> 2 : 0));
        for (int symbol = 0; symbol < DistanceSymbols; symbol++)
            bits += (long)_distanceCounts[symbol] * (_offsets.Lengths[symbol] + (symbol >= 4 ? (symbol - 2) >> 1 : 0));
        return bits;
    }

    // The lengths of the words of both codes one after the other, repetitions told in short.
    private void PackLengths()
    {
        ReadOnlySpan<byte> all = [.. _lengths.Lengths[..Used(_lengths.Lengths, 257)], .. _offsets.Lengths[..Used(_offsets.Lengths, 1)]];
        Span<int> counts = stackalloc int[LengthOrder.Length];
        counts.Clear();
        _packedLengths.Clear();
        for (int i = 0; i < all.Length;)
        {
            int run = 1;
            while (i + run < all.Length && all[i + run] == all[i]) run++;
            (byte Symbol, byte Extra, byte Bits) item = (all[i], 0, 0);
            if (all[i] == 0 && run >= 11) item = (18, (byte)((run = Math.Min(run, 138)) - 11), 7);
            else if (all[i] == 0 && run >= 3) item = (17, (byte)(run - 3), 3);
            else if (i > 0 && all[i] == all[i - 1] && run >= 3) item = (16, (byte)((run = Math.Min(run, 6)) - 3), 2);
            else run = 1;
            _packedLengths.Add(item);
            counts[item.Symbol]++;
            i += run;
        }

        // This code must be complete: two symbols at least.
        if (counts.Count(0) == counts.Length - 1) counts[counts[0] == 0 ? 0 : 1]++;
        _codeLengths.Build(counts);
    }

    private void WriteCoded(ref DeflateWriter writer, bool isLast)
    {
        writer.Write((isLast ? 1u : 0) | (2 << 1), 3);
        int order = LengthOrder.Length;
        while (order > 4 && _codeLengths.Lengths[LengthOrder[order - 1]] == 0) order--;
        writer.Write((uint)(Used(_lengths.Lengths, 257) - 257), 5);
        writer.Write((uint)(Used(_offsets.Lengths, 1) - 1), 5);
        writer.Write((uint)(order - 4), 4);
        for (int i = 0; i < order; i++) writer.Write(_codeLengths.Lengths[LengthOrder[i]], 3);
        foreach ((byte symbol, byte extra, byte bits) in _packedLengths)
        {
            _codeLengths.Write(ref writer, symbol);
            writer.Write(extra, bits);
        }

        for (int i = 0; i < _count && !writer.IsFull; i++)
        {
            if (_distances[i] == 0)
            {
                _lengths.Write(ref writer, _values[i]);
                continue;
            }

            _lengths.Write(ref writer, LengthSymbol(_values[i], out int extra, out int bits));
            writer.Write((uint)extra, bits);
            _offsets.Write(ref writer, DistanceSymbol(_distances[i], out extra, out bits));
            writer.Write((uint)extra, bits);
        }

        _lengths.Write(ref writer, EndOfBlock);
    }
}

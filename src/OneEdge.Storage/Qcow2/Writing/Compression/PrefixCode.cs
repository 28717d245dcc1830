namespace OneEdge.Storage;

/// <summary>A prefix code made from how often its symbols occur, with a limit for the length of code words (RFC 1951, 3.2.2).</summary>
internal sealed class PrefixCode(int symbols, int maxLength)
{
    private readonly byte[] _lengths = new byte[symbols];
    private readonly uint[] _words = new uint[symbols];
    private readonly long[] _keys = new long[symbols];
    private readonly long[] _weights = new long[symbols * 2];
    private readonly int[] _parents = new int[symbols * 2];

    public ReadOnlySpan<byte> Lengths => _lengths;

    public void Write(ref DeflateWriter writer, int symbol) => writer.Write(_words[symbol], _lengths[symbol]);

    /// <summary>Makes the code.</summary>
    /// <param name="counts">How often each symbol occurs; one at least does.</param>
    public void Build(ReadOnlySpan<int> counts)
    {
        int used = 0;
        Array.Clear(_lengths);
        for (int symbol = 0; symbol < counts.Length; symbol++)
            if (counts[symbol] > 0) _keys[used++] = ((long)counts[symbol] << 16) | (uint)symbol;
        Array.Sort(_keys, 0, used);
        Span<int> perLength = stackalloc int[maxLength + 1];
        CountLengths(used, perLength);
        // The rarest symbols get the longest words.
        int next = 0;
        for (int length = maxLength; length > 0; length--)
            for (int i = 0; i < perLength[length]; i++) _lengths[(int)(_keys[next++] & 0xFFFF)] = (byte)length;
        AssignWords(perLength);
    }

    // Joins the two lightest nodes again and again; leaves and joined nodes are both in the order of their weights.
    private void CountLengths(int used, Span<int> perLength)
    {
        perLength.Clear();
        if (used == 1)
        {
            perLength[1] = 1;
            return;
        }

        for (int i = 0; i < used; i++) _weights[i] = _keys[i] >> 16;
        int leaf = 0, joined = used, end = (2 * used) - 1;
        for (int node = used; node < end; node++)
        {
            _weights[node] = 0;
            for (int child = 0; child < 2; child++)
            {
                int lightest = leaf < used && (joined == node || _weights[leaf] <= _weights[joined]) ? leaf++ : joined++;
                _weights[node] += _weights[lightest];
                _parents[lightest] = node;
            }
        }

        // From the root down, the weight of a node becomes its depth.
        _weights[end - 1] = 0;
        for (int node = end - 2; node >= 0; node--)
        {
            _weights[node] = _weights[_parents[node]] + 1;
            if (node < used) perLength[(int)Math.Min(_weights[node], maxLength)]++;
        }

        Shorten(perLength);
    }

    // Words that were cut to the limit take too much room; longer words for others make up for it.
    private void Shorten(Span<int> perLength)
    {
        long room = 0;
        for (int length = 1; length <= maxLength; length++) room += (long)perLength[length] << (maxLength - length);
        for (; room > 1L << maxLength; room--)
        {
            int length = maxLength - 1;
            while (perLength[length] == 0) length--;
            perLength[length]--;
            perLength[length + 1] += 2;
            perLength[maxLength]--;
        }
    }

    private void AssignWords(ReadOnlySpan<int> perLength)
    {
        Span<uint> next = stackalloc uint[maxLength + 2];
        next.Clear();
        for (int length = 1; length <= maxLength; length++) next[length + 1] = (next[length] + (uint)perLength[length]) << 1;
        for (int symbol = 0; symbol < symbols; symbol++)
        {
            int length = _lengths[symbol];
            if (length > 0) _words[symbol] = Reverse(next[length]++, length);
        }
    }

    private static uint Reverse(uint word, int length)
    {
        uint reversed = 0;
        for (int i = 0; i < length; i++, word >>= 1) reversed = (reversed << 1) | (word & 1);
        return reversed;
    }
}

using System.Buffers.Binary;
using System.Numerics;

namespace OneEdge.Storage;

/// <summary>
/// Writes raw deflate streams (RFC 1951) that look back 4 KiB at most, which is what qemu reads: the base library has no say in how far its streams look back.
/// </summary>
internal sealed class DeflateEncoder
{
    private const int Window = 4096;
    private const int HashBits = 13;
    private const int MinMatch = 3;
    private const int MaxMatch = 258;
    private const int GoodMatch = 32;
    private const int MaxTries = 24;

    private readonly int[] _heads = new int[1 << HashBits];
    private readonly int[] _previous = new int[Window];
    private readonly DeflateBlock _block = new();

    /// <summary>Compresses bytes.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="target">Receives the stream.</param>
    /// <returns>The length of the stream; 0 when it does not fit.</returns>
    public int Encode(ReadOnlySpan<byte> input, Span<byte> target)
    {
        Array.Fill(_heads, -1);
        _block.Begin();
        var writer = new DeflateWriter(target);
        int position = 0, heldLength = 0, heldDistance = 0, blockStart = 0;
        while (position < input.Length && !writer.IsFull)
        {
            int length = Find(input, position, heldLength, out int distance);
            // A match is taken only when the next byte does not begin a longer one.
            if (heldLength >= MinMatch && length <= heldLength)
            {
                _block.Add(heldLength, heldDistance);
                for (int end = position - 1 + heldLength; position < end; position++) Insert(input, position);
                heldLength = 0;
            }
            else
            {
                if (heldLength >= MinMatch) _block.Add(input[position - 1]);
                Insert(input, position);
                if (length >= MinMatch) (heldLength, heldDistance) = (length, distance);
                else
                {
                    _block.Add(input[position]);
                    heldLength = 0;
                }

                position++;
            }

            if (!_block.IsFull || heldLength > 0) continue;
            _block.Write(ref writer, input[blockStart..position], isLast: false);
            blockStart = position;
        }

        _block.Write(ref writer, input[blockStart..], isLast: true);
        return writer.Finish();
    }

    private static int Hash(ReadOnlySpan<byte> input, int position) =>
        (int)((((uint)input[position] | ((uint)input[position + 1] << 8) | ((uint)input[position + 2] << 16)) * 2654435761u) >> (32 - HashBits));

    private static int MatchLength(ReadOnlySpan<byte> input, int one, int other, int limit)
    {
        int length = 0;
        for (; length + 8 <= limit; length += 8)
        {
            ulong difference = BinaryPrimitives.ReadUInt64LittleEndian(input[(one + length)..])
                ^ BinaryPrimitives.ReadUInt64LittleEndian(input[(other + length)..]);
            if (difference != 0) return length + (BitOperations.TrailingZeroCount(difference) >> 3);
        }

        while (length < limit && input[one + length] == input[other + length]) length++;
        return length;
    }

    private void Insert(ReadOnlySpan<byte> input, int position)
    {
        if (position + MinMatch > input.Length) return;
        ref int head = ref _heads[Hash(input, position)];
        _previous[position & (Window - 1)] = head;
        head = position;
    }

    // The longest match within the window that is longer than what is held.
    private int Find(ReadOnlySpan<byte> input, int position, int held, out int distance)
    {
        distance = 0;
        int limit = Math.Min(MaxMatch, input.Length - position), best = Math.Max(held, MinMatch - 1);
        if (limit < MinMatch || best >= limit) return 0;
        int candidate = _heads[Hash(input, position)];
        for (int tries = held >= GoodMatch ? MaxTries / 4 : MaxTries; tries > 0 && candidate >= 0 && position - candidate < Window; tries--)
        {
            if (input[candidate + best] == input[position + best])
            {
                int length = MatchLength(input, candidate, position, limit);
                if (length > best)
                {
                    (best, distance) = (length, position - candidate);
                    if (length == limit) break;
                }
            }

            int next = _previous[candidate & (Window - 1)];
            // The place was taken by a later position.
            if (next >= candidate) break;
            candidate = next;
        }

        return distance > 0 ? best : 0;
    }
}

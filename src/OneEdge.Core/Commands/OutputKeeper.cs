using System.Buffers;
using System.Text;

namespace OneEdge.Commands;

/// <summary>Keeps the first and the last bytes of a stream; its size does not grow with the stream.</summary>
internal sealed class OutputKeeper(int limit)
{
    private readonly ArrayBufferWriter<byte> _head = new();
    private readonly int _headLimit = limit / 2;
    private readonly int _tailLimit = limit - (limit / 2);
    private byte[] _tail = [];
    private int _tailStart;
    private int _tailLength;
    private long _dropped;

    internal bool IsTruncated => _dropped > 0;

    internal void Add(ReadOnlySpan<byte> bytes)
    {
        int toHead = Math.Min(_headLimit - _head.WrittenCount, bytes.Length);
        _head.Write(bytes[..toHead]);
        AddToTail(bytes[toHead..]);
    }

    internal string ToText(SecretMask? mask)
    {
        byte[] tail = new byte[_tailLength];
        for (int i = 0; i < tail.Length; i++) tail[i] = _tail[(_tailStart + i) % _tail.Length];
        if (!IsTruncated)
        {
            string whole = Encoding.UTF8.GetString([.. _head.WrittenSpan, .. tail]);
            return mask?.Apply(whole) ?? whole;
        }

        // No more than a part of a character is lost at the cut.
        string first = Encoding.UTF8.GetString(_head.WrittenSpan).TrimEnd('\uFFFD');
        string last = Encoding.UTF8.GetString(tail).TrimStart('\uFFFD');
        string gap = FormattableString.Invariant($"\n[{_dropped} bytes left out]\n");
        return mask is null ? first + gap + last : mask.ApplyToHead(first) + gap + mask.ApplyToTail(last);
    }

    private void AddToTail(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _tailLimit)
        {
            _dropped += bytes.Length - _tailLimit;
            bytes = bytes[^_tailLimit..];
        }

        if (bytes.IsEmpty) return;
        EnsureTail(_tailLength + bytes.Length);
        int overflow = Math.Max(0, _tailLength + bytes.Length - _tailLimit);
        _dropped += overflow;
        _tailStart = (_tailStart + overflow) % _tail.Length;
        _tailLength -= overflow;
        int end = (_tailStart + _tailLength) % _tail.Length;
        int upToEnd = Math.Min(bytes.Length, _tail.Length - end);
        bytes[..upToEnd].CopyTo(_tail.AsSpan(end));
        bytes[upToEnd..].CopyTo(_tail);
        _tailLength += bytes.Length;
    }

    private void EnsureTail(int needed)
    {
        needed = Math.Min(needed, _tailLimit);
        if (_tail.Length >= needed) return;
        // The ring wraps only at its full size, so what is there lies at the beginning.
        Array.Resize(ref _tail, Math.Min(_tailLimit, Math.Max(needed, 2 * _tail.Length)));
    }
}

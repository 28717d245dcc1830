namespace OneEdge.Storage;

/// <summary>Appends bits to a buffer, the least significant first (RFC 1951, 3.1.1).</summary>
internal ref struct DeflateWriter(Span<byte> target)
{
    private readonly Span<byte> _target = target;
    private ulong _bits;
    private int _count;
    private int _length;

    /// <summary>Whether something did not fit.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Appends bits.</summary>
    /// <param name="value">The bits; nothing above them.</param>
    /// <param name="count">How many, at most 32.</param>
    public void Write(uint value, int count)
    {
        _bits |= (ulong)value << _count;
        _count += count;
        while (_count >= 8) WriteByte();
    }

    /// <summary>Fills the last byte up with zeroes.</summary>
    public void Align()
    {
        if (_count == 0) return;
        _count = 8;
        WriteByte();
    }

    /// <summary>Appends bytes; the last byte is full.</summary>
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _target.Length - _length)
        {
            IsFull = true;
            return;
        }

        bytes.CopyTo(_target[_length..]);
        _length += bytes.Length;
    }

    /// <summary>Ends the stream.</summary>
    /// <returns>Its length; 0 when it did not fit.</returns>
    public int Finish()
    {
        Align();
        return IsFull ? 0 : _length;
    }

    private void WriteByte()
    {
        if (_length < _target.Length) _target[_length++] = (byte)_bits;
        else IsFull = true;
        _bits >>= 8;
        _count -= 8;
    }
}

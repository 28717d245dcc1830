using System.Buffers;
using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>A text that grows in an array of the shared pool, for one thread; <see cref="Return"/> gives the array back.</summary>
internal sealed class PooledText
{
    private const int FirstCapacity = 1024;
    private const int MaxDigits = 20;

    private char[] _chars = ArrayPool<char>.Shared.Rent(FirstCapacity);
    private int _length;

    public PooledText Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _chars.Length - _length) Grow(text.Length);
        text.CopyTo(_chars.AsSpan(_length));
        _length += text.Length;
        return this;
    }

    public PooledText Append(char character) => Append([character]);

    public PooledText Append(long number)
    {
        Span<char> digits = stackalloc char[MaxDigits];
        number.TryFormat(digits, out int count, default, CultureInfo.InvariantCulture);
        return Append(digits[..count]);
    }

    public override string ToString() => new(_chars, 0, _length);

    /// <summary>Ends the text.</summary>
    public void Return()
    {
        ArrayPool<char>.Shared.Return(_chars);
        (_chars, _length) = ([], 0);
    }

    private void Grow(int more)
    {
        char[] larger = ArrayPool<char>.Shared.Rent(checked(Math.Max(_length + more, _chars.Length * 2)));
        _chars.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_chars);
        _chars = larger;
    }
}

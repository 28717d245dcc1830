using System.Text;

namespace OneEdge.Config.Formats;

/// <summary>A growing run of bytes that is used again and again.</summary>
internal sealed class YamlBytes
{
    private byte[] _bytes = new byte[64];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Add(ReadOnlySpan<byte> more)
    {
        if (Length + more.Length > _bytes.Length) System.Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + more.Length));
        more.CopyTo(_bytes.AsSpan(Length));
        Length += more.Length;
    }

    public void Add(Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        Add(bytes[..rune.EncodeToUtf8(bytes)]);
    }

    public override string ToString() => Encoding.UTF8.GetString(Span);
}

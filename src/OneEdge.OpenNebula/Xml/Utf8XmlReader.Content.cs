using System.Buffers.Text;
using System.Text;

namespace OneEdge.OpenNebula.Xml;

/// <content>The content of elements, for those who know which they expect.</content>
internal ref partial struct Utf8XmlReader
{
    /// <summary>Goes to the start of the next child of the element that was entered; texts between children are passed over.</summary>
    /// <returns><see langword="false"/> when the reader stands on the end of that element.</returns>
    public bool ReadToChild()
    {
        while (Read())
        {
            if (Kind == XmlTokenKind.StartElement) return true;
            if (Kind == XmlTokenKind.EndElement) return false;
        }

        return false;
    }

    /// <summary>From the start of an element to its end.</summary>
    public void SkipElement()
    {
        int depth = Depth;
        while (Kind != XmlTokenKind.EndElement || Depth != depth) Read();
    }

    /// <summary>From the start of an element to its end.</summary>
    /// <returns>The text of the element, valid until the next call; an element inside is an error.</returns>
    public ReadOnlySpan<byte> ReadContent()
    {
        Read();
        if (Kind == XmlTokenKind.EndElement) return default;
        ExpectText();
        ReadOnlySpan<byte> text = RawText;
        bool isCData = _isCData;
        int offset = _tokenStart;
        Read();
        if (Kind == XmlTokenKind.EndElement && !XmlTextDecoder.IsEncoded(text, isCData)) return text;
        return Join(text, isCData, offset);
    }

    /// <inheritdoc cref="ReadContent"/>
    public string ReadString() => Encoding.UTF8.GetString(ReadContent());

    /// <summary>From the start of an element to its end.</summary>
    /// <returns>The number that is the text of the element.</returns>
    public int ReadInt32()
    {
        int offset = _tokenStart;
        ReadOnlySpan<byte> text = ReadContent();
        if (!Utf8Parser.TryParse(text, out int value, out int consumed) || consumed != text.Length)
            XmlFailure.Malformed(offset, "the text of the element is not a number of 32 bits");
        return value;
    }

    /// <inheritdoc cref="ReadInt32"/>
    public long ReadInt64()
    {
        int offset = _tokenStart;
        ReadOnlySpan<byte> text = ReadContent();
        if (!Utf8Parser.TryParse(text, out long value, out int consumed) || consumed != text.Length)
            XmlFailure.Malformed(offset, "the text of the element is not a number of 64 bits");
        return value;
    }

    private ReadOnlySpan<byte> Join(ReadOnlySpan<byte> text, bool isCData, int offset)
    {
        byte[] joined = Scratch(text.Length);
        int length = XmlTextDecoder.Decode(text, isCData, joined, offset);
        while (Kind != XmlTokenKind.EndElement)
        {
            ExpectText();
            if (joined.Length - length < _tokenLength)
            {
                byte[] larger = Scratch(Math.Max(joined.Length * 2, length + _tokenLength));
                joined.AsSpan(0, length).CopyTo(larger);
                joined = larger;
            }

            length += XmlTextDecoder.Decode(RawText, _isCData, joined.AsSpan(length), _tokenStart);
            Read();
        }

        return joined.AsSpan(0, length);
    }

    private byte[] Scratch(int length)
    {
        if (_scratch is null || _scratch.Length < length) _scratch = new byte[Math.Max(length, 256)];
        return _scratch;
    }

    private readonly void ExpectText()
    {
        if (Kind != XmlTokenKind.Text) XmlFailure.Malformed(_tokenStart, "an element where a text was expected");
    }
}

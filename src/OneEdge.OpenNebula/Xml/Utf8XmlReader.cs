using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula.Xml;

/// <summary>
/// Reads XML in UTF-8, forwards and without copies. It knows no document types and no entities but the five of XML, so that nothing
/// a server sends can make it grow or reach out; it checks everything else that makes a text well-formed, attributes included, and
/// passes over what OpenNebula does not use: attributes, comments and instructions. Its time is linear in the text.
/// </summary>
internal ref partial struct Utf8XmlReader
{
    /// <summary>Far more than any document of OpenNebula needs, and just more than the core reads (256).</summary>
    public const int MaxDepth = 257;

    private readonly ReadOnlySpan<byte> _xml;
    private OpenElements _open;
    private int _position;
    private int _tokenStart;
    private int _tokenLength;
    private bool _isEmptyElement;
    private bool _isCData;
    private bool _hasRoot;
    private byte[]? _scratch;

    /// <summary>Creates a reader.</summary>
    /// <param name="xml">The whole text.</param>
    /// <param name="isChecked">Whether <see cref="XmlCharacters.Check"/> has already accepted the text, or one that it was decoded from.</param>
    public Utf8XmlReader(ReadOnlySpan<byte> xml, bool isChecked = false)
    {
        if (!isChecked) XmlCharacters.Check(xml);
        _xml = xml;
        ReadProlog();
    }

    /// <summary>What the reader stands on.</summary>
    public XmlTokenKind Kind { get; private set; }

    /// <summary>The number of open elements, the one whose start the reader stands on included.</summary>
    public int Depth { get; private set; }

    /// <summary>The place of the token in the text.</summary>
    public readonly int Offset => _tokenStart;

    /// <summary>The place behind the token.</summary>
    public readonly int Position => _position;

    /// <summary>The name of the element that starts or ends here, as it is written.</summary>
    public readonly ReadOnlySpan<byte> Name => Kind is XmlTokenKind.StartElement or XmlTokenKind.EndElement ? _xml.Slice(_tokenStart, _tokenLength) : default;

    /// <summary>The text that stands here, as it is written.</summary>
    public readonly ReadOnlySpan<byte> RawText => Kind is XmlTokenKind.Text ? _xml.Slice(_tokenStart, _tokenLength) : default;

    /// <summary>Whether the text that stands here is a CDATA section.</summary>
    public readonly bool IsCData => _isCData;

    /// <summary>Whether comments or instructions stand between the token before and this one.</summary>
    public bool HasSkipped { get; private set; }

    /// <summary>Goes to the next token.</summary>
    /// <returns><see langword="false"/> at the end of the document, which is complete then.</returns>
    public bool Read()
    {
        if (Kind == XmlTokenKind.EndElement) Depth--;
        HasSkipped = false;
        if (_isEmptyElement)
        {
            _isEmptyElement = false;
            Kind = XmlTokenKind.EndElement;
            return true;
        }

        while (_position < _xml.Length)
        {
            if (_xml[_position] != '<')
            {
                if (ReadText()) return true;
                continue;
            }

            int next = _position + 1;
            if (next == _xml.Length) XmlFailure.Truncated(next, "a tag");
            switch (_xml[next])
            {
                case (byte)'/':
                    ReadEndTag(next + 1);
                    return true;
                case (byte)'?':
                    SkipInstruction();
                    HasSkipped = true;
                    continue;
                case (byte)'!':
                    if (ReadCDataOrSkipComment()) return true;
                    HasSkipped = true;
                    continue;
                default:
                    ReadStartTag(next);
                    return true;
            }
        }

        return End();
    }

    private bool End()
    {
        if (Depth > 0) XmlFailure.Truncated(_xml.Length, $"the element of byte {_open[Depth - 1].Start - 1}");
        if (!_hasRoot) XmlFailure.Truncated(_xml.Length, "a document without an element");
        Kind = XmlTokenKind.None;
        _tokenStart = _xml.Length;
        return false;
    }

    // Messages quote nothing of the text: a server may send back what it was sent, secrets included.
    private bool ReadText()
    {
        int start = _position;
        int length = _xml[start..].IndexOf((byte)'<');
        if (length < 0)
        {
            if (Depth > 0) XmlFailure.Truncated(_xml.Length, $"the element of byte {_open[Depth - 1].Start - 1}");
            length = _xml.Length - start;
        }

        _position = start + length;
        ReadOnlySpan<byte> text = _xml.Slice(start, length);
        if (Depth == 0)
        {
            int wrong = text.IndexOfAnyExcept(" \t\r\n"u8);
            if (wrong >= 0) XmlFailure.Malformed(start + wrong, _hasRoot ? "text after the last element" : "the text does not begin with an element");
            return false;
        }

        int bracket = text.IndexOf("]]>"u8);
        if (bracket >= 0) XmlFailure.Malformed(start + bracket, "']]>' outside of a CDATA section");
        SetToken(XmlTokenKind.Text, start, length);
        _isCData = false;
        return true;
    }

    private void ReadStartTag(int start)
    {
        if (Depth == 0 && _hasRoot) XmlFailure.Malformed(_position, "a second element beside the first");
        if (Depth == MaxDepth) XmlFailure.Limit(_position, $"elements are nested deeper than {MaxDepth}");
        int end = XmlCharacters.EndOfName(_xml, start);
        if (end == _xml.Length) XmlFailure.Truncated(end, "a tag");
        if (end == start) XmlFailure.Malformed(start, "'<' is not followed by a name; as text it is written '&lt;'");
        _position = _xml[end] == '>' ? end + 1 : ReadAttributes(end);
        _open[Depth++] = (start, end - start);
        _hasRoot = true;
        SetToken(XmlTokenKind.StartElement, start, end - start);
    }

    private void ReadEndTag(int start)
    {
        if (Depth == 0) XmlFailure.Malformed(_position, "the end of an element that has not begun");
        (int Start, int Length) open = _open[Depth - 1];
        ReadOnlySpan<byte> expected = _xml.Slice(open.Start, open.Length);
        ReadOnlySpan<byte> rest = _xml[start..];
        if (!rest.StartsWith(expected))
        {
            if (expected.StartsWith(rest)) XmlFailure.Truncated(_xml.Length, "a tag");
            XmlFailure.Malformed(start, $"the end tag does not match the element of byte {open.Start - 1}");
        }

        int end = SkipSpace(start + expected.Length);
        if (end == _xml.Length) XmlFailure.Truncated(end, "a tag");
        if (_xml[end] != '>') XmlFailure.Malformed(start, $"the end tag does not match the element of byte {open.Start - 1}");
        _position = end + 1;
        SetToken(XmlTokenKind.EndElement, start, expected.Length);
    }

    private readonly int SkipSpace(int position)
    {
        while (position < _xml.Length && XmlCharacters.IsSpace(_xml[position])) position++;
        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetToken(XmlTokenKind kind, int start, int length)
    {
        Kind = kind;
        _tokenStart = start;
        _tokenLength = length;
    }

    [InlineArray(MaxDepth)]
    private struct OpenElements
    {
        private (int Start, int Length) _first;
    }
}

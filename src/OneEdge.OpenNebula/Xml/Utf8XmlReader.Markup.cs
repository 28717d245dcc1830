namespace OneEdge.OpenNebula.Xml;

/// <content>The markup that OpenNebula seldom or never sends.</content>
internal ref partial struct Utf8XmlReader
{
    /// <summary>The duplicates among the attributes of an element are found by comparing each with each.</summary>
    private const int MaxAttributes = 64;

    private void ReadProlog()
    {
        if (_xml.StartsWith("\uFEFF"u8)) _position = 3;
        if (!_xml[_position..].StartsWith("<?xml"u8)) return;
        int start = _position + "<?xml".Length;
        if (start < _xml.Length && !XmlCharacters.IsSpace(_xml[start]) && _xml[start] != '?') return;
        int length = _xml[start..].IndexOf("?>"u8);
        if (length < 0) XmlFailure.Truncated(_xml.Length, "the XML declaration");
        CheckDeclaration(_xml.Slice(start, length), start);
        _position = start + length + 2;
    }

    private static void CheckDeclaration(ReadOnlySpan<byte> declaration, int offset)
    {
        int position = 0;
        ReadOnlySpan<byte> version = DeclarationValue(declaration, "version"u8, ref position);
        if (version.Length != 3 || !version.StartsWith("1."u8) || !char.IsAsciiDigit((char)version[2]))
            XmlFailure.Malformed(offset, "the XML declaration has no version 1.x");
        ReadOnlySpan<byte> encoding = DeclarationValue(declaration, "encoding"u8, ref position);
        if (!encoding.IsEmpty && !System.Text.Ascii.EqualsIgnoreCase(encoding, "utf-8"u8) && !System.Text.Ascii.EqualsIgnoreCase(encoding, "us-ascii"u8))
            XmlFailure.Encoding(offset, "the XML declaration names an encoding that is not UTF-8");
        ReadOnlySpan<byte> standalone = DeclarationValue(declaration, "standalone"u8, ref position);
        if (!standalone.IsEmpty && !standalone.SequenceEqual("yes"u8) && !standalone.SequenceEqual("no"u8))
            XmlFailure.Malformed(offset, "the XML declaration is malformed");
        if (!XmlCharacters.IsSpace(declaration[position..])) XmlFailure.Malformed(offset, "the XML declaration is malformed");
    }

    // One 'name = "value"' after a blank, or nothing.
    private static ReadOnlySpan<byte> DeclarationValue(ReadOnlySpan<byte> declaration, ReadOnlySpan<byte> name, ref int position)
    {
        ReadOnlySpan<byte> rest = declaration[position..].TrimStart(" \t\r\n"u8);
        if (rest.Length == declaration.Length - position || !rest.StartsWith(name)) return default;
        rest = rest[name.Length..].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty || rest[0] != '=') return default;
        rest = rest[1..].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty || rest[0] is not ((byte)'"' or (byte)'\'')) return default;
        int length = rest[1..].IndexOf(rest[0]);
        if (length <= 0) return default;
        position = declaration.Length - rest.Length + length + 2;
        return rest.Slice(1, length);
    }

    private void SkipInstruction()
    {
        int start = _position + 2;
        int end = XmlCharacters.EndOfName(_xml, start);
        if (end == _xml.Length) XmlFailure.Truncated(end, "an instruction");
        if (end == start) XmlFailure.Malformed(start, "an instruction without a name");
        if (System.Text.Ascii.EqualsIgnoreCase(_xml[start..end], "xml"u8))
            XmlFailure.Malformed(start, "an XML declaration that is not the first thing in the text");
        int length = _xml[end..].IndexOf("?>"u8);
        if (length < 0) XmlFailure.Truncated(_xml.Length, "an instruction");
        if (length > 0 && !XmlCharacters.IsSpace(_xml[end])) XmlFailure.Malformed(end, "the name of an instruction is malformed");
        _position = end + length + 2;
    }

    /// <returns>Whether it was a CDATA section, which is a token.</returns>
    private bool ReadCDataOrSkipComment()
    {
        ReadOnlySpan<byte> rest = _xml[_position..];
        if (rest.StartsWith("<![CDATA["u8))
        {
            ReadCData();
            return true;
        }

        if (rest.StartsWith("<!DOCTYPE"u8)) XmlFailure.Forbidden(_position, "a document type (DOCTYPE) is never read");
        if (!rest.StartsWith("<!--"u8))
        {
            if ("<![CDATA["u8.StartsWith(rest) || "<!DOCTYPE"u8.StartsWith(rest) || "<!--"u8.StartsWith(rest))
                XmlFailure.Truncated(_xml.Length, "a tag");
            XmlFailure.Malformed(_position, "'<!' begins neither a comment nor a CDATA section");
        }

        int start = _position + 4;
        int length = _xml[start..].IndexOf("--"u8);
        if (length < 0 || start + length + 2 == _xml.Length) XmlFailure.Truncated(_xml.Length, "a comment");
        if (_xml[start + length + 2] != '>') XmlFailure.Malformed(start + length, "'--' inside a comment");
        _position = start + length + 3;
        return false;
    }

    private void ReadCData()
    {
        if (Depth == 0) XmlFailure.Malformed(_position, "a CDATA section outside of an element");
        int start = _position + "<![CDATA[".Length;
        int length = _xml[start..].IndexOf("]]>"u8);
        if (length < 0) XmlFailure.Truncated(_xml.Length, "a CDATA section");
        _position = start + length + 3;
        SetToken(XmlTokenKind.Text, start, length);
        _isCData = true;
    }

    /// <summary>Checks what stands between the name and the end of a start tag.</summary>
    /// <returns>The position after the tag.</returns>
    private int ReadAttributes(int position)
    {
        Span<(int Start, int Length)> seen = stackalloc (int, int)[MaxAttributes];
        int count = 0;
        while (true)
        {
            int next = SkipSpace(position);
            if (next == _xml.Length) XmlFailure.Truncated(next, "a tag");
            if (_xml[next] == '>') return next + 1;
            if (_xml[next] == '/') return EndOfEmptyElement(next + 1);
            if (next == position) XmlFailure.Malformed(next, "a tag is malformed");
            if (count == MaxAttributes) XmlFailure.Limit(next, $"an element has more than {MaxAttributes} attributes");
            int end = XmlCharacters.EndOfName(_xml, next);
            if (end == next) XmlFailure.Malformed(next, "a tag is malformed");
            CheckIsNew(next, end - next, seen[..count]);
            seen[count++] = (next, end - next);
            position = SkipAttributeValue(end);
        }
    }

    private readonly void CheckIsNew(int start, int length, ReadOnlySpan<(int Start, int Length)> seen)
    {
        ReadOnlySpan<byte> name = _xml.Slice(start, length);
        foreach ((int other, int otherLength) in seen)
        {
            if (name.SequenceEqual(_xml.Slice(other, otherLength))) XmlFailure.Malformed(start, "an attribute stands twice");
        }
    }

    private int EndOfEmptyElement(int position)
    {
        if (position == _xml.Length) XmlFailure.Truncated(position, "a tag");
        if (_xml[position] != '>') XmlFailure.Malformed(position, "'/' in a tag is not followed by '>'");
        _isEmptyElement = true;
        return position + 1;
    }

    private readonly int SkipAttributeValue(int position)
    {
        position = SkipSpace(position);
        if (position == _xml.Length) XmlFailure.Truncated(position, "a tag");
        if (_xml[position] != '=') XmlFailure.Malformed(position, "an attribute without a value");
        position = SkipSpace(position + 1);
        if (position == _xml.Length) XmlFailure.Truncated(position, "a tag");
        byte quote = _xml[position];
        if (quote is not ((byte)'"' or (byte)'\'')) XmlFailure.Malformed(position, "the value of an attribute is not quoted");
        int length = _xml[++position..].IndexOfAny(quote, (byte)'<');
        if (length < 0) XmlFailure.Truncated(_xml.Length, "a tag");
        if (_xml[position + length] == '<') XmlFailure.Malformed(position + length, "'<' in the value of an attribute");
        XmlTextDecoder.CheckReferences(_xml.Slice(position, length), position);
        return position + length + 1;
    }
}

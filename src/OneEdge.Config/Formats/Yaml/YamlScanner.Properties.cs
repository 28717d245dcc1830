using System.Globalization;
using System.Text;

namespace OneEdge.Config.Formats;

// Directives, anchors, aliases and tags.
internal ref partial struct YamlScanner
{
    private const string Directive = "while scanning a directive";
    private const string TagDirective = "while scanning a %TAG directive";
    private const string VersionDirective = "while scanning a %YAML directive";

    private readonly bool IsNameAt(int offset) => At(offset) is var c and >= 0 && (char.IsAsciiLetterOrDigit((char)c) || c is '_' or '-');

    private string ScanName()
    {
        int from = _position;
        while (IsNameAt(_position)) Advance(1);
        return Encoding.ASCII.GetString(_text[from.._position]);
    }

    private void SkipBlanks()
    {
        while (IsBlankAt(_position)) Advance(1);
    }

    private void ScanDirective()
    {
        YamlMark start = Mark;
        Advance(1);
        string name = ScanName();
        if (name.Length == 0) throw YamlErrorException.Syntax(Directive, start, "could not find expected directive name", Mark);
        if (!IsBlankOrEnd(_position)) throw YamlErrorException.Syntax(Directive, start, "found unexpected non-alphabetical character", Mark);
        switch (name)
        {
            case "YAML":
                ScanVersion(start);
                break;
            case "TAG":
                ScanTagDirective(start);
                break;
            default:
                throw YamlErrorException.Syntax(Directive, start, "found unknown directive name", Mark);
        }

        SkipBlanks();
        if (At(_position) == '#') SkipComment();
        if (!IsBreakOrEnd(_position)) throw YamlErrorException.Syntax(Directive, start, "did not find expected comment or line break", Mark);
        if (_position < _text.Length) SkipLine();
    }

    private void ScanVersion(YamlMark start)
    {
        SkipBlanks();
        int major = ScanVersionNumber(start);
        if (At(_position) != '.') throw YamlErrorException.Syntax(VersionDirective, start, "did not find expected digit or '.' character", Mark);
        Advance(1);
        int minor = ScanVersionNumber(start);
        Add(YamlTokenKind.VersionDirective, start, string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}"));
    }

    private int ScanVersionNumber(YamlMark start)
    {
        int value = 0;
        int length = 0;
        while (At(_position) is >= '0' and <= '9')
        {
            if (++length > 9) throw YamlErrorException.Syntax(VersionDirective, start, "found extremely long version number", Mark);
            value = (value * 10) + _text[_position] - '0';
            Advance(1);
        }

        return length > 0 ? value : throw YamlErrorException.Syntax(VersionDirective, start, "did not find expected version number", Mark);
    }

    private void ScanTagDirective(YamlMark start)
    {
        SkipBlanks();
        string handle = ScanTagHandle(directive: true, start);
        if (!IsBlankAt(_position)) throw YamlErrorException.Syntax(TagDirective, start, "did not find expected whitespace", Mark);
        SkipBlanks();
        string prefix = ScanTagUri("", verbatim: true, TagDirective, start);
        if (!IsBlankOrEnd(_position)) throw YamlErrorException.Syntax(TagDirective, start, "did not find expected whitespace or line break", Mark);
        Add(YamlTokenKind.TagDirective, start, handle, prefix);
    }

    private void ScanAnchor(YamlTokenKind kind)
    {
        YamlMark start = Mark;
        Advance(1);
        string name = ScanName();
        if (name.Length == 0 || !(IsBlankOrEnd(_position) || At(_position) is '?' or ':' or ',' or ']' or '}' or '%' or '@' or '`'))
        {
            string context = kind == YamlTokenKind.Anchor ? "while scanning an anchor" : "while scanning an alias";
            throw YamlErrorException.Syntax(context, start, "did not find expected alphabetic or numeric character", Mark);
        }

        Add(kind, start, name);
    }

    private void ScanTag()
    {
        const string Context = "while scanning a tag";
        YamlMark start = Mark;
        string handle = "";
        string suffix;
        if (At(_position + 1) == '<')
        {
            Advance(2);
            suffix = ScanTagUri("", verbatim: true, "while parsing a tag", start);
            if (At(_position) != '>') throw YamlErrorException.Syntax(Context, start, "did not find the expected '>'", Mark);
            Advance(1);
        }
        else
        {
            handle = ScanTagHandle(directive: false, start);
            if (handle is ['!', .., '!'])
            {
                suffix = ScanTagUri("", verbatim: false, "while parsing a tag", start);
            }
            else
            {
                suffix = ScanTagUri(handle, verbatim: false, "while parsing a tag", start);
                (handle, suffix) = suffix.Length == 0 ? ("", "!") : ("!", suffix);
            }
        }

        if (!IsBlankOrEnd(_position) && !(_flowLevel > 0 && At(_position) == ','))
            throw YamlErrorException.Syntax(Context, start, "did not find expected whitespace or line break", Mark);
        Add(YamlTokenKind.Tag, start, handle, suffix);
    }

    private string ScanTagHandle(bool directive, YamlMark start)
    {
        string context = directive ? Directive : "while scanning a tag";
        if (At(_position) != '!') throw YamlErrorException.Syntax(context, start, "did not find expected '!'", Mark);
        Advance(1);
        string handle = "!" + ScanName();
        if (At(_position) == '!')
        {
            Advance(1);
            return handle + "!";
        }

        if (directive && handle != "!") throw YamlErrorException.Syntax("while parsing a directive", start, "did not find expected '!'", Mark);
        return handle;
    }

    // A handle without a second '!' is the start of the address.
    private string ScanTagUri(string head, bool verbatim, string context, YamlMark start)
    {
        _content.Clear();
        if (head.Length > 1) _content.Add(Encoding.ASCII.GetBytes(head[1..]));
        bool any = head.Length > 0;
        while (IsUriAt(_position, verbatim))
        {
            if (_text[_position] == '%') ScanUriEscape(context, start);
            else Copy(_content);
            any = true;
        }

        if (!any) throw YamlErrorException.Syntax(context, start, "did not find expected tag URI", Mark);
        return _content.ToString();
    }

    private readonly bool IsUriAt(int offset, bool verbatim)
    {
        int c = At(offset);
        return IsNameAt(offset)
            || (c > 0 && c < 0x80 && (";/?:@&=+$.%!~*'()".Contains((char)c, StringComparison.Ordinal) || (verbatim && c is ',' or '[' or ']')));
    }

    private void ScanUriEscape(string context, YamlMark start)
    {
        int width = 0;
        do
        {
            if (At(_position) != '%' || !Uri.IsHexDigit((char)Math.Max(At(_position + 1), 0)) || !Uri.IsHexDigit((char)Math.Max(At(_position + 2), 0)))
                throw YamlErrorException.Syntax(context, start, "did not find URI escaped octet", Mark);
            byte octet = Convert.ToByte(Encoding.ASCII.GetString(_text.Slice(_position + 1, 2)), 16);
            if (width == 0)
            {
                width = octet switch { < 0x80 => 1, >= 0xC0 and < 0xE0 => 2, >= 0xE0 and < 0xF0 => 3, >= 0xF0 and < 0xF8 => 4, _ => 0 };
                if (width == 0) throw YamlErrorException.Syntax(context, start, "found an incorrect leading UTF-8 octet", Mark);
            }
            else if ((octet & 0xC0) != 0x80)
            {
                throw YamlErrorException.Syntax(context, start, "found an incorrect trailing UTF-8 octet", Mark);
            }

            _content.Add([octet]);
            Advance(3);
        }
        while (--width > 0);
    }
}

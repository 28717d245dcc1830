using System.Text;
using System.Text.Unicode;

namespace OneEdge.OpenNebula.Templates;

/// <summary>What lies between the tokens, and the checks of the text as a whole.</summary>
internal ref partial struct TemplateReader
{
    private const int MaxWarnings = 100;

    private static ReadOnlySpan<byte> CDataEnd => "]]>"u8;

    private readonly bool CheckText()
    {
        if (_text.Length > _limits.MaxBytes)
            return Report(OpenNebulaErrorCodes.TemplateLimit, 0, $"The template has more than {_limits.MaxBytes} bytes.", "raise TemplateLimits.MaxBytes");
        if (!Utf8.IsValid(_text)) return Fail(InvalidUtf8(), "the text is not UTF-8 here");
        int control = TemplateBytes.IndexOfUnsendable(_text);
        if (control >= 0) return Fail(control, "XML, which carries the text, does not know this character");
        return _text.IsEmpty || _text[0] != '<' || Fail(0, "this is the XML form", "read it with StoredTemplate.Parse");
    }

    private readonly int InvalidUtf8()
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(_text[at..], out _, out int consumed) == System.Buffers.OperationStatus.Done) at += consumed;
        return at;
    }

    // Over blanks, line ends, comments and what the core ignores, to a name or a sign.
    private int SkipToToken(int at)
    {
        while (at < _text.Length)
        {
            byte value = _text[at];
            if (value is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r') at++;
            else if (TemplateName.IsNameByte(value) || value is (byte)'=' or (byte)',' or (byte)']') return at;
            else if (value == '#' && TryCommentEnd(at, out int next)) at = next;
            else at = Ignore(at);
        }

        return at;
    }

    // To the first byte of a value: what cannot start one is ignored.
    private bool SkipToValue(ref int at)
    {
        while (at < _text.Length)
        {
            if (SeesCDataEnd(at)) return Fail(_cdata, "a value holds ]]>, which OpenNebula refuses", "in JSON write \\u003e for '>'");
            byte value = _text[at];
            if (value is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r') at++;
            else if (value is (byte)'=' or (byte)'#' or (byte)',' or (byte)']') at = Ignore(at);
            else return true;
        }

        return Fail(at, "a value is expected after '='", "write \"\" for an empty one");
    }

    // A comment ends with its line; without an end of line it is none.
    private bool TryCommentEnd(int at, out int next)
    {
        next = at;
        if (at >= _openLine) return false;
        int length = _text[at..].IndexOfAny((byte)'\n', (byte)'\r');
        if (length < 0) _openLine = at;
        next = at + length + 1;
        return length >= 0;
    }

    // A "]]>" on the rest of the line where a value is looked for is an error wherever it stands.
    private bool SeesCDataEnd(int at)
    {
        if (_cdata < at)
        {
            int found = _text[at..].IndexOf(CDataEnd);
            _cdata = found < 0 ? int.MaxValue : at + found;
            if (found >= 0) _cdataVisible = at + _text[at.._cdata].LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        }

        return _cdata != int.MaxValue && at >= _cdataVisible;
    }

    private int Ignore(int at)
    {
        int warnings = Findings.Count;
        if (at != _ignoredEnd || at == 0)
        {
            bool isMark = at == 0 && _source.ByteOrderMarkLength > 0;
            if (!isMark && warnings < MaxWarnings)
                Findings.Add(Diagnostic.Warning(OpenNebulaErrorCodes.TemplateIgnored, IgnoredText(at), _source, at, IgnoredHint(at)));
        }

        _ignoredEnd = at == 0 && _source.ByteOrderMarkLength > 0 ? _source.ByteOrderMarkLength : at + 1;
        while (_ignoredEnd < _text.Length && (_text[_ignoredEnd] & 0xC0) == 0x80) _ignoredEnd++;
        return _ignoredEnd;
    }

    private readonly string IgnoredText(int at)
    {
        Rune.DecodeFromUtf8(_text[at..], out Rune rune, out _);
        return $"OpenNebula ignores '{rune}' here.";
    }

    private readonly string? IgnoredHint(int at) => _text[at] == '#' ? "a comment ends with a line end, and none is between '=' and a value" : null;

    private readonly string? UnexpectedHint(int at) => at >= _text.Length ? "the text ends here" : (char)_text[at] switch
    {
        '=' => "values with '=' need double quotes around them",
        ',' => "values with ',' need double quotes around them",
        ']' => "values with ']' need double quotes around them",
        _ => null,
    };

    private readonly bool CheckCount(int at) => _nodeCount + _itemCount <= _limits.MaxValues
        || Report(OpenNebulaErrorCodes.TemplateLimit, at, $"The template holds more than {_limits.MaxValues} values.", "raise TemplateLimits.MaxValues");

    private readonly bool Fail(int at, string text, string? hint = null) =>
        Report(OpenNebulaErrorCodes.TemplateSyntax, at, $"This does not parse: {text}.", hint);

    private readonly bool Report(string code, int at, string text, string? hint)
    {
        Findings.Add(Diagnostic.Error(code, text, _source, at, hint));
        return false;
    }
}

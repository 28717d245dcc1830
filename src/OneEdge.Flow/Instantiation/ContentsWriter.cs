using System.Text;

namespace OneEdge.Flow.Instantiation;

/// <summary>
/// Writes template text with values in it, so that no value can be read as more than a value. Where a value stands decides how it is written: between
/// quotes its quotes are escaped (the only escape that the language has); as a whole value without quotes it gets quotes when it needs them; in other
/// places it must not hold a character that means something there.
/// </summary>
internal sealed class ContentsWriter
{
    private readonly StringBuilder _text = new();
    private Place _place = Place.Name;
    private bool _isLineStart = true;
    private bool _isEscaped;
    private bool _endsWithBackslashOfValue;

    private enum Place
    {
        /// <summary>Where the name of an attribute may stand, or what separates attributes.</summary>
        Name,

        /// <summary>Behind <c>=</c>.</summary>
        ValueStart,

        Bare,
        Quoted,
        CData,
        Comment,
    }

    public override string ToString() => _text.ToString();

    /// <summary>Text of the template.</summary>
    public void Literal(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return;
        if (_endsWithBackslashOfValue && text[0] == '"' && _place == Place.Quoted)
            throw Unwritable("the value before a closing quote", "ends with a backslash, which would take the quote away");
        _endsWithBackslashOfValue = false;
        for (int i = 0; i < text.Length; i++) Next(text[i], text[i..]);
        _text.Append(text);
    }

    /// <summary>A value.</summary>
    /// <param name="name">What it is the value of, for messages.</param>
    /// <param name="value">The value.</param>
    /// <param name="rest">The text behind it.</param>
    public void Value(string name, string value, ReadOnlySpan<char> rest)
    {
        if (value.Length == 0) return;
        switch (_place)
        {
            case Place.Quoted:
                Quoted(value);
                break;
            case Place.Comment:
                _text.Append(value.ReplaceLineEndings(" "));
                break;
            case Place.CData:
                if (value.Contains(']', StringComparison.Ordinal) || value.Contains('>', StringComparison.Ordinal))
                    throw Unwritable(name, "has a character that could end the CDATA section that it stands in");
                _text.Append(value);
                break;
            case Place.ValueStart or Place.Bare:
                Unquoted(name, value, rest);
                break;
            default:
                if (!value.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                    throw Unwritable(name, "stands where the name of an attribute does, and is no name; put quotes around it if it is a value");
                _text.Append(value);
                break;
        }

        _isLineStart = false;
        _isEscaped = false;
    }

    private void Quoted(string value)
    {
        _text.Append(value.Replace("\"", "\\\"", StringComparison.Ordinal));
        _endsWithBackslashOfValue = value[^1] == '\\';
    }

    private void Unquoted(string name, string value, ReadOnlySpan<char> rest)
    {
        if (value.All(IsBare) && !(_place == Place.ValueStart && value[0] == '<'))
        {
            _text.Append(value);
            _place = Place.Bare;
            return;
        }

        bool isWhole = _place == Place.ValueStart && (rest.IsEmpty || char.IsWhiteSpace(rest[0]) || rest[0] is ',' or ']');
        if (!isWhole || value[^1] == '\\') throw Unwritable(name, "needs quotes where it stands, and there are none");
        _text.Append('"').Append(value.Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        _place = Place.Name;
    }

    private static bool IsBare(char c) => !char.IsWhiteSpace(c) && !char.IsControl(c) && c is not ('=' or '#' or ',' or '[' or ']' or '"');

    private void Next(char c, ReadOnlySpan<char> rest)
    {
        switch (_place)
        {
            case Place.Quoted:
                if (c == '"' && !_isEscaped) _place = Place.Name;
                _isEscaped = c == '\\';
                break;
            case Place.CData:
                if (rest.StartsWith("]]>")) _place = Place.Name;
                break;
            case Place.Comment:
                if (c == '\n') _place = Place.Name;
                break;
            default:
                NextOutside(c, rest);
                break;
        }

        _isLineStart = c == '\n' || (_isLineStart && char.IsWhiteSpace(c));
    }

    private void NextOutside(char c, ReadOnlySpan<char> rest)
    {
        if (c == '=') _place = Place.ValueStart;
        else if (c == '\n') _place = Place.Name;
        else if (c == '#' && _isLineStart) _place = Place.Comment;
        else if (_place == Place.ValueStart) Begin(c, rest);
        else if (_place == Place.Bare && (char.IsWhiteSpace(c) || c is ',' or ']')) _place = Place.Name;
    }

    private void Begin(char c, ReadOnlySpan<char> rest)
    {
        if (char.IsWhiteSpace(c)) return;
        _isEscaped = false;
        _place = c switch
        {
            '"' => Place.Quoted,
            '[' => Place.Name,
            '<' when rest.StartsWith("<![CDATA[") => Place.CData,
            ',' or ']' => Place.Name,
            _ => Place.Bare,
        };
    }

    private static FlowException Unwritable(string name, string reason) =>
        new(FlowErrorCodes.ValueUnwritable, $"The template text cannot be made: {name} {reason}.");
}

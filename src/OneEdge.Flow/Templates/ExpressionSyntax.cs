using System.Globalization;

namespace OneEdge.Flow;

/// <summary>
/// Recognises the expressions of OneFlow and says of others what its parser says: all that could have stood at the farthest place that it came to, in the
/// order in which the rules of its grammar try it.
/// </summary>
/// <remarks>Source of the wording: treetop 1.6.7; of the rules: OpenNebula 6.10.5, <c>grammar.treetop</c>.</remarks>
internal sealed class ExpressionSyntax
{
    // The original ends with an overflow of its stack somewhere beyond.
    private const int MaxDepth = 1000;
    private const string LetterClass = "[a-zA-Z]";
    private const string DigitClass = "[0-9]";
    private const string NameClass = "[0-9a-zA-Z_]";

    private readonly string _text;
    private readonly List<string> _expected = [];
    private readonly Dictionary<(int At, bool IsExpression), int> _known = [];
    private int _farthest;
    private int _depth;
    private bool _isTooDeep;

    private ExpressionSyntax(string text) => _text = text;

    public static string? ErrorOf(string text)
    {
        var syntax = new ExpressionSyntax(text);
        int end = syntax.Expression(0);
        if (syntax._isTooDeep) return $"it nests deeper than {MaxDepth}";
        return end == text.Length ? null : syntax.Failure(Math.Max(end, 0));
    }

    private string Failure(int reached)
    {
        string[] expected = [.. _expected.Distinct()];
        // "One of" also of a single one that several rules wanted.
        string what = (_expected.Count == 1 ? "" : "one of ") + string.Join(", ", expected);
        int line = _text.AsSpan(0, _farthest).Count('\n') + 1;
        int column = _farthest - (_farthest == 0 ? -1 : _text.LastIndexOf('\n', _farthest - 1));
        string after = _farthest == 0 ? "" : " after " + (reached < _farthest ? _text[reached.._farthest] : "");
        return string.Create(CultureInfo.InvariantCulture, $"Expected {what} at line {line}, column {column} (byte {_farthest + 1}){after}");
    }

    // Each rule gives where it ends, or -1.
    private int Expression(int at) => Remembered(at, isExpression: true);

    private int Condition(int at) => Remembered(at, isExpression: false);

    private int Remembered(int at, bool isExpression)
    {
        if (_known.TryGetValue((at, isExpression), out int end)) return end;
        if (_isTooDeep || _depth >= MaxDepth)
        {
            _isTooDeep = true;
            return -1;
        }

        _depth++;
        end = isExpression ? ReadExpression(at) : ReadCondition(at);
        _depth--;
        return _known[(at, isExpression)] = end;
    }

    private int ReadExpression(int at)
    {
        at = Blanks(at);
        int end = Boolean(at, "&&", "&");
        if (end < 0) end = Boolean(at, "||", "|");
        if (end < 0) end = Condition(at);
        return end < 0 ? -1 : Blanks(end);
    }

    private int Boolean(int at, string twice, string once)
    {
        int end = Condition(at);
        if (end < 0) return -1;
        end = FirstOf(Blanks(end), twice, once);
        return end < 0 ? -1 : Expression(Blanks(end));
    }

    private int ReadCondition(int at)
    {
        int end = Comparison(at);
        if (end >= 0) return end;
        end = Literal(at, "!");
        if (end >= 0) end = Expression(Blanks(end));
        if (end >= 0) return end;
        end = Literal(at, "(");
        if (end >= 0) end = Expression(Blanks(end));
        return end < 0 ? -1 : Literal(Blanks(end), ")");
    }

    private int Comparison(int at)
    {
        int end = Operand(at);
        if (end < 0) return -1;
        end = FirstOf(Blanks(end), "==", "=", "!=", "<>", ">=", ">", "<=", "<");
        return end < 0 ? -1 : Operand(Blanks(end));
    }

    private int Operand(int at)
    {
        int end = Number(at);
        return end >= 0 ? end : Variable(at);
    }

    private int Number(int at)
    {
        int start = Literal(at, "-") is >= 0 and var sign ? sign : at;
        int digits = Many(start, DigitClass, char.IsAsciiDigit);
        if (digits == start)
        {
            // The grammar tries a number with a fraction and one without.
            Expect(start, DigitClass);
            return -1;
        }

        int point = Literal(digits, ".");
        if (point < 0) return digits;
        int end = Many(point, DigitClass, char.IsAsciiDigit);
        return end > point ? end : digits;
    }

    private int Variable(int at)
    {
        int end = Quoted(at, "\"");
        if (end < 0) end = Quoted(at, "'");
        return end >= 0 ? end : Name(at);
    }

    private int Quoted(int at, string quote)
    {
        int end = Literal(at, quote);
        if (end >= 0) end = Name(end);
        return end < 0 ? -1 : Literal(end, quote);
    }

    private int Name(int at)
    {
        if (at < _text.Length && char.IsAsciiLetter(_text[at])) return Many(at + 1, NameClass, c => char.IsAsciiLetterOrDigit(c) || c == '_');
        Expect(at, LetterClass);
        return -1;
    }

    private int Blanks(int at)
    {
        while (at < _text.Length && _text[at] == ' ') at++;
        Expect(at, "' '");
        return at;
    }

    private int Many(int at, string name, Func<char, bool> isMember)
    {
        while (at < _text.Length && isMember(_text[at])) at++;
        Expect(at, name);
        return at;
    }

    private int FirstOf(int at, params ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
        {
            int end = Literal(at, text);
            if (end >= 0) return end;
        }

        return -1;
    }

    private int Literal(int at, string text)
    {
        if (string.CompareOrdinal(_text, at, text, 0, text.Length) == 0) return at + text.Length;
        Expect(at, text == "'" ? @"'\''" : $"'{text}'");
        return -1;
    }

    private void Expect(int at, string what)
    {
        if (at < _farthest) return;
        if (at > _farthest) _expected.Clear();
        _farthest = at;
        _expected.Add(what);
    }
}

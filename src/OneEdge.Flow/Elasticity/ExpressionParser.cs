using System.Numerics;

namespace OneEdge.Flow.Elasticity;

/// <summary>
/// Reads an expression from left to right without recursion. Operators bind alike and to the right, and <c>!</c> takes what follows up to the end or a
/// parenthesis; so what is open waits on one stack, and everything down to the parenthesis is closed at once.
/// </summary>
/// <remarks>The grammar is that of OpenNebula 6.0, 6.10 and 7.4; only U+0020 separates.</remarks>
internal sealed class ExpressionParser(string text, ExpressionOptions options)
{
    private const string Conditions = "a number, a variable, '!' or '('";
    private const string NotWarning = "'!' negates everything behind it: write (!a) & b to negate the first part alone";
    private const string Operands = "a number or a variable";
    private const string Comparisons = "a comparison (=, ==, !=, <>, >, >=, < or <=)";

    private readonly List<ExpressionToken> _tokens = [];
    private readonly List<ExpressionComparison> _comparisons = [];
    private readonly List<ExpressionVariable> _variables = [];
    private readonly List<ExpressionTokenKind> _code = [];
    private readonly List<OpenPart> _open = [];
    private readonly List<ExpressionWarning> _warnings = [];
    private int _position;
    private int _depth;
    private int _operands;
    private int _mostOperands;
    private int _parentheses;

    // Where the last operand ends, and how it could go on; where the last condition outside of parentheses ends, with the blanks behind it.
    private int _operandEnd;
    private string[] _rest = [];
    private int _reached;

    /// <summary>What is wrong.</summary>
    public ExpressionError? Error { get; private set; }

    public ExpressionToken[] Tokens => [.. _tokens];

    public ExpressionComparison[] ComparisonsRead => [.. _comparisons];

    public ExpressionVariable[] Variables => [.. _variables];

    /// <summary>Comparisons in their order, with the operators behind what they work on.</summary>
    public ExpressionTokenKind[] Code => [.. _code];

    /// <summary>How many results wait at most while the code runs.</summary>
    public int MostOperands => _mostOperands;

    public ExpressionWarning[] Warnings => [.. _warnings.OrderBy(w => w.Column)];

    private char Current => _position < text.Length ? text[_position] : '\0';

    /// <summary>Reads all of the text.</summary>
    /// <returns>Whether it is an expression.</returns>
    public bool Read()
    {
        if (text.Length > options.MaxLength)
            return Limit(options.MaxLength, FormattableString.Invariant($"at most {options.MaxLength} characters"), "more");
        while (ReadConditionStart())
        {
            if (!ReadComparison()) return false;
            if (!ReadEnds(out bool isOver)) return false;
            if (isOver) return true;
        }

        return false;
    }

    /// <summary>Reads <c>!</c> and <c>(</c>, as many as there are.</summary>
    private bool ReadConditionStart()
    {
        while (true)
        {
            SkipBlanks();
            ExpressionTokenKind kind;
            if (Current == '!') kind = ExpressionTokenKind.Not;
            else if (Current == '(') kind = ExpressionTokenKind.Open;
            else return true;
            if (++_depth > options.MaxDepth)
                return Limit(_position, FormattableString.Invariant($"at most {options.MaxDepth} open parentheses and '!'"), "one more");
            if (kind == ExpressionTokenKind.Open) _parentheses++;
            _open.Add(new OpenPart(kind, _position));
            _tokens.Add(new ExpressionToken(kind));
            _position++;
        }
    }

    private bool ReadComparison()
    {
        int start = _position;
        if (!ReadOperand(out ExpressionOperand left, isFirst: true)) return false;
        SkipBlanks();
        if (!ReadOperator(out CompareOperator compare, out int length))
            return Fail(Comparisons, ExpressionHints.AfterOperand(text, _position, left.IsVariable), [.. Rest(), .. OneFlowWords.Comparisons]);
        _position += length;
        SkipBlanks();
        if (!ReadOperand(out ExpressionOperand right, isFirst: false)) return false;
        if (!left.IsVariable && !right.IsVariable)
            Warn(ExpressionWarningKind.Constant, start, "both sides are numbers: this always says the same");
        _tokens.Add(new ExpressionToken(ExpressionTokenKind.Comparison, Comparison: _comparisons.Count));
        _comparisons.Add(new ExpressionComparison(left, compare, right));
        _code.Add(ExpressionTokenKind.Comparison);
        _mostOperands = Math.Max(_mostOperands, ++_operands);
        return true;
    }

    /// <summary>Reads closing parentheses, and the operator or the end behind them.</summary>
    private bool ReadEnds(out bool isOver)
    {
        isOver = false;
        while (true)
        {
            SkipBlanks();
            if (_parentheses == 0) _reached = _position;
            if (_position == text.Length) return isOver = CloseAll();
            if (Current is '&' or '|')
            {
                ReadJoin();
                return true;
            }

            if (Current != ')') return Fail(Ends(), ExpressionHints.AfterComparison(text, _position), OneFlowEnds());
            if (!CloseToParenthesis()) return Fail(Ends(), "nothing opens this parenthesis", OneFlowEnds());
            _parentheses--;
            _tokens.Add(new ExpressionToken(ExpressionTokenKind.Close));
            _position++;
        }
    }

    private void ReadJoin()
    {
        ExpressionTokenKind kind = Current == '&' ? ExpressionTokenKind.And : ExpressionTokenKind.Or;
        bool isDoubled = _position + 1 < text.Length && text[_position + 1] == Current;
        WarnOfGrouping(kind);
        _open.Add(new OpenPart(kind, _position));
        _tokens.Add(new ExpressionToken(kind, isDoubled));
        _position += isDoubled ? 2 : 1;
    }

    private bool CloseAll()
    {
        int open = _open.FindLastIndex(p => p.Kind == ExpressionTokenKind.Open);
        if (open >= 0)
        {
            string hint = FormattableString.Invariant($"the parenthesis at column {_open[open].Position + 1} is not closed");
            return Fail(Ends(), hint, OneFlowEnds());
        }

        CloseToParenthesis();
        return true;
    }

    /// <summary>Closes what is open down to a parenthesis, which goes too.</summary>
    /// <returns>Whether there is one.</returns>
    private bool CloseToParenthesis()
    {
        while (_open.Count > 0)
        {
            OpenPart part = _open[^1];
            _open.RemoveAt(_open.Count - 1);
            if (part.Kind is ExpressionTokenKind.Open or ExpressionTokenKind.Not) _depth--;
            if (part.Kind == ExpressionTokenKind.Open) return true;
            _code.Add(part.Kind);
            if (part.Kind != ExpressionTokenKind.Not) _operands--;
        }

        return false;
    }

    private bool ReadOperand(out ExpressionOperand operand, bool isFirst)
    {
        operand = default;
        if (char.IsAsciiDigit(Current) || Current == '-') return ReadNumber(out operand, isFirst);
        char quote = Current is '"' or '\'' ? Current : '\0';
        int start = _position + (quote == '\0' ? 0 : 1);
        int end = start;
        if (end >= text.Length || !char.IsAsciiLetter(text[end]))
        {
            string? hint = ExpressionHints.AtOperand(text, _position, isQuoted: quote != '\0');
            _position = Math.Min(start, text.Length);
            if (quote != '\0') return Fail("a letter", hint, [OneFlowWords.Letter]);
            return isFirst ? Fail(Conditions, hint, OneFlowWords.Conditions) : Fail(Operands, hint, OneFlowWords.Operands);
        }

        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        int column = _position;
        _position = end;
        if (quote != '\0' && Current != quote)
            return Fail($"a letter, a digit, '_' or {quote}", "a name holds letters, digits and '_' only", [OneFlowWords.Name, OneFlowWords.Of(quote)]);
        if (quote != '\0') _position++;
        EndOperand(quote == '\0' ? [OneFlowWords.Name] : []);
        operand = Variable(text[start..end].ToUpperInvariant(), quote, column);
        return true;
    }

    private ExpressionOperand Variable(string name, char quote, int column)
    {
        if (quote != '\0')
        {
            Warn(ExpressionWarningKind.QuotedVariable, column, options.QuotedVariablesHaveValues
                ? $"OpenNebula never finds a variable in quotes: write {name}"
                : $"a variable in quotes is never found and every comparison with it is false: write {name}");
        }

        var variable = new ExpressionVariable(name, quote);
        int index = _variables.IndexOf(variable);
        if (index < 0)
        {
            index = _variables.Count;
            _variables.Add(variable);
        }

        return new ExpressionOperand(index, false, 0, default, "");
    }

    private bool ReadNumber(out ExpressionOperand operand, bool isFirst)
    {
        operand = default;
        int start = _position;
        if (Current == '-') _position++;
        if (!char.IsAsciiDigit(Current)) return Fail("a digit", ExpressionHints.AfterMinus(text, _position), [OneFlowWords.Digit, OneFlowWords.Digit]);
        SkipDigits();
        if (Current != '.')
        {
            var integer = BigInteger.Parse(text.AsSpan(start, _position - start), System.Globalization.NumberStyles.AllowLeadingSign, RubyNumber.Culture);
            operand = new ExpressionOperand(-1, true, (double)integer, integer, integer.ToString(RubyNumber.Culture));
            EndOperand([OneFlowWords.Digit, OneFlowWords.Of('.')]);
            return true;
        }

        // OneFlow has read a number before the point, and with it perhaps a condition.
        if (!isFirst && _parentheses == 0) _reached = _position;
        _position++;
        if (!char.IsAsciiDigit(Current)) return Fail("a digit", "write a digit behind the point, or leave the point out", [OneFlowWords.Digit]);
        SkipDigits();
        EndOperand([OneFlowWords.Digit]);
        double number = RubyNumber.Parse(text.AsSpan(start, _position - start));
        operand = new ExpressionOperand(-1, false, number, default, RubyNumber.Format(number));
        return true;
    }

    private bool ReadOperator(out CompareOperator compare, out int length)
    {
        char next = _position + 1 < text.Length ? text[_position + 1] : '\0';
        (compare, length) = (Current, next) switch
        {
            ('=', '=') => (CompareOperator.EqualTwice, 2),
            ('=', _) => (CompareOperator.Equal, 1),
            ('!', '=') => (CompareOperator.NotEqual, 2),
            ('<', '>') => (CompareOperator.NotEqualAngles, 2),
            ('>', '=') => (CompareOperator.GreaterOrEqual, 2),
            ('>', _) => (CompareOperator.Greater, 1),
            ('<', '=') => (CompareOperator.LessOrEqual, 2),
            ('<', _) => (CompareOperator.Less, 1),
            _ => (default, 0),
        };
        return length > 0;
    }

    // An operator that is read now belongs to every '!' since the one before; an '|' to every '&' since the '|' before. Nothing is looked at twice.
    private void WarnOfGrouping(ExpressionTokenKind kind)
    {
        bool isPastJoin = false;
        bool isMixed = false;
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            OpenPart part = _open[i];
            if (part.Kind is ExpressionTokenKind.Open or ExpressionTokenKind.Or) break;
            if (part.Kind == ExpressionTokenKind.Not)
            {
                if (!isPastJoin) Warn(ExpressionWarningKind.NotTakesTheRest, part.Position, NotWarning);
                continue;
            }

            if (kind == ExpressionTokenKind.And) break;
            if (!isMixed) Warn(ExpressionWarningKind.MixedOperators, part.Position, "a & b | c is a & (b | c): write the parentheses that are meant");
            (isPastJoin, isMixed) = (true, true);
        }
    }

    private string Ends() => _open.Exists(p => p.Kind == ExpressionTokenKind.Open) ? "'&', '|' or ')'" : "'&', '|' or the end";

    private void SkipBlanks()
    {
        while (Current == ' ') _position++;
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Current)) _position++;
    }

    private void EndOperand(string[] rest) => (_operandEnd, _rest) = (_position, rest);

    private string[] Rest() => _position == _operandEnd ? _rest : [];

    private string[] OneFlowEnds() => [.. Rest(), .. OneFlowWords.Joins, .. _parentheses > 0 ? [OneFlowWords.Of(')')] : Array.Empty<string>()];

    private void Warn(ExpressionWarningKind kind, int position, string message) => _warnings.Add(new ExpressionWarning(kind, position + 1, message));

    private bool Fail(string expected, string? hint, string[] oneFlow)
    {
        Error = new ExpressionError(_position + 1, expected, ExpressionHints.Found(text, _position), hint)
        {
            OneFlowText = OneFlowWords.Say(text, _position, _reached, oneFlow),
        };
        return false;
    }

    // OneFlow has no limit but its stack.
    private bool Limit(int position, string expected, string found)
    {
        Error = new ExpressionError(position + 1, expected, found, null);
        Error = Error with { OneFlowText = Error.ToString() };
        return false;
    }

    private readonly record struct OpenPart(ExpressionTokenKind Kind, int Position);
}

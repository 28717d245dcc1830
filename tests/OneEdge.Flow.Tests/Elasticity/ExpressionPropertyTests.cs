using System.Globalization;
using CsCheck;
using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Tests.Elasticity;

public sealed class ExpressionPropertyTests
{
    private static readonly string[] Operators = ["==", "=", "!=", "<>", ">=", ">", "<=", "<"];
    private static readonly string[] Operands = ["A", "b", "Unknown", "'A'", "1", "-2", "3.5", "007", "2.0"];
    private static readonly string[] Joins = ["&", "&&", "|", "||"];

    private static readonly Gen<string> Blank = Gen.Int[0, 2].Select(n => new string(' ', n));

    private static readonly Gen<string> Comparison =
        Gen.Select(OneOf(Operands), Blank, OneOf(Operators), Blank, OneOf(Operands), (l, b, o, c, r) => l + b + o + c + r);

    [Fact]
    public void Value_is_what_a_naive_reader_of_the_grammar_finds() => Expression(4).Sample(text =>
    {
        VmValues values = Values();
        Assert.Equal(new NaiveExpression(text).Holds(), ElasticityExpression.Parse(text).Evaluate(values));
    });

    [Fact]
    public void Printed_expression_reads_as_the_same() => Expression(4).Sample(text =>
    {
        ElasticityExpression read = ElasticityExpression.Parse(text);
        ElasticityExpression again = ElasticityExpression.Parse(read.ToString());
        Assert.Equal(read, again);
        Assert.Equal(read.ToString(), again.ToString());
        Assert.Equal(read.Evaluate(Values(), default, out string evaluated), again.Evaluate(Values(), default, out string evaluatedAgain));
        Assert.Equal(evaluated, evaluatedAgain);
    });

    [Fact]
    public void Any_text_is_an_expression_or_has_an_error_inside_of_it() =>
        Gen.OneOf(Gen.String, Gen.String["AB01 .-&|!()<>='\""], Gen.Select(Expression(2), Gen.String["&|!()<>= \t1"], (a, b) => a + b)).Sample(text =>
        {
            if (ElasticityExpression.TryParse(text, out ElasticityExpression? expression, out ExpressionError? error)) expression.Evaluate(Values());
            else Assert.InRange(error.Column, 1, text.Length + 1);
        });

    [Fact]
    public void Number_prints_and_reads_as_the_same() => Gen.Double.Where(double.IsFinite).Sample(value =>
    {
        Span<char> text = stackalloc char[32];
        int length = RubyNumber.Format(value, text);
        Assert.Equal(value, RubyNumber.Parse(text[..length]));
    });

    private static Gen<string> OneOf(string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static VmValues Values() => VmValues.Of([.. new[] { ("A", "2"), ("B", "3.5") }.Select(v => RecordedPolicies.Machine(v.Item1, v.Item2))]);

    private static Gen<string> Expression(int depth) =>
        Gen.Select(
            Condition(depth), Blank, OneOf(Joins), Blank,
            depth == 0 ? Comparison : Gen.OneOf(Condition(depth), Gen.Int.SelectMany(_ => Expression(depth - 1))),
            Gen.Bool, (left, b, join, c, right, isAlone) => isAlone ? b + left + c : left + b + join + c + right);

    private static Gen<string> Condition(int depth) => depth == 0 ? Comparison : Gen.OneOf(
        Comparison,
        Gen.Select(Blank, Gen.Int.SelectMany(_ => Expression(depth - 1)), (b, e) => $"!{b}{e}"),
        Gen.Select(Blank, Gen.Int.SelectMany(_ => Expression(depth - 1)), Blank, (b, e, c) => $"({b}{e}{c})"));

    /// <summary>The grammar, rule by rule, with A = 2, B = 3.5 and nothing else.</summary>
    private sealed class NaiveExpression(string text)
    {
        private int _at;

        public bool Holds()
        {
            bool value = Expression();
            Assert.Equal(text.Length, _at);
            return value;
        }

        private bool Expression()
        {
            Skip();
            bool left = Condition();
            Skip();
            if (_at == text.Length || text[_at] is not ('&' or '|')) return left;
            char join = text[_at++];
            if (text[_at] == join) _at++;
            bool right = Expression();
            return join == '&' ? left & right : left | right;
        }

        private bool Condition()
        {
            if (text[_at] == '!')
            {
                _at++;
                return !Expression();
            }

            if (text[_at] != '(') return Comparison();
            _at++;
            bool value = Expression();
            Assert.Equal(')', text[_at++]);
            return value;
        }

        private bool Comparison()
        {
            decimal? left = Operand();
            Skip();
            int start = _at;
            while ("=!<>".Contains(text[_at], StringComparison.Ordinal)) _at++;
            string compare = text[start.._at];
            Skip();
            decimal? right = Operand();
            if (left is null || right is null) return false;
            return compare switch
            {
                "=" or "==" => left == right,
                "!=" or "<>" => left != right,
                ">=" => left >= right,
                ">" => left > right,
                "<=" => left <= right,
                _ => left < right,
            };
        }

        private decimal? Operand()
        {
            int start = _at;
            while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '.' or '-' or '\'')) _at++;
            string operand = text[start.._at].Trim('\'').ToUpperInvariant();
            return operand switch
            {
                "A" => 2,
                "B" => 3.5m,
                "UNKNOWN" => null,
                _ => decimal.Parse(operand, CultureInfo.InvariantCulture),
            };
        }

        private void Skip()
        {
            while (_at < text.Length && text[_at] == ' ') _at++;
        }
    }
}

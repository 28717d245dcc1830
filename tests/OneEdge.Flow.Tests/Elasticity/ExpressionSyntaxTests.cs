using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Tests.Elasticity;

public sealed class ExpressionSyntaxTests
{
    [Theory]
    [InlineData("CPU > 80%", 9, "'&', '|' or the end", "'%'", "no unit")]
    [InlineData("CPU", 4, "a comparison", "the end", "compare it")]
    [InlineData("1 > 0 and 2 > 1", 7, "'&', '|' or the end", "'and'", "write &")]
    [InlineData("1 > 0 OR 2 > 1", 7, "'&', '|' or the end", "'OR'", "write |")]
    [InlineData("1\t> 0", 2, "a comparison", "the character U+0009", "only blanks")]
    [InlineData("CPU + 1 > 2", 5, "a comparison", "'+'", "no arithmetic")]
    [InlineData("CPU > '80'", 8, "a letter", "'8'", "not quoted")]
    [InlineData("5. > 0", 3, "a digit", "' '", "behind the point")]
    [InlineData(".5 > 0", 1, "a number, a variable, '!' or '('", "'.'", "0.5")]
    [InlineData("+1 > 0", 1, "a number", "'+'", "no plus sign")]
    [InlineData("- 1 > 0", 2, "a digit", "' '", "no blank")]
    [InlineData("1e3 > 0", 2, "a comparison", "'e3'", "no exponent")]
    [InlineData("1 < 2 < 3", 7, "'&', '|' or the end", "'<'", "not chained")]
    [InlineData("1 =< 2", 4, "a number or a variable", "'<'", "on both sides")]
    [InlineData("(1 < 2", 7, "'&', '|' or ')'", "the end", "column 1 is not closed")]
    [InlineData("((1 < 2) & 3 > 1", 17, "'&', '|' or ')'", "the end", "column 1 is not closed")]
    [InlineData("1 < 2)", 6, "'&', '|' or the end", "')'", "nothing opens")]
    [InlineData("()", 2, "a number", "')'", "hold nothing")]
    [InlineData("\"CPU-1\" > 1", 5, "a letter, a digit, '_' or \"", "'-'", "letters, digits")]
    [InlineData("\"", 2, "a letter", "the end", null)]
    [InlineData("1 > 0 &&& 1 > 0", 9, "a number", "'&'", "missing before")]
    [InlineData("", 1, "a number", "the end", null)]
    public void Error_tells_where_it_is_what_could_stand_there_and_what_was_meant(string text, int column, string expected, string found, string? hint)
    {
        Assert.False(ElasticityExpression.TryParse(text, out _, out ExpressionError? error));
        Assert.Equal(column, error.Column);
        Assert.StartsWith(expected, error.Expected, StringComparison.Ordinal);
        Assert.Equal(found, error.Found);
        if (hint is not null) Assert.Contains(hint, error.Hint, StringComparison.Ordinal);
        Assert.Contains($"column {column}: expected {expected}", error.ToString(), StringComparison.Ordinal);
    }

    // Texts of treetop 1.6.7 with the grammar of OneFlow; the recorded templates have more of them.
    [Theory]
    [InlineData("CPU", "Expected one of [0-9a-zA-Z_], ' ', '==', '=', '!=', '<>', '>=', '>', '<=', '<' at line 1, column 4 (byte 4) after ")]
    [InlineData("a > 5.", "Expected [0-9] at line 1, column 7 (byte 7) after .")]
    [InlineData("5. > 0", "Expected [0-9] at line 1, column 3 (byte 3) after ")]
    [InlineData("- 1 > 0", "Expected one of [0-9] at line 1, column 2 (byte 2) after ")]
    [InlineData("a > 1 & ", "Expected one of ' ', '-', [0-9], '\"', '\\'', [a-zA-Z], '!', '(' at line 1, column 9 (byte 9) after & ")]
    [InlineData("(a > 1 x", "Expected one of ' ', '&&', '&', '||', '|', ')' at line 1, column 8 (byte 8) after ")]
    [InlineData("'a", "Expected one of [0-9a-zA-Z_], '\\'' at line 1, column 3 (byte 3) after ")]
    [InlineData("1 > 0)", "Expected one of [0-9], '.', ' ', '&&', '&', '||', '|' at line 1, column 6 (byte 6) after ")]
    [InlineData("1 =\n2", "Expected one of ' ', '-', [0-9], '\"', '\\'', [a-zA-Z] at line 1, column 4 (byte 4) after ")]
    public void Error_has_the_text_of_OneFlow_too(string text, string expected)
    {
        Assert.False(ElasticityExpression.TryParse(text, out _, out ExpressionError? error));
        Assert.StartsWith(expected, error.OneFlowText, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_throws_with_the_error_and_a_code()
    {
        ExpressionSyntaxException thrown = Assert.Throws<ExpressionSyntaxException>(() => ElasticityExpression.Parse("CPU >"));
        Assert.Equal(FlowErrorCodes.ExpressionInvalid, thrown.Code);
        Assert.Equal(6, thrown.Error.Column);
        Assert.Contains("column 6", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A > 1 & B > 1 | C > 1", ExpressionWarningKind.MixedOperators, 7)]
    [InlineData("A > 1 & (B > 1) | C > 1", ExpressionWarningKind.MixedOperators, 7)]
    [InlineData("!A > 1 & B > 1", ExpressionWarningKind.NotTakesTheRest, 1)]
    [InlineData("A > 1 | !(B > 1) & C > 1", ExpressionWarningKind.NotTakesTheRest, 9)]
    [InlineData("\"A\" > 1", ExpressionWarningKind.QuotedVariable, 1)]
    [InlineData("A > 1 & 2 > 1", ExpressionWarningKind.Constant, 9)]
    public void What_may_surprise_is_warned_of_once(string text, ExpressionWarningKind kind, int column)
    {
        ExpressionWarning warning = Assert.Single(ElasticityExpression.Parse(text).Warnings);
        Assert.Equal((kind, column), (warning.Kind, warning.Column));
    }

    [Theory]
    [InlineData("A > 1 & B > 1 & C > 1")]
    [InlineData("A > 1 | B > 1 & C > 1")]
    [InlineData("(A > 1 & B > 1) | C > 1")]
    [InlineData("A > 1 & (B > 1 | C > 1)")]
    [InlineData("(!A > 1) & B > 1")]
    [InlineData("B > 1 & !A > 1")]
    [InlineData("!(A > 1 | B > 1)")]
    public void What_means_what_it_seems_to_is_not_warned_of(string text) => Assert.Empty(ElasticityExpression.Parse(text).Warnings);

    [Fact]
    public void Variables_are_named_once_in_upper_case()
    {
        Assert.Equal(["CPU", "Q_1"], ElasticityExpression.Parse("cpu > 1 & (Q_1 < Cpu | \"cpu\" = 2)").Variables);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("!")]
    public void Depth_has_a_limit_and_no_effect_on_the_stack(string open)
    {
        string deep = string.Concat(Enumerable.Repeat(open, 256));
        string close = open == "(" ? new string(')', 256) : "";
        Assert.Equal(1, ElasticityExpression.Parse($"{deep}1 > 0{close}").ToString().IndexOf(open, 1, StringComparison.Ordinal));
        Assert.False(ElasticityExpression.TryParse($"{open}{deep}1 > 0{close}", out _, out ExpressionError? error));
        Assert.Equal(257, error.Column);

        var generous = new ExpressionOptions { MaxLength = int.MaxValue, MaxDepth = int.MaxValue };
        string abyss = string.Concat(Enumerable.Repeat(open, 100_000));
        string closed = open == "(" ? new string(')', 100_000) : "";
        Assert.True(ElasticityExpression.Parse($"{abyss}1 > 0{closed}", generous).Evaluate(VmValues.None));
    }

    [Fact]
    public void Length_has_a_limit()
    {
        string longest = "1=1" + new string(' ', 9_997);
        Assert.True(ElasticityExpression.TryParse(longest, out _, out _));
        Assert.False(ElasticityExpression.TryParse(longest + " ", out _, out ExpressionError? error));
        Assert.Contains("10000", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_chains_are_read_and_evaluated_in_time_that_grows_with_them()
    {
        var generous = new ExpressionOptions { MaxLength = int.MaxValue };
        string chain = string.Join('&', Enumerable.Repeat("1=1", 100_000));
        Assert.True(ElasticityExpression.Parse(chain, generous).Evaluate(VmValues.None));
        Assert.False(ElasticityExpression.Parse(chain + "&1=0", generous).Evaluate(VmValues.None));
    }

    [Theory]
    [InlineData("9007199254740993 > 9007199254740992", true)]
    [InlineData("9007199254740993 = 9007199254740992.0", false)]
    [InlineData("9007199254740993 > 9007199254740992.0", true)]
    [InlineData("-123456789012345678901234567890 < 0.5", true)]
    [InlineData("123456789012345678901234567890 = 123456789012345678901234567890", true)]
    [InlineData("123456789012345678901234567891 = 123456789012345678901234567890", false)]
    [InlineData("0.0 = -0.0", true)]
    [InlineData("-0.0 < 0", false)]
    public void Whole_numbers_are_exact(string text, bool holds) => Assert.Equal(holds, ElasticityExpression.Parse(text).Evaluate(VmValues.None));

    [Fact]
    public void Numbers_past_those_with_fractions_are_infinite_and_still_compare()
    {
        string huge = new string('9', 400) + ".0";
        Assert.True(ElasticityExpression.Parse($"{huge} > {new string('9', 390)}").Evaluate(VmValues.None));
        Assert.True(ElasticityExpression.Parse($"-{huge} < -{new string('9', 390)}").Evaluate(VmValues.None));
        Assert.Equal("Infinity > 1", ElasticityExpression.Parse($"{huge} > 1").ToString());
    }
}

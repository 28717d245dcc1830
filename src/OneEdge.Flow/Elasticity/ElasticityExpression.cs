using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace OneEdge.Flow.Elasticity;

/// <summary>
/// The condition of an elasticity policy, such as <c>CPU &gt; 80 &amp; QUEUE &gt; 5</c>. It never changes and many threads may use it at once: read it once
/// and keep it.
/// </summary>
/// <remarks>
/// <para>A condition compares numbers and variables with <c>= == != &lt;&gt; &gt; &gt;= &lt; &lt;=</c>; conditions are joined with
/// <c>&amp; &amp;&amp; | ||</c>, which bind alike and to the right (<c>a &amp; b | c</c> is <c>a &amp; (b | c)</c>), and <c>!</c> negates everything
/// behind it up to the end or a parenthesis.
/// <see cref="Warnings"/> says where that may surprise.</para>
/// <para>A comparison with a variable that has no value is false, whatever the comparison. Whole numbers are exact and of any size.</para>
/// <para>Source: OpenNebula 6.10, "OneFlow auto-scaling", and runs of it.</para>
/// </remarks>
public sealed class ElasticityExpression : IEquatable<ElasticityExpression>
{
    private readonly ExpressionToken[] _tokens;
    private readonly ExpressionComparison[] _comparisons;
    private readonly ExpressionVariable[] _variables;
    private readonly ExpressionTokenKind[] _code;
    private readonly int _mostOperands;
    private readonly bool _quotedHaveValues;
    private readonly string _text;

    private ElasticityExpression(ExpressionParser parser, ExpressionOptions options)
    {
        _tokens = parser.Tokens;
        _comparisons = parser.ComparisonsRead;
        _variables = parser.Variables;
        _code = parser.Code;
        _mostOperands = parser.MostOperands;
        _quotedHaveValues = options.QuotedVariablesHaveValues;
        Warnings = [.. parser.Warnings];
        Variables = [.. _variables.Select(v => v.Name).Distinct()];
        _text = ExpressionPrinter.Print(_tokens, _comparisons, _variables, []);
    }

    /// <summary>The names of its variables in upper case, each once, in the order in which they come.</summary>
    public ImmutableArray<string> Variables { get; }

    /// <summary>Where it may not mean what its writer thought.</summary>
    public ImmutableArray<ExpressionWarning> Warnings { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">What is accepted; <see cref="ExpressionOptions.Default"/> for <see langword="null"/>.</param>
    /// <exception cref="ExpressionSyntaxException">It is none.</exception>
    public static ElasticityExpression Parse(string text, ExpressionOptions? options = null) =>
        TryParse(text, out ElasticityExpression? expression, out ExpressionError? error, options) ? expression : throw new ExpressionSyntaxException(error);

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The text.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="error">What is wrong with it.</param>
    /// <param name="options">What is accepted; <see cref="ExpressionOptions.Default"/> for <see langword="null"/>.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out ElasticityExpression? expression,
        [NotNullWhen(false)] out ExpressionError? error,
        ExpressionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= ExpressionOptions.Default;
        var parser = new ExpressionParser(text, options);
        expression = parser.Read() ? new ElasticityExpression(parser, options) : null;
        error = parser.Error;
        return expression is not null;
    }

    /// <summary>Whether it holds.</summary>
    /// <param name="values">What the virtual machines say.</param>
    /// <param name="statistic">What is made of the values of several machines; their average unless told.</param>
    public bool Evaluate(IVmValues values, VmStatistic statistic = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        Span<double> numbers = _variables.Length <= 16 ? stackalloc double[16] : new double[_variables.Length];
        numbers = numbers[.._variables.Length];
        Read(values, statistic, numbers);
        return Run(numbers);
    }

    /// <summary>Whether it holds, and why.</summary>
    /// <param name="values">What the virtual machines say.</param>
    /// <param name="statistic">What is made of the values of several machines.</param>
    /// <param name="evaluated">The expression with the value of each variable behind its name, <c>--</c> for none: <c>CPU[80.5] &gt; 80</c>.</param>
    public bool Evaluate(IVmValues values, VmStatistic statistic, out string evaluated)
    {
        ArgumentNullException.ThrowIfNull(values);
        Span<double> numbers = _variables.Length <= 16 ? stackalloc double[16] : new double[_variables.Length];
        numbers = numbers[.._variables.Length];
        Read(values, statistic, numbers);
        evaluated = numbers.IsEmpty ? _text : ExpressionPrinter.Print(_tokens, _comparisons, _variables, numbers);
        return Run(numbers);
    }

    /// <summary>The expression with one blank around operators and names in upper case; reading it again gives the same.</summary>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public bool Equals(ElasticityExpression? other) => other is not null && _text == other._text && _quotedHaveValues == other._quotedHaveValues;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ElasticityExpression);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    // What is not known is not a number.
    private void Read(IVmValues values, VmStatistic statistic, Span<double> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            ExpressionVariable variable = _variables[i];
            bool isFound = variable.Quote == '\0' || _quotedHaveValues;
            numbers[i] = isFound ? statistic.Of(values, variable.Name) ?? double.NaN : double.NaN;
        }
    }

    private bool Run(ReadOnlySpan<double> numbers)
    {
        Span<bool> results = _mostOperands <= 256 ? stackalloc bool[_mostOperands] : new bool[_mostOperands];
        int count = 0;
        int comparison = 0;
        foreach (ExpressionTokenKind code in _code)
        {
            switch (code)
            {
                case ExpressionTokenKind.Comparison:
                    results[count++] = ExpressionComparer.Holds(_comparisons[comparison++], numbers);
                    break;
                case ExpressionTokenKind.Not:
                    results[count - 1] = !results[count - 1];
                    break;
                default:
                    bool right = results[--count];
                    bool left = results[count - 1];
                    results[count - 1] = code == ExpressionTokenKind.And ? left && right : left || right;
                    break;
            }
        }

        return results[0];
    }
}

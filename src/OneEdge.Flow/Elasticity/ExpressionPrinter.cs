using System.Buffers;

namespace OneEdge.Flow.Elasticity;

/// <summary>Writes an expression as OpenNebula does: one blank around operators, none inside of parentheses and behind <c>!</c>.</summary>
internal ref struct ExpressionPrinter
{
    private const int LongestNumber = 32;

    private char[] _text;
    private int _length;

    private ExpressionPrinter(int capacity)
    {
        _text = ArrayPool<char>.Shared.Rent(capacity);
        _length = 0;
    }

    /// <summary>The text.</summary>
    /// <param name="tokens">The parts in their order.</param>
    /// <param name="comparisons">The comparisons.</param>
    /// <param name="variables">The variables.</param>
    /// <param name="values">Their values, not a number for none; empty to leave values out.</param>
    public static string Print(
        ExpressionToken[] tokens, ExpressionComparison[] comparisons, ExpressionVariable[] variables, ReadOnlySpan<double> values)
    {
        var printer = new ExpressionPrinter(256);
        foreach (ExpressionToken token in tokens)
        {
            switch (token.Kind)
            {
                case ExpressionTokenKind.Open: printer.Add("("); break;
                case ExpressionTokenKind.Close: printer.Add(")"); break;
                case ExpressionTokenKind.Not: printer.Add("!"); break;
                case ExpressionTokenKind.And: printer.Add(token.IsDoubled ? " && " : " & "); break;
                case ExpressionTokenKind.Or: printer.Add(token.IsDoubled ? " || " : " | "); break;
                default: printer.Add(comparisons[token.Comparison], variables, values); break;
            }
        }

        string text = new(printer._text, 0, printer._length);
        ArrayPool<char>.Shared.Return(printer._text);
        return text;
    }

    private void Add(in ExpressionComparison comparison, ExpressionVariable[] variables, ReadOnlySpan<double> values)
    {
        Add(comparison.Left, variables, values);
        Add(comparison.Operator switch
        {
            CompareOperator.Equal => " = ",
            CompareOperator.EqualTwice => " == ",
            CompareOperator.NotEqual => " != ",
            CompareOperator.NotEqualAngles => " <> ",
            CompareOperator.GreaterOrEqual => " >= ",
            CompareOperator.LessOrEqual => " <= ",
            CompareOperator.Greater => " > ",
            _ => " < ",
        });
        Add(comparison.Right, variables, values);
    }

    private void Add(in ExpressionOperand operand, ExpressionVariable[] variables, ReadOnlySpan<double> values)
    {
        if (!operand.IsVariable)
        {
            Add(operand.Text);
            return;
        }

        ExpressionVariable variable = variables[operand.Variable];
        if (variable.Quote != '\0') Add(variable.Quote);
        Add(variable.Name);
        if (variable.Quote != '\0') Add(variable.Quote);
        if (values.IsEmpty) return;
        Add("[");
        if (double.IsNaN(values[operand.Variable])) Add("--");
        else Add(values[operand.Variable]);
        Add("]");
    }

    private void Add(double number)
    {
        Grow(LongestNumber);
        _length += RubyNumber.Format(number, _text.AsSpan(_length));
    }

    private void Add(char character)
    {
        Grow(1);
        _text[_length++] = character;
    }

    private void Add(string part)
    {
        Grow(part.Length);
        part.CopyTo(_text.AsSpan(_length));
        _length += part.Length;
    }

    private void Grow(int more)
    {
        if (_text.Length - _length >= more) return;
        char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(_text.Length * 2, _length + more));
        _text.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_text);
        _text = larger;
    }
}

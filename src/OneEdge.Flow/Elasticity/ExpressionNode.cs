using System.Numerics;

namespace OneEdge.Flow.Elasticity;

/// <summary>A piece of an expression, in the order in which it is written.</summary>
internal enum ExpressionTokenKind : byte
{
    Open,
    Close,
    Not,
    And,
    Or,
    Comparison,
}

/// <summary>A piece of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="IsDoubled">Whether an operator is written twice: <c>&amp;&amp;</c>.</param>
/// <param name="Comparison">Which comparison.</param>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, bool IsDoubled = false, int Comparison = 0);

/// <summary>How two operands are compared.</summary>
internal enum CompareOperator : byte
{
    Equal,
    EqualTwice,
    NotEqual,
    NotEqualAngles,
    GreaterOrEqual,
    LessOrEqual,
    Greater,
    Less,
}

/// <summary>Two operands and what is asked of them.</summary>
internal readonly record struct ExpressionComparison(ExpressionOperand Left, CompareOperator Operator, ExpressionOperand Right);

/// <summary>A number or a variable.</summary>
/// <param name="Variable">The index of a variable; -1 for a number.</param>
/// <param name="IsInteger">Whether a number is a whole one, which has any size and is exact.</param>
/// <param name="Number">The number; for a whole one the nearest, never beside it below 2^53.</param>
/// <param name="Integer">The whole number.</param>
/// <param name="Text">How a number is printed.</param>
internal readonly record struct ExpressionOperand(int Variable, bool IsInteger, double Number, BigInteger Integer, string Text)
{
    public bool IsVariable => Variable >= 0;
}

/// <summary>A variable of an expression.</summary>
/// <param name="Name">The name in upper case, without quotes.</param>
/// <param name="Quote">The quote around it; 0 for none.</param>
internal readonly record struct ExpressionVariable(string Name, char Quote);

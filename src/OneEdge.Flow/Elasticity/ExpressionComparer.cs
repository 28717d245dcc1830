using System.Numerics;

namespace OneEdge.Flow.Elasticity;

/// <summary>Compares two operands: whole numbers exactly, also with one that has a fraction.</summary>
internal static class ExpressionComparer
{
    private const double ExactIntegers = 9007199254740992;

    /// <summary>Whether a comparison holds.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="values">The values of the variables; what is not a number has none.</param>
    public static bool Holds(in ExpressionComparison comparison, ReadOnlySpan<double> values)
    {
        double left = Value(comparison.Left, values);
        double right = Value(comparison.Right, values);
        if (double.IsNaN(left) || double.IsNaN(right)) return false;
        bool areSmall = Math.Abs(left) < ExactIntegers && Math.Abs(right) < ExactIntegers;
        int order = areSmall ? left.CompareTo(right) : CompareLarge(comparison.Left, left, comparison.Right, right);
        if (left == 0 && right == 0) order = 0;
        return comparison.Operator switch
        {
            CompareOperator.Equal or CompareOperator.EqualTwice => order == 0,
            CompareOperator.NotEqual or CompareOperator.NotEqualAngles => order != 0,
            CompareOperator.GreaterOrEqual => order >= 0,
            CompareOperator.LessOrEqual => order <= 0,
            CompareOperator.Greater => order > 0,
            _ => order < 0,
        };
    }

    private static double Value(in ExpressionOperand operand, ReadOnlySpan<double> values) => operand.IsVariable ? values[operand.Variable] : operand.Number;

    // From 2^53 on every number of 64 bits is whole, so that nothing is lost when both become whole numbers, unless a small one has a fraction.
    private static int CompareLarge(in ExpressionOperand left, double leftValue, in ExpressionOperand right, double rightValue)
    {
        if (!left.IsInteger && !right.IsInteger) return leftValue.CompareTo(rightValue);
        if (!left.IsInteger && !double.IsFinite(leftValue)) return Math.Sign(leftValue);
        if (!right.IsInteger && !double.IsFinite(rightValue)) return -Math.Sign(rightValue);
        return Whole(left, leftValue).CompareTo(Whole(right, rightValue));
    }

    private static BigInteger Whole(in ExpressionOperand operand, double value) => operand.IsInteger ? operand.Integer : new BigInteger(value);
}

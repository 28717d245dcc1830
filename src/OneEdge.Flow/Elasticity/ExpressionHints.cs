namespace OneEdge.Flow.Elasticity;

/// <summary>What somebody may have meant who wrote something that is no expression.</summary>
internal static class ExpressionHints
{
    /// <summary>What stands at a position, for messages.</summary>
    public static string Found(string text, int position)
    {
        if (position >= text.Length) return "the end";
        if (char.IsAsciiLetter(text[position])) return $"'{Word(text, position)}'";
        return char.IsControl(text[position]) || char.IsSurrogate(text[position])
            ? FormattableString.Invariant($"the character U+{(int)text[position]:X4}")
            : $"'{text[position]}'";
    }

    public static string? AtOperand(string text, int position, bool isQuoted)
    {
        if (isQuoted) return "quotes may stand around the name of a variable only; numbers and texts are not quoted";
        return At(text, position) switch
        {
            '+' => "a number has no plus sign",
            '.' => "write a digit before the point: 0.5",
            '=' => "the comparisons are =, ==, !=, <>, >, >=, < and <=",
            '>' or '<' => "a comparison has something on both sides",
            '$' => "write the name of the variable alone",
            '&' or '|' => "something is missing before it",
            ')' => "the parentheses hold nothing",
            '_' => "a name begins with a letter",
            char other => Blank(other),
        };
    }

    public static string? AfterOperand(string text, int position, bool isVariable)
    {
        char found = At(text, position);
        if (found is '+' or '-' or '*' or '/' or '%')
            return isVariable ? "there is no arithmetic, and a name holds letters, digits and '_' only" : "there is no arithmetic";
        if (found == '.') return "a name holds letters, digits and '_' only";
        if (char.IsAsciiLetter(found) && !isVariable) return "a number has no unit and no exponent, and a name begins with a letter";
        if (isVariable && (found is '\0' or '&' or '|' or ')')) return "a variable alone says nothing: compare it, as in CPU > 0";
        return Blank(found);
    }

    public static string? AfterComparison(string text, int position)
    {
        char found = At(text, position);
        if (found is '=' or '!' or '<' or '>') return "comparisons are not chained: write a > b & b > c";
        if (found is '+' or '-' or '*' or '/') return "there is no arithmetic";
        if (found == '%') return "a number has no unit";
        if (!char.IsAsciiLetter(found)) return Blank(found);
        return Word(text, position).ToUpperInvariant() switch
        {
            "AND" => "write &",
            "OR" => "write |",
            "NOT" => "write !",
            _ => "a number has no unit and no exponent; comparisons are joined with & or |",
        };
    }

    public static string? AfterMinus(string text, int position) =>
        At(text, position) == ' ' ? "no blank after the sign" : "a sign stands before a number only";

    private static char At(string text, int position) => position < text.Length ? text[position] : '\0';

    private static string? Blank(char found) =>
        found is '\t' or '\n' or '\r' or '\u00a0' ? "only blanks may stand between parts, no tabs and no line ends" : null;

    private static string Word(string text, int position)
    {
        int end = position;
        while (end < text.Length && end < position + 20 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        return text[position..end];
    }
}

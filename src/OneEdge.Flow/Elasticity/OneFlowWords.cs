using System.Globalization;

namespace OneEdge.Flow.Elasticity;

/// <summary>
/// What the parser of OneFlow says of a text that is no expression: all that could have stood where it stopped, in the order in which the rules of its grammar
/// try it.
/// </summary>
/// <remarks>Source of the wording: treetop 1.6.7; of the rules: OpenNebula 6.10.5, <c>grammar.treetop</c>.</remarks>
internal static class OneFlowWords
{
    public const string Letter = "[a-zA-Z]";
    public const string Digit = "[0-9]";
    public const string Name = "[0-9a-zA-Z_]";
    private const string Blank = "' '";

    /// <summary>The beginning of a number or a variable.</summary>
    public static readonly string[] Operands = [Blank, Of('-'), Digit, Of('"'), Of('\''), Letter];

    /// <summary>The beginning of a condition.</summary>
    public static readonly string[] Conditions = [.. Operands, Of('!'), Of('(')];

    /// <summary>What compares.</summary>
    public static readonly string[] Comparisons = [Blank, "'=='", "'='", "'!='", "'<>'", "'>='", "'>'", "'<='", "'<'"];

    /// <summary>What joins conditions.</summary>
    public static readonly string[] Joins = [Blank, "'&&'", "'&'", "'||'", "'|'"];

    /// <summary>A character as it is named.</summary>
    public static string Of(char c) => c == '\'' ? @"'\''" : $"'{c}'";

    /// <summary>The whole text.</summary>
    /// <param name="text">What is no expression.</param>
    /// <param name="at">Where it stopped.</param>
    /// <param name="reached">How far the text was an expression.</param>
    /// <param name="expected">What could have stood there; twice what two rules wanted.</param>
    public static string Say(string text, int at, int reached, string[] expected)
    {
        // "One of" also of a single one that several rules wanted.
        string what = (expected.Length == 1 ? "" : "one of ") + string.Join(", ", expected.Distinct());
        int line = text.AsSpan(0, at).Count('\n') + 1;
        int column = at - (at == 0 ? -1 : text.LastIndexOf('\n', at - 1));
        string after = at == 0 ? "" : " after " + (reached < at ? text[reached..at] : "");
        return string.Create(CultureInfo.InvariantCulture, $"Expected {what} at line {line}, column {column} (byte {at + 1}){after}");
    }
}

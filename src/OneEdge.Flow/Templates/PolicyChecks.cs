namespace OneEdge.Flow;

/// <summary>What OneFlow accepts in the policies of a role.</summary>
internal static class PolicyChecks
{
    /// <summary>Why an expression is none, in the words of the parser of OneFlow; <see langword="null"/> for one that is valid.</summary>
    public static string? ExpressionError(string expression) => ExpressionSyntax.ErrorOf(expression);

    /// <summary>Whether a text is a time: seconds since 1970, or anything that Ruby finds a time in.</summary>
    public static bool IsValidStartTime(string text) => text.Split('\n').Any(IsDigits) || RubyTimeText.IsTime(text);

    /// <summary>Whether a text has a next occurrence.</summary>
    public static bool IsValidRecurrence(string text) => CronText.IsValid(text);

    private static bool IsDigits(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}

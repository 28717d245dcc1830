namespace OneEdge.Flow.Elasticity;

/// <summary>What a service template may say in its policies.</summary>
internal static class PolicyText
{
    /// <summary>Why a text is no expression; <see langword="null"/> when it is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">What is accepted.</param>
    public static string? ExpressionError(string text, ExpressionOptions? options = null) =>
        ElasticityExpression.TryParse(text, out _, out ExpressionError? error, options) ? null : error.ToString();

    /// <summary>Whether a text is a time: seconds since 1970, or a time as people write it.</summary>
    public static bool IsStartTime(string text) => StartTime.TryParse(text, out _);

    /// <summary>
    /// Whether OpenNebula takes a text for a cron expression. Some that it takes say nothing sensible, hour 24 for example; their policies do not act, and
    /// <see cref="RecurrenceWarning"/> says why.
    /// </summary>
    public static bool IsRecurrence(string text) => Recurrence.IsAccepted(text);

    /// <summary>Why a recurrence will never act; <see langword="null"/> when it may.</summary>
    public static string? RecurrenceWarning(string text) => Recurrence.TryParse(text, out _, out string? error) ? null : error;
}

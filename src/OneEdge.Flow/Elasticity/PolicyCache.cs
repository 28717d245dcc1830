using System.Collections.Concurrent;

namespace OneEdge.Flow.Elasticity;

/// <summary>
/// Keeps the expressions and recurrences of policies that were read, so that a round of decisions does not read them again. Many threads may use it at once.
/// </summary>
public sealed class PolicyCache
{
    private readonly ConcurrentDictionary<string, ParsedExpression> _expressions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ParsedRecurrence> _recurrences = new(StringComparer.Ordinal);
    private readonly int _capacity;

    /// <summary>Creates an empty one.</summary>
    /// <param name="options">What expressions may be; <see cref="ExpressionOptions.Default"/> for <see langword="null"/>.</param>
    /// <param name="capacity">How many of each are kept; when there are more it begins anew.</param>
    public PolicyCache(ExpressionOptions? options = null, int capacity = 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Options = options ?? ExpressionOptions.Default;
        _capacity = capacity;
    }

    /// <summary>What expressions may be.</summary>
    public ExpressionOptions Options { get; }

    internal ParsedExpression Expression(string text)
    {
        if (_expressions.TryGetValue(text, out ParsedExpression known)) return known;
        bool isRead = ElasticityExpression.TryParse(text, out ElasticityExpression? expression, out ExpressionError? error, Options);
        return Keep(_expressions, text, new ParsedExpression(isRead ? expression : null, error));
    }

    internal ParsedRecurrence Recurrence(string text)
    {
        if (_recurrences.TryGetValue(text, out ParsedRecurrence known)) return known;
        bool isRead = Elasticity.Recurrence.TryParse(text, out Recurrence? recurrence, out string? error);
        return Keep(_recurrences, text, new ParsedRecurrence(isRead ? recurrence : null, error));
    }

    private T Keep<T>(ConcurrentDictionary<string, T> cache, string text, T value)
    {
        if (cache.Count >= _capacity) cache.Clear();
        return cache.GetOrAdd(text, value);
    }

    internal readonly record struct ParsedExpression(ElasticityExpression? Value, ExpressionError? Error);

    internal readonly record struct ParsedRecurrence(Recurrence? Value, string? Error);
}

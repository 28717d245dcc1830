using System.Diagnostics.CodeAnalysis;
using Cronos;

namespace OneEdge.Flow.Elasticity;

/// <summary>
/// The times of a scheduled policy: a cron expression of five fields, or a name such as <c>@daily</c>. When both day fields say something, a day that one of
/// them names is enough. It never changes and many threads may use it at once.
/// </summary>
/// <remarks>
/// What is written is what OpenNebula reads, its ranges checked. When clocks go forward, times that are left out come right after; when they go back, a time
/// comes once, the first time, but what is counted in steps goes on. Source: crontab(5), cron(8), and runs of the library that OpenNebula uses.
/// </remarks>
internal sealed class Recurrence
{
    private const int MaxLength = 1000;
    private const int Fields = 5;
    private const string Names = "one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly and @annually";

    private readonly CronExpression _times;
    private readonly CronExpression? _otherTimes;

    private Recurrence(CronExpression times, CronExpression? otherTimes)
    {
        _times = times;
        _otherTimes = otherTimes;
    }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The text.</param>
    /// <param name="recurrence">What it says.</param>
    /// <param name="error">What is wrong with it.</param>
    /// <returns>Whether it is one, each number in its range.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out Recurrence? recurrence, out string? error)
    {
        recurrence = null;
        if (Read(text, out error) is not { } fields) return false;
        error = fields.Select(f => f.RangeError()).FirstOrDefault(e => e is not null);
        if (error is not null) return false;
        bool isEither = !fields[2].IsAny && !fields[4].IsAny;
        string start = $"{fields[0]} {fields[1]}";
        recurrence = isEither
            ? new Recurrence(CronExpression.Parse($"{start} {fields[2]} {fields[3]} *"), CronExpression.Parse($"{start} * {fields[3]} {fields[4]}"))
            : new Recurrence(CronExpression.Parse($"{start} {fields[2]} {fields[3]} {fields[4]}"), null);
        return true;
    }

    /// <summary>
    /// Whether OpenNebula takes a text for an expression. That is more than <see cref="TryParse"/> takes: backward ranges, and numbers out of range where its
    /// library does not stumble over them.
    /// </summary>
    public static bool IsAccepted(string text) =>
        Read(text, out _) is { } fields && fields[0].HasAny(0, 59) && fields[1].HasAny(0, 24) && fields[3].HasAny(1, 12);

    /// <summary>The first time behind another.</summary>
    /// <param name="after">The other time.</param>
    /// <param name="zone">Where the times are meant.</param>
    /// <returns>The time; <see langword="null"/> when there is none, as on 30 February.</returns>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        DateTimeOffset? first = _times.GetNextOccurrence(after, zone);
        DateTimeOffset? other = _otherTimes?.GetNextOccurrence(after, zone);
        return first is null || other < first ? other : first;
    }

    private static RecurrenceField[]? Read(string text, out string? error)
    {
        error = text.Length > MaxLength ? FormattableString.Invariant($"more than {MaxLength} characters") : null;
        if (error is not null) return null;
        string[] words = (Named(text) ?? text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (Fields or Fields + 1))
        {
            const string wanted = "(minute, hour, day, month, day of the week)";
            error = FormattableString.Invariant($"expected {Fields} fields {wanted} or {Names}, found {words.Length} fields");
            return null;
        }

        // A sixth field is read over, as OpenNebula does.
        var fields = new RecurrenceField[Fields];
        for (int i = 0; i < Fields; i++)
        {
            if (RecurrenceField.Read(RecurrenceField.Kinds[i], words[i], out error) is not { } field) return null;
            fields[i] = field;
        }

        return fields;
    }

    private static string? Named(string text) => text switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        _ => null,
    };
}

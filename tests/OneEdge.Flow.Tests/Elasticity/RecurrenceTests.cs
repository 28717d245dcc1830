using System.Globalization;
using CsCheck;
using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Tests.Elasticity;

public sealed class RecurrenceTests
{
    private static readonly TimeZoneInfo Madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");

    [Theory]
    [InlineData("0 24 * * *", "hour 24 is not 0 to 23")]
    [InlineData("0 0 32 * *", "day of the month 32 is not 1 to 31")]
    [InlineData("0 0 * * 8", "day of the week 8 is not 0 to 7")]
    [InlineData("5-1 * * * *", "minute 5-1 goes backwards")]
    [InlineData("0 0 * * fri-mon", "day of the week 5-1 goes backwards")]
    [InlineData("5,60 * * * *", "minute 60 is not 0 to 59")]
    [InlineData("0 0 * 5-20 *", "month 20 is not 1 to 12")]
    [InlineData("0 0 0 * *", "day of the month 0 is not 1 to 31")]
    public void What_opennebula_takes_and_cron_does_not_is_accepted_with_a_warning(string text, string warning)
    {
        Assert.True(Recurrence.IsAccepted(text));
        Assert.Contains(warning, Problem(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("* * * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("0 25 * * *")]
    [InlineData("0 0 * 13 *")]
    [InlineData("0 0 * 0 *")]
    [InlineData("*/0 * * * *")]
    [InlineData("1-5/0 * * * *")]
    [InlineData("*5 * * * *")]
    [InlineData("1/5 * * * *")]
    [InlineData("1-5-9 * * * *")]
    [InlineData("0 0 * * sunday")]
    [InlineData("0 0 L * *")]
    [InlineData("0 0 ? * *")]
    [InlineData("0 0 15W * *")]
    [InlineData("0 0 * * 1#2")]
    [InlineData("-1 * * * *")]
    [InlineData(",5 * * * *")]
    [InlineData("5,,6 * * * *")]
    [InlineData("@reboot")]
    [InlineData("@Daily")]
    [InlineData("@every_minute")]
    [InlineData("99999999999999999999 * * * *")]
    [InlineData("bad")]
    public void What_neither_takes_is_refused_with_a_reason(string text)
    {
        Assert.False(Recurrence.IsAccepted(text));
        Assert.NotNull(Problem(text));
    }

    [Theory]
    [InlineData("* * * * * *", "2021-06-07 12:01")]
    [InlineData("JAN-MAR * * * *", "2021-06-07 12:01")]
    [InlineData("*/60 * * * *", "2021-06-07 13:00")]
    [InlineData("*/20,5 * * * *", "2021-06-07 12:05")]
    [InlineData("5,*/20 * * * *", "2021-06-07 12:05")]
    [InlineData("*,5 * * * *", "2021-06-07 12:01")]
    [InlineData("5, * * * *", "2021-06-07 12:05")]
    [InlineData("0\t0  * * *  ", "2021-06-08 00:00")]
    [InlineData("  0 0 * * *", "2021-06-08 00:00")]
    [InlineData("0 0 */10 * 1", "2021-06-11 00:00")]
    [InlineData("0 0 13 * 5", "2021-06-11 00:00")]
    [InlineData("0 0 * * 5-7", "2021-06-11 00:00")]
    [InlineData("0 0 29 2 *", "2024-02-29 00:00")]
    [InlineData("0 0 31 * *", "2021-07-31 00:00")]
    [InlineData("00 07 * * *", "2021-06-08 07:00")]
    [InlineData("1-5,10-12/2 * * * *", "2021-06-07 12:01")]
    public void Next_time_is_that_of_cron(string text, string expected) =>
        Assert.Equal(Utc(expected), Read(text).Next(Utc("2021-06-07 12:00:30"), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4,6,9,11 *")]
    public void Days_that_do_not_exist_never_come(string text)
    {
        Assert.True(Recurrence.IsAccepted(text));
        Assert.Null(Read(text).Next(Utc("2021-06-07 12:00"), TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData("30 2 * * *", "2021-03-27 13:00", "2021-03-28 01:00")] // the clock goes from 2:00 to 3:00
    [InlineData("30 2 * * *", "2021-03-28 01:00", "2021-03-29 00:30")]
    [InlineData("30 2 * * *", "2021-10-30 12:00", "2021-10-31 00:30")] // and from 3:00 to 2:00
    [InlineData("30 2 * * *", "2021-10-31 00:30", "2021-11-01 01:30")]
    [InlineData("*/15 * * * *", "2021-10-31 00:45", "2021-10-31 01:00")]
    [InlineData("*/15 * * * *", "2021-10-31 01:45", "2021-10-31 02:00")]
    [InlineData("*/15 * * * *", "2021-03-28 00:45", "2021-03-28 01:00")]
    public void Clock_changes_neither_lose_nor_repeat_a_time(string text, string after, string expected) =>
        Assert.Equal(Utc(expected), Read(text).Next(Utc(after), Madrid)!.Value.ToUniversalTime());

    [Fact]
    public void Next_time_is_later_matches_and_none_lies_between() =>
        Gen.Select(Field(0, 59), Field(0, 23), Field(1, 31), Field(1, 12), Field(0, 6), Gen.Int[0, 40_000_000])
        .Sample((minute, hour, day, month, weekday, offset) =>
        {
            string text = $"{minute} {hour} {day} {month} {weekday}";
            DateTimeOffset from = Utc("2020-02-20 00:00").AddSeconds(offset);
            DateTimeOffset? next = Read(text).Next(from, TimeZoneInfo.Utc);
            DateTimeOffset until = from.AddDays(3);
            if (next is null || next > until)
            {
                Assert.False(NaiveCron.Any(text, from, until, TimeZoneInfo.Utc));
                if (next is null) return;
            }
            else
            {
                Assert.True(NaiveCron.Any(text, from, next.Value, TimeZoneInfo.Utc));
                Assert.False(NaiveCron.Any(text, from, next.Value.AddMinutes(-1), TimeZoneInfo.Utc));
            }

            Assert.True(next > from);
            Assert.True(NaiveCron.Matches(text, next.Value.UtcDateTime));
        });

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.OneOf(Gen.String, Gen.String["0123456789*/,- janmo"]).Sample(text =>
    {
        bool isRead = Recurrence.TryParse(text, out Recurrence? recurrence, out string? error);
        Assert.NotEqual(isRead, error is not null);
        recurrence?.Next(Utc("2021-06-07 12:00"), TimeZoneInfo.Utc);
        if (isRead) Assert.True(Recurrence.IsAccepted(text));
    });

    private static Gen<string> Field(int first, int last) => Gen.OneOf(
        Gen.Const("*"),
        Gen.Int[first, last].Select(n => n.ToString(CultureInfo.InvariantCulture)),
        Gen.Int[1, last + 5].Select(n => $"*/{n}"),
        Gen.Select(Gen.Int[first, last], Gen.Int[first, last], Gen.Int[1, 9], (a, b, s) => $"{Math.Min(a, b)}-{Math.Max(a, b)}/{s}"),
        Gen.Select(Gen.Int[first, last], Gen.Int[first, last], (a, b) => $"{a},{b},{a}"));

    private static string? Problem(string text) => Recurrence.TryParse(text, out _, out string? error) ? null : error;

    private static Recurrence Read(string text)
    {
        Assert.True(Recurrence.TryParse(text, out Recurrence? recurrence, out string? error), error);
        return recurrence;
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

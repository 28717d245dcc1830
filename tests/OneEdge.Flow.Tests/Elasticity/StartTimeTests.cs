using System.Globalization;
using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Tests.Elasticity;

/// <summary>What <c>Time.parse</c> of Ruby 3.1 finds on 7 June 2021, a Monday, in UTC; without fractions of seconds.</summary>
public sealed class StartTimeTests
{
    private static readonly DateTimeOffset Far = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2021-06-07 11:59:59", "2021-06-07T11:59:59")]
    [InlineData("2021-06-07T11:59:00Z", "2021-06-07T11:59:00")]
    [InlineData("2021-06-07T11:59:00+02:00", "2021-06-07T09:59:00")]
    [InlineData("2021-06-07 11:59:00 +0200", "2021-06-07T09:59:00")]
    [InlineData("2021-06-07T11:59:00.5Z", "2021-06-07T11:59:00")]
    [InlineData("2021-06-07T11:59:00,5Z", "2021-06-07T11:59:00")]
    [InlineData("7 Jun 2021 11:59", "2021-06-07T11:59:00")]
    [InlineData("2nd Jun 2013 15:45", "2013-06-02T15:45:00")]
    [InlineData("Jun 7 2021", "2021-06-07T00:00:00")]
    [InlineData("Jun 7, 2021 10:00", "2021-06-07T10:00:00")]
    [InlineData("June 7th 2021", "2021-06-07T00:00:00")]
    [InlineData("8 jun", "2021-06-08T00:00:00")]
    [InlineData("jun 8", "2021-06-08T00:00:00")]
    [InlineData("jun", "2021-06-01T00:00:00")]
    [InlineData("june 2021", "2021-06-01T00:00:00")]
    [InlineData("2021 jun", "2021-06-01T00:00:00")]
    [InlineData("2021 jun 8", "2021-06-08T00:00:00")]
    [InlineData("10:30", "2021-06-07T10:30:00")]
    [InlineData("10:30:15", "2021-06-07T10:30:15")]
    [InlineData("10:30 pm", "2021-06-07T22:30:00")]
    [InlineData("10 pm", "2021-06-07T22:00:00")]
    [InlineData("10pm", "2021-06-07T22:00:00")]
    [InlineData("12am", "2021-06-07T00:00:00")]
    [InlineData("12pm", "2021-06-07T12:00:00")]
    [InlineData("12:30am", "2021-06-07T00:30:00")]
    [InlineData("06/08/2021", "2021-08-06T00:00:00")]
    [InlineData("2021/06/08", "2021-06-08T00:00:00")]
    [InlineData("6/8", "2021-06-08T00:00:00")]
    [InlineData("6/8/21", "2006-08-21T00:00:00")]
    [InlineData("06/08/21", "2006-08-21T00:00:00")]
    [InlineData("31/12/2021", "2021-12-31T00:00:00")]
    [InlineData("12.6.2021", "2021-06-12T00:00:00")]
    [InlineData("12.06.21", "2012-06-21T00:00:00")]
    [InlineData("2021.6.12", "2021-06-12T00:00:00")]
    [InlineData("7-6-2021", "2021-06-07T00:00:00")]
    [InlineData("07-06-21", "2007-06-21T00:00:00")]
    [InlineData("2021-158", "2021-06-07T00:00:00")]
    [InlineData("21-158", "2021-06-07T00:00:00")]
    [InlineData("20210607T115900Z", "2021-06-07T11:59:00")]
    [InlineData("20210607T1159", "2021-06-07T11:59:00")]
    [InlineData("20210607 1159", "2021-06-07T11:59:00")]
    [InlineData("20210607T115900", "2021-06-07T11:59:00")]
    [InlineData("20210607 11:59", "2021-06-07T11:59:00")]
    [InlineData("mon 10:00", "2021-06-07T10:00:00")]
    [InlineData("Mon, 07 Jun 2021 11:59:00 +0200", "2021-06-07T09:59:00")]
    [InlineData("Mon Jun  7 11:59:00 UTC 2021", "2021-06-07T11:59:00")]
    [InlineData("Mon Jun  7 11:59:00 CEST 2021", "2021-06-07T11:59:00")]
    [InlineData("Mon Jun  7 11:59:00 2021", "2021-06-07T11:59:00")]
    [InlineData("7th", "2021-06-07T00:00:00")]
    [InlineData("10h", "2021-06-07T10:00:00")]
    [InlineData("10h30", "2021-06-07T10:30:00")]
    [InlineData("10h30m", "2021-06-07T10:30:00")]
    [InlineData("10:30 EST", "2021-06-07T15:30:00")]
    [InlineData("10:30 Z", "2021-06-07T10:30:00")]
    [InlineData("10:30 +2", "2021-06-07T10:30:00")]
    [InlineData("10:30+02", "2021-06-07T08:30:00")]
    [InlineData("10:30 GMT+2", "2021-06-07T10:30:00")]
    [InlineData("2021-06-07 24:00", "2021-06-08T00:00:00")]
    [InlineData("2021-06-07 10:30:60", "2021-06-07T10:31:00")]
    [InlineData("2021-02-31", "2021-03-03T00:00:00")]
    [InlineData("2021-02-29 10:00", "2021-03-01T10:00:00")]
    [InlineData("2021-04-31", "2021-05-01T00:00:00")]
    [InlineData("2021-06-31 10:00", "2021-07-01T10:00:00")]
    [InlineData("+2021-06-07", "2021-06-07T00:00:00")]
    [InlineData("'21-06-07", "2021-06-07T00:00:00")]
    [InlineData("2021-6-7", "2021-06-07T00:00:00")]
    [InlineData("2021-6-7 9:5", "2021-06-07T09:05:00")]
    [InlineData("21-6-7", "2021-06-07T00:00:00")]
    [InlineData("99-6-7", "1999-06-07T00:00:00")]
    [InlineData("69-1-1", "1969-01-01T00:00:00")]
    [InlineData("68-1-1", "2068-01-01T00:00:00")]
    [InlineData("2021-jun-07", "2021-06-07T00:00:00")]
    [InlineData("7-jun-2021", "2021-06-07T00:00:00")]
    [InlineData("07-jun-21", "2021-06-07T00:00:00")]
    [InlineData("jun-7-2021", "2021-06-07T00:00:00")]
    [InlineData("2021-06-07garbage", "2021-06-07T00:00:00")]
    [InlineData("2021-06-07 10:00 foo", "2021-06-07T10:00:00")]
    [InlineData("on 2021-06-07 at 10:00", "2021-06-07T10:00:00")]
    [InlineData("2021-06-07  10:00", "2021-06-07T10:00:00")]
    [InlineData("2021-06-07\t10:00", "2021-06-07T10:00:00")]
    [InlineData("2021-06-07 10", "2021-06-07T10:00:00")]
    [InlineData("2021-06-07T10:00:00-03:30", "2021-06-07T13:30:00")]
    [InlineData("2021-06-07T10:00:00z", "2021-06-07T10:00:00")]
    [InlineData("2021-06-07 10:00 BC", "2021-06-07T10:00:00")]
    [InlineData("Sat Aug 28 02:55:00 2000", "2000-08-28T02:55:00")]
    [InlineData("8:00, 7 June 2021", "2021-06-07T08:00:00")]
    [InlineData("7 June", "2021-06-07T00:00:00")]
    [InlineData("may", "2021-05-01T00:00:00")]
    [InlineData("mars", "2021-03-01T00:00:00")]
    [InlineData("1 mars 2021", "2021-03-01T00:00:00")]
    [InlineData("5 May 10:00 AM", "2021-05-05T10:00:00")]
    [InlineData("10:00 a.m.", "2021-06-07T10:00:00")]
    [InlineData("May 5 '21", "2021-05-05T00:00:00")]
    [InlineData("11:59:59.999", "2021-06-07T11:59:59")]
    [InlineData("0:00", "2021-06-07T00:00:00")]
    [InlineData("00:00", "2021-06-07T00:00:00")]
    [InlineData("24:00", "2021-06-08T00:00:00")]
    [InlineData("Jun 31 2021", "2021-07-01T00:00:00")]
    [InlineData("2021-06-07T10:00:00 Europe/Madrid", "2021-06-07T10:00:00")]
    [InlineData("  10:30  ", "2021-06-07T10:30:00")]
    [InlineData("10 : 30", "2021-06-07T10:30:00")]
    [InlineData("10:30:", "2021-06-07T10:30:00")]
    [InlineData("1:2:3", "2021-06-07T01:02:03")]
    [InlineData("2021-06-07-10:00", "2021-06-07T10:00:00")]
    [InlineData("12/25 10:00", "2021-12-25T10:00:00")]
    [InlineData("25/12/2021 10:00", "2021-12-25T10:00:00")]
    [InlineData("2021/06", "2021-06-01T00:00:00")]
    [InlineData("06/2021", "2021-06-01T00:00:00")]
    [InlineData("1/2/3", "2001-02-03T00:00:00")]
    [InlineData("jan 1", "2021-01-01T00:00:00")]
    [InlineData("1 jan 00:00", "2021-01-01T00:00:00")]
    [InlineData("the 12th", "2021-06-12T00:00:00")]
    [InlineData("sept 5", "2021-09-05T00:00:00")]
    [InlineData("september 5 2021 5pm", "2021-09-05T17:00:00")]
    [InlineData("0607 10:00", "2021-06-07T10:00:00")]
    [InlineData("07 10:30", "2021-06-07T10:30:00")]
    [InlineData("210607 10:00", "2021-06-07T10:00:00")]
    [InlineData("2021158 10:00", "2021-06-07T10:00:00")]
    [InlineData("21158 10:00", "2021-06-07T10:00:00")]
    [InlineData("158 10:00", "2021-06-07T10:00:00")]
    [InlineData("'22", "2022-01-01T00:00:00")]
    [InlineData("tomorrow 07", "2021-06-07T00:00:00")]
    [InlineData("07-05 10:00", "2021-06-07T15:00:00")]
    [InlineData("0607Z", "2021-06-07T00:00:00")]
    [InlineData("T0607 1030", "2021-06-07T10:30:00")]
    [InlineData("07 1030", "2021-06-07T10:30:00")]
    [InlineData("2021-158 9h", "2021-06-07T09:00:00")]
    public void Time_is_read_as_people_write_it(string text, string utc)
    {
        Assert.True(StartTime.TryParse(text, out StartTime time));
        DateTimeOffset found = time.On(new DateTime(2021, 6, 7, 12, 0, 0), TimeZoneInfo.Utc)!.Value;
        Assert.Equal(utc, found.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2021-06")]
    [InlineData("2021-W23-1")]
    [InlineData("-5")]
    [InlineData("tomorrow")]
    [InlineData("today")]
    [InlineData("noon")]
    [InlineData("monday")]
    [InlineData("2021-06-07 24:01")]
    [InlineData("2021-06-07 25:00")]
    [InlineData("2021-06-07 10:60")]
    [InlineData("2021-06-07 10:30:61")]
    [InlineData("2021-06-00")]
    [InlineData("2021-00-01")]
    [InlineData("2021-13-45")]
    [InlineData("2021-06-32")]
    [InlineData("not a date")]
    [InlineData("garbage")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("d\u00E9cembre")]
    [InlineData("1e3")]
    [InlineData("W23")]
    [InlineData("2021W231")]
    [InlineData("25/12")]
    [InlineData("a 5")]
    [InlineData("x")]
    [InlineData("2018-06")]
    [InlineData("45 10:00")]
    [InlineData("1332 10:00")]
    [InlineData("\0")]
    public void What_is_no_time_is_refused(string text) => Assert.False(StartTime.TryParse(text, out _));

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("1623150000", 1623150000L)]
    [InlineData("2021", 2021L)]
    [InlineData("20210607", 20210607L)]
    public void Digits_are_seconds_since_1970(string text, long seconds)
    {
        Assert.True(StartTime.TryParse(text, out StartTime time));
        Assert.Equal(seconds, time.LastUntil(Far, TimeZoneInfo.Utc)!.Value.ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData("99999999999999")]
    [InlineData("99999999999999999999999999")]
    [InlineData("12021-01-01")]
    [InlineData("0000-01-01")]
    public void Times_beyond_the_years_that_there_are_never_come(string text)
    {
        Assert.True(StartTime.TryParse(text, out StartTime time));
        Assert.Null(time.LastUntil(Far, TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData("23:59:45", "2021-06-07 00:00:30", "2021-06-06 23:59:45")]
    [InlineData("00:00:10", "2021-06-07 00:00:30", "2021-06-07 00:00:10")]
    [InlineData("31 dec 23:59", "2021-01-01 00:00:30", "2020-12-31 23:59:00")]
    [InlineData("30th 23:59", "2021-07-01 00:00:30", "2021-06-30 23:59:00")]
    public void Time_without_a_date_comes_again(string text, string now, string expected)
    {
        Assert.True(StartTime.TryParse(text, out StartTime time));
        Assert.Equal(Utc(expected), time.LastUntil(Utc(now), TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData("2021-03-28 02:30", "2021-03-28 01:30")]
    [InlineData("2021-10-31 02:30", "2021-10-31 01:30")]
    [InlineData("2021-06-07 13:59", "2021-06-07 11:59")]
    public void Time_is_meant_in_the_zone_of_the_server(string text, string utc)
    {
        Assert.True(StartTime.TryParse(text, out StartTime time));
        Assert.Equal(Utc(utc), time.LastUntil(Far, TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid")));
    }

    [Fact]
    public void Hostile_texts_take_no_time_and_long_ones_are_refused()
    {
        foreach (string part in new[] { "1", "1:", "1-", "1/", "jan", "1jan", "1.", " ", "t1", "+1", "1st", "'1" })
        {
            foreach (int count in new[] { 20, 40, 60, 127, 5000 })
            {
                string text = "x" + string.Concat(Enumerable.Repeat(part, count));
                bool isRead = StartTime.TryParse(text, out _);
                Assert.False(isRead && text.Length > 128);
            }
        }
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

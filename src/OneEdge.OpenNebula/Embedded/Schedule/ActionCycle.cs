namespace OneEdge.OpenNebula.Embedded;

/// <summary>On which days, or after how many hours, an action is done again. Days are those of UTC.</summary>
internal sealed class ActionCycle
{
    public const int Hourly = 3;

    private const int Weekly = 0;
    private const int Monthly = 1;
    private const long Hour = 3600;
    private const long Day = 24 * Hour;

    private static readonly (int First, int End, string Problem)[] Ranges =
    [
        (0, 7, "Days in a week have to be in [0,6] range"),
        (1, 32, "Days in a month have to be in [1,31] range"),
        (0, 366, "Days in a year have to be in [0,365] range"),
        (1, 168, "Hours have to be in [0,168] range"),
    ];

    private readonly SortedSet<int> _days;

    private ActionCycle(int repeat, SortedSet<int> days) => (Repeat, _days) = (repeat, days);

    /// <summary>An action that is done once.</summary>
    public static ActionCycle None { get; } = new(-1, []);

    /// <summary>What the days count, by the numbers of the core.</summary>
    public int Repeat { get; }

    public bool IsHourly => Repeat == Hourly;

    /// <summary>A cycle; refused when its days are out of range.</summary>
    public static ActionCycle Of(int repeat, string days)
    {
        if (repeat < 0) return None;
        SortedSet<int> all = IdList.Parse(days);
        if (all.Count == 0) throw CallRefusal.Action("Scheduled Action repeat set, but DAYS are empty");
        (int first, int end, string problem) = Ranges[repeat];
        return all.Min >= first && all.Max < end && (repeat != Hourly || all.Count == 1) ? new ActionCycle(repeat, all) : throw CallRefusal.Action(problem);
    }

    /// <summary>When it is done after a time at which it was to be done, which is now or before.</summary>
    public long Next(long time, long now)
    {
        if (IsHourly)
        {
            long step = _days.Min * Hour;
            return time + (step * Math.Max(1, (now - time + step - 1) / step));
        }

        DateTimeOffset today = DateTimeOffset.FromUnixTimeSeconds(now);
        (int day, int period) = Repeat switch
        {
            Weekly => ((int)today.DayOfWeek, 7),
            Monthly => (today.Day, DateTime.DaysInMonth(today.Year, today.Month)),
            _ => (today.DayOfYear - 1, DateTime.IsLeapYear(today.Year) ? 366 : 365),
        };
        int next = day >= _days.Max ? period + _days.Min : _days.First(d => d > day);
        return time + ((next - day) * Day);
    }
}

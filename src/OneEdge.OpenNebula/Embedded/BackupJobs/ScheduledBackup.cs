using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>When a backup job runs by itself. It is kept and checked; the cloud does not run it (OpenNebula 6.10 source, src/sam/ScheduledAction.cc).</summary>
internal sealed record ScheduledBackup(int Id, int Job, long Time, long Warning, int Repeat, string Days, int EndType, long EndValue, string Arguments)
{
    private const int Hourly = 3;
    private const int Never = 0;

    private static readonly (int First, int End, string Problem)[] Ranges =
    [
        (0, 7, "Days in a week have to be in [0,6] range"),
        (1, 32, "Days in a month have to be in [1,31] range"),
        (0, 366, "Days in a year have to be in [0,365] range"),
        (1, 168, "Hours have to be in [0,168] range"),
    ];

    /// <summary>Reads one; refused when it cannot be.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="job">The job.</param>
    /// <param name="sent">What the caller wants.</param>
    /// <param name="now">The time, in seconds of Unix time.</param>
    public static ScheduledBackup Parse(int id, int job, TemplateAttribute sent, long now)
    {
        string time = sent.Get("TIME") ?? "";
        long at = TimeOf(time, now) ?? throw CallRefusal.Action($"Unable to parse the time value or value is empty: {time}");
        string warning = sent.Get("WARNING") ?? "";
        long warnedAt = warning.Length == 0 ? 0 : TimeOf(warning, now) ?? throw CallRefusal.Action($"Unable to parse the warning value: {warning}");
        int repeat = Number(sent, "REPEAT", -1, Hourly);
        string days = repeat < 0 ? "" : sent.Get("DAYS") ?? throw CallRefusal.Action("Repeat set, but DAYS are empty");
        if (repeat >= 0) CheckDays(repeat, IdList.Parse(days));
        int endType = Number(sent, "END_TYPE", -1, 2);
        long endValue = endType > Never && sent.TryGet("END_VALUE", out long value) ? value : -1;
        if (endType == 1 && endValue < 0) throw CallRefusal.Action("Error parsing END_VALUE, times has to be greater or equal to 0");
        return new ScheduledBackup(id, job, at, warnedAt, repeat, days, endType, endValue, sent.Get("ARGS") ?? "");
    }

    public void Write(XmlText xml)
    {
        xml.Open("SCHED_ACTION");
        xml.Element("ID", Id);
        xml.Element("PARENT_ID", Job);
        xml.Element("TYPE", ObjectKind.BackupJob.Right);
        xml.Element("ACTION", "backup");
        xml.Element("ARGS", Arguments);
        xml.Element("TIME", Time);
        xml.Element("REPEAT", Repeat);
        xml.Element("DAYS", Days);
        xml.Element("END_TYPE", EndType);
        xml.Element("END_VALUE", EndValue);
        xml.Element("DONE", -1);
        xml.Element("MESSAGE", "");
        xml.Element("WARNING", Warning);
        xml.Close("SCHED_ACTION");
    }

    // Seconds of Unix time, or so many from now.
    private static long? TimeOf(string text, long now)
    {
        bool isRelative = text.StartsWith('+');
        if (!long.TryParse(isRelative ? text.AsSpan(1) : text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)) return null;
        return isRelative ? now + seconds : seconds;
    }

    private static int Number(TemplateAttribute sent, string name, int least, int most)
    {
        if (!sent.TryGet(name, out int value)) return -1;
        return value >= least && value <= most ? value : throw CallRefusal.Action(FormattableString.Invariant($"Wrong {name} value: {value}"));
    }

    private static void CheckDays(int repeat, SortedSet<int> days)
    {
        if (days.Count == 0) throw CallRefusal.Action("Scheduled Action repeat set, but DAYS are empty");
        (int first, int end, string problem) = Ranges[repeat];
        if (days.Min < first || days.Max >= end || (repeat == Hourly && days.Count != 1)) throw CallRefusal.Action(problem);
    }
}

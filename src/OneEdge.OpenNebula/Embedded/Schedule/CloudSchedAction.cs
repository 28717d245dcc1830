using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>
/// An action of a machine or a backup job that is done at a time, once or again and again (OpenNebula 6.10 source, src/sam/ScheduledAction.cc).
/// </summary>
internal sealed class CloudSchedAction(int id, ObjectKind parentKind, int parent)
{
    private const int Times = 1;
    private const int Until = 2;

    private static readonly HashSet<string> OfMachines =
    [
        "terminate", "terminate-hard", "undeploy", "undeploy-hard", "hold", "release", "stop", "suspend", "resume", "reboot", "reboot-hard", "poweroff",
        "poweroff-hard", "snapshot-create", "snapshot-revert", "snapshot-delete", "disk-snapshot-create", "disk-snapshot-revert", "disk-snapshot-delete",
        "backup",
    ];

    private string _days = "";
    private int _endType = -1;
    private long _endValue = -1;
    private long _warning;

    public int Id { get; } = id;

    public string Action { get; private set; } = "";

    public string Arguments { get; private set; } = "";

    /// <summary>When it is to be done, in seconds of Unix time.</summary>
    public long Time { get; private set; } = -1;

    /// <summary>When it was last done; -1 before.</summary>
    public long Done { get; private set; } = -1;

    /// <summary>Why it could not be done.</summary>
    public string Message { get; set; } = "";

    private ActionCycle Cycle { get; set; } = ActionCycle.None;

    /// <summary>The action with what a template says in the place of what it said; refused when that cannot be.</summary>
    /// <param name="sent">The <c>SCHED_ACTION</c>.</param>
    /// <param name="origin">The time that a time with a sign is counted from.</param>
    public CloudSchedAction With(TemplateAttribute sent, long origin)
    {
        var changed = (CloudSchedAction)MemberwiseClone();
        changed.ReadAction(sent);
        changed.ReadTimes(sent, origin);
        changed.ReadCycle(sent);
        changed.ReadEnd(sent);
        changed.Arguments = sent.Get("ARGS") ?? changed.Arguments;
        return changed;
    }

    /// <summary>Whether it is still to be done at its time.</summary>
    public bool IsOpen(long now) => !IsOver(now) && (Done <= 0 || Done < Time);

    /// <summary>It is done: the time of the next one, if there is one, is set.</summary>
    public void Pass(long now)
    {
        Done = now;
        Message = "";
        if (Cycle == ActionCycle.None || IsOver(now)) return;
        if (_endType == Times) _endValue--;
        Time = Cycle.Next(Time, now);
        if (!Cycle.IsHourly) _warning = 0;
    }

    public void Write(XmlText xml)
    {
        xml.Open("SCHED_ACTION");
        xml.Element("ID", Id);
        xml.Element("PARENT_ID", parent);
        xml.Element("TYPE", parentKind.Right);
        xml.Element("ACTION", Action);
        xml.Element("ARGS", Arguments);
        xml.Element("TIME", Time);
        xml.Element("REPEAT", Cycle.Repeat);
        xml.Element("DAYS", _days);
        xml.Element("END_TYPE", _endType);
        xml.Element("END_VALUE", _endValue);
        xml.Element("DONE", Done);
        xml.Element("MESSAGE", Message);
        xml.Element("WARNING", _warning);
        xml.Close("SCHED_ACTION");
    }

    private bool IsOver(long now) => _endType switch
    {
        Times => _endValue <= 0,
        Until => now > _endValue,
        _ => false,
    };

    private void ReadAction(TemplateAttribute sent)
    {
        if (parentKind == ObjectKind.BackupJob)
        {
            Action = "backup";
        }
        else if (sent.Get("ACTION") is { Length: > 0 } action)
        {
            Action = OfMachines.Contains(action) ? action : throw CallRefusal.Action($"{action} is not supported.");
        }

        if (Action.Length == 0) throw CallRefusal.Action("No ACTION in template for Scheduled Action.");
    }

    private void ReadTimes(TemplateAttribute sent, long origin)
    {
        string time = sent.Get("TIME") ?? "";
        if (time.Length > 0) Time = TimeOf(time, origin);
        if (Time == -1) throw CallRefusal.Action($"Unable to parse the time value or value is empty: {time}");
        if (sent.Get("WARNING") is not { Length: > 0 } warning) return;
        _warning = TimeOf(warning, origin);
        if (_warning == -1) throw CallRefusal.Action($"Unable to parse the warning value: {warning}");
    }

    private void ReadCycle(TemplateAttribute sent)
    {
        int repeat = sent.TryGet("REPEAT", out int number) ? number : Cycle.Repeat;
        if (repeat is < -1 or > ActionCycle.Hourly) throw CallRefusal.Action(FormattableString.Invariant($"Wrong REPEAT value: {repeat}"));
        if (repeat < 0) _days = "";
        else if (sent.Get("DAYS") is { } days) _days = days;
        else if (_days.Length == 0) throw CallRefusal.Action("Repeat set, but DAYS are empty");
        Cycle = ActionCycle.Of(repeat, _days);
    }

    private void ReadEnd(TemplateAttribute sent)
    {
        if (sent.TryGet("END_TYPE", out int type))
            _endType = type is >= -1 and <= Until ? type : throw CallRefusal.Action(FormattableString.Invariant($"Wrong END_TYPE value: {type}"));
        if (_endType < Times) _endValue = -1;
        else if (sent.TryGet("END_VALUE", out long value)) _endValue = value;
        if (_endType == Times && _endValue < 0) throw CallRefusal.Action("Error parsing END_VALUE, times has to be greater or equal to 0");
    }

    // Seconds of Unix time, or so many from the start of the machine; -1 when it is neither. Backup jobs have no start.
    private long TimeOf(string text, long origin)
    {
        bool isRelative = text[0] == '+';
        if (isRelative && parentKind == ObjectKind.BackupJob) return -1;
        const long latest = 400L * 365 * 24 * 3600;
        return long.TryParse(isRelative ? text.AsSpan(1) : text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds)
            && seconds is >= -latest and <= latest ? seconds + (isRelative ? origin : 0) : -1;
    }
}

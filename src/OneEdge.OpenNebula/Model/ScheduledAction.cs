namespace OneEdge.OpenNebula;

/// <summary>Something that OpenNebula does to a virtual machine or a backup job at a time.</summary>
public sealed record ScheduledAction
{
    /// <summary>Its number.</summary>
    public int Id { get; init; } = -1;

    /// <summary>The machine or the backup job.</summary>
    public int ParentId { get; init; } = -1;

    /// <summary>What the parent is: <c>VM</c> or <c>BACKUPJOB</c>.</summary>
    public string ParentType { get; init; } = "";

    /// <summary>What is done, such as <c>terminate</c>, <c>snapshot-create</c> or <c>backup</c>.</summary>
    public string Action { get; init; } = "";

    /// <summary>Arguments of the action, with commas between.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>When, in seconds since 1970, or after the start of the machine when it begins with <c>+</c>.</summary>
    public string Time { get; init; } = "";

    /// <summary>What <see cref="Days"/> counts.</summary>
    public ScheduledActionRepeat Repeat { get; init; } = ScheduledActionRepeat.None;

    /// <summary>The days, or the hours, of a repeated action, with commas between.</summary>
    public string Days { get; init; } = "";

    /// <summary>When a repeated action ends.</summary>
    public ScheduledActionEnd EndType { get; init; } = ScheduledActionEnd.None;

    /// <summary>The number of times, or the time in seconds since 1970, after which it ends; -1 when it does not.</summary>
    public long EndValue { get; init; } = -1;

    /// <summary>When it was last done.</summary>
    public DateTimeOffset? Done { get; init; }

    /// <summary>What went wrong.</summary>
    public string Message { get; init; } = "";

    /// <summary>The attribute that it was read from, if it was.</summary>
    public TemplateAttribute? Attribute { get; init; }

    internal static ScheduledAction From(TemplateAttribute attribute) => new()
    {
        Id = Number(attribute, "ID"),
        ParentId = Number(attribute, "PARENT_ID"),
        ParentType = attribute.Get("TYPE") ?? "",
        Action = attribute.Get("ACTION") ?? "",
        Arguments = attribute.Get("ARGS") ?? "",
        Time = attribute.Get("TIME") ?? "",
        Repeat = (ScheduledActionRepeat)Number(attribute, "REPEAT"),
        Days = attribute.Get("DAYS") ?? "",
        EndType = (ScheduledActionEnd)Number(attribute, "END_TYPE"),
        EndValue = attribute.TryGet("END_VALUE", out long end) ? end : -1,
        Done = attribute.TryGet("DONE", out uint done) && done > 0 ? DateTimeOffset.FromUnixTimeSeconds(done) : null,
        Message = attribute.Get("MESSAGE") ?? "",
        Attribute = attribute,
    };

    private static int Number(TemplateAttribute attribute, string name) => attribute.TryGet(name, out int value) ? value : -1;
}

namespace OneEdge.OpenNebula.Embedded;

/// <summary>What is to fail, to be slow or to get lost.</summary>
internal sealed class FaultPlan
{
    /// <summary>The longest time that anything takes: a hundred years.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    private readonly List<WorkFault> _faults = [];

    public List<Func<OpenNebulaCall, EmbeddedCallFault>> Calls { get; } = [];

    public List<Func<string, bool>> Drops { get; } = [];

    public void Add(WorkFault fault) => _faults.Add(fault);

    public void Remove(WorkFault fault) => _faults.Remove(fault);

    /// <summary>Whether some work fails. Asked once for each piece of work, which is then counted.</summary>
    /// <param name="work">The work.</param>
    /// <param name="id">The object.</param>
    /// <param name="host">The host that does it, if one does.</param>
    public bool Fails(EmbeddedWork work, int id, int? host)
    {
        bool fails = false;
        foreach (WorkFault fault in _faults)
        {
            if (fault.IsAbout(work, id, host)) fails |= fault.Strikes();
        }

        return fails;
    }

    /// <summary>How much longer some work takes; all rules together not more than <see cref="Longest"/>.</summary>
    public TimeSpan Delay(EmbeddedWork work, int id, int? host)
    {
        TimeSpan delay = TimeSpan.Zero;
        foreach (WorkFault fault in _faults)
        {
            if (fault.IsAbout(work, id, host)) delay += fault.Delay;
            if (delay > Longest) return Longest;
        }

        return delay;
    }

    public bool IsDropped(string topic) => Drops.Exists(d => d(topic));
}

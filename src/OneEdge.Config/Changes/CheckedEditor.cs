namespace OneEdge.Config;

/// <summary>
/// An editor that judges the end state of a batch, not what lies in between: a change whose end state can't be written or read
/// again is refused, and the others are applied as if it had not been there.
/// </summary>
internal abstract class CheckedEditor : ConfigEditor
{
    // Past this, what stays broken is left as it was by refusing every change to it: thousands of bad values of one variable take no pass each.
    private const int MaxGentlePasses = 8;

    private readonly Dictionary<int, string> _refused = [];
    private int _count;

    public sealed override ChangeOutcome Apply(ConfigChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Run(change, _count++);
    }

    public sealed override IReadOnlyList<ChangeOutcome> Complete(IReadOnlyList<ChangeOutcome> outcomes)
    {
        IReadOnlyList<ChangeOutcome> first = outcomes;
        for (int pass = 1; ; pass++)
        {
            bool all = pass > MaxGentlePasses;
            List<(int Change, string Reason)> problems = [.. Problems(all)];
            if (problems.Count == 0) return outcomes;
            foreach ((int change, string reason) in problems) _refused.TryAdd(change, reason);
            if (all) RefuseAlike(first, problems);
            Restart();
            outcomes = [.. first.Select(Repeat)];
        }
    }

    /// <summary>Applies one change, which has a number in the batch.</summary>
    protected abstract ChangeOutcome Run(ConfigChange change, int number);

    /// <summary>Forgets every change.</summary>
    protected abstract void Restart();

    /// <summary>The changes to refuse for the state that they would leave, with reasons; with <paramref name="all"/> every change to what is broken.</summary>
    protected abstract IEnumerable<(int Change, string Reason)> Problems(bool all);

    private void RefuseAlike(IReadOnlyList<ChangeOutcome> changes, IReadOnlyList<(int Change, string Reason)> problems)
    {
        Dictionary<ConfigPath, string> reasons = [];
        foreach ((int change, string reason) in problems) reasons.TryAdd(changes[change].Change.Target, reason);
        for (int i = 0; i < changes.Count; i++)
        {
            if (reasons.TryGetValue(changes[i].Change.Target, out string? reason)) _refused.TryAdd(i, reason);
        }
    }

    private ChangeOutcome Repeat(ChangeOutcome first, int number)
    {
        ChangeOutcome outcome = _refused.TryGetValue(number, out string? reason) ? ChangeOutcome.Failed(first.Change, reason) : Run(first.Change, number);
        return outcome.Status == ChangeStatus.Failed && first.Status != ChangeStatus.Failed ? outcome with { IsRefusedAtEnd = true } : outcome;
    }
}

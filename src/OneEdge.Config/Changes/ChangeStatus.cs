namespace OneEdge.Config;

/// <summary>What became of a change.</summary>
public enum ChangeStatus
{
    /// <summary>It was applied (<c>[OK]</c>), also when the data was as wanted before.</summary>
    Applied,

    /// <summary>There was nothing to do (<c>[--]</c>): the value is there already, or what was to be removed is not.</summary>
    NotApplied,

    /// <summary>
    /// It can't be applied: the path does not exist, a container has the wrong kind, the value can't be written. The original ends the whole run
    /// here.
    /// </summary>
    Failed,
}

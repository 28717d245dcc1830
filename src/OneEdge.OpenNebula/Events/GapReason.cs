namespace OneEdge.OpenNebula;

/// <summary>Why events may be missing.</summary>
public enum GapReason
{
    /// <summary>The stream begins here: what happens from now on is in it.</summary>
    Started,

    /// <summary>The connection was lost and is back.</summary>
    Reconnected,

    /// <summary>The consumer was slower than the events, and its queue was full.</summary>
    Overflow,

    /// <summary>A message that may have been one of those asked for could not be read.</summary>
    Undecodable,

    /// <summary>Reading the cloud failed for some time, and works again.</summary>
    ReadFailed,
}

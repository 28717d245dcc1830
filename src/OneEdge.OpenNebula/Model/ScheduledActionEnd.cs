namespace OneEdge.OpenNebula;

/// <summary>When a repeated action ends (<c>END_TYPE</c>).</summary>
/// <remarks>A number that is not here, from a newer server, is kept as it is.</remarks>
public enum ScheduledActionEnd
{
    /// <summary>It is not repeated.</summary>
    None = -1,

    /// <summary>It does not end.</summary>
    Never = 0,

    /// <summary>After so many times.</summary>
    Times = 1,

    /// <summary>At a time.</summary>
    Date = 2,
}

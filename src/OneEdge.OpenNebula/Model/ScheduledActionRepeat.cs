namespace OneEdge.OpenNebula;

/// <summary>What the days of a scheduled action count (<c>REPEAT</c>).</summary>
/// <remarks>A number that is not here, from a newer server, is kept as it is.</remarks>
public enum ScheduledActionRepeat
{
    /// <summary>It happens once.</summary>
    None = -1,

    /// <summary>Days of the week, 0 is Sunday.</summary>
    Weekly = 0,

    /// <summary>Days of the month.</summary>
    Monthly = 1,

    /// <summary>Days of the year.</summary>
    Yearly = 2,

    /// <summary>Every so many hours.</summary>
    Hourly = 3,
}

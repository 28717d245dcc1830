namespace OneEdge.Flow.Engine;

/// <summary>How a call ended that changes something.</summary>
internal enum Attempt
{
    /// <summary>The cloud did it, or took it on.</summary>
    Done,

    /// <summary>The cloud refused it.</summary>
    Refused,

    /// <summary>The object is not there.</summary>
    NotThere,

    /// <summary>It did not arrive.</summary>
    NotSent,

    /// <summary>It may have arrived: the answer was lost.</summary>
    Uncertain,
}

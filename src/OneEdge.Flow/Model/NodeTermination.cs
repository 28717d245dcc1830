namespace OneEdge.Flow;

/// <summary>How far the termination of a virtual machine has gone. Each step is taken when the one before it was refused.</summary>
public enum NodeTermination
{
    /// <summary>It stays.</summary>
    None,

    /// <summary>To be terminated; nothing was asked yet.</summary>
    Wanted,

    /// <summary>Its guest was asked to shut down.</summary>
    Asked,

    /// <summary>It was told to stop at once.</summary>
    AskedHard,

    /// <summary>It was told to go whatever its state (<c>recover</c> with <c>delete</c>).</summary>
    AskedDelete,

    /// <summary>All was refused.</summary>
    Refused,
}

namespace OneEdge.Storage;

/// <summary>As what a finding of a check counts.</summary>
public enum Qcow2CheckEffect
{
    /// <summary>Space is wasted.</summary>
    Leak,

    /// <summary>Metadata contradicts itself.</summary>
    Corruption,

    /// <summary>Something could not be checked.</summary>
    CheckError,
}

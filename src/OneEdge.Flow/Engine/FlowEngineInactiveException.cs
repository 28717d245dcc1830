namespace OneEdge.Flow;

/// <summary>
/// The engine does not work: it was not started, another engine holds the lease, or it was disposed of (<see cref="FlowErrorCodes.EngineInactive"/>).
/// What was asked for may have been granted by it before; look before trying again.
/// </summary>
public sealed class FlowEngineInactiveException : FlowException
{
    /// <summary>Creates the exception.</summary>
    public FlowEngineInactiveException()
        : base(FlowErrorCodes.EngineInactive, "The engine does not work: it was not started, lost its lease to another engine, or was disposed of.")
    {
    }
}

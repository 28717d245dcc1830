using OneEdge.Flow.Lifecycle;

namespace OneEdge.Flow;

/// <summary>A service refused what somebody wanted of it, and is as it was. The message is that of OneFlow where it has one.</summary>
public sealed class ServiceRefusedException : FlowException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="refusal">Why it was refused.</param>
    public ServiceRefusedException(int serviceId, Refusal refusal)
        : base(CodeOf(refusal), refusal.Message) => (ServiceId, Reason) = (serviceId, refusal.Reason);

    /// <summary>The id of the service.</summary>
    public int ServiceId { get; }

    /// <summary>The kind of the refusal.</summary>
    public RefusalReason Reason { get; }

    private static string CodeOf(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Reason switch
        {
            RefusalReason.WrongState => FlowErrorCodes.WrongServiceState,
            RefusalReason.NotFound => FlowErrorCodes.RoleNotFound,
            RefusalReason.Conflict => FlowErrorCodes.RequestConflict,
            _ => FlowErrorCodes.RequestInvalid,
        };
    }
}

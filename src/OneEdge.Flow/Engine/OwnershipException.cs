using System.Globalization;

namespace OneEdge.Flow;

/// <summary>
/// A service was not given to somebody else, because the cloud refused it for one of its virtual machines; document and virtual machines were
/// given back (<see cref="FlowErrorCodes.OwnerNotChanged"/>).
/// </summary>
public sealed class OwnershipException : FlowException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="vmId">The virtual machine.</param>
    /// <param name="notRestored">The virtual machines that could not be given back.</param>
    /// <param name="cause">What the cloud said.</param>
    public OwnershipException(int serviceId, int vmId, IReadOnlyList<int> notRestored, Exception cause)
        : base(FlowErrorCodes.OwnerNotChanged, Text(serviceId, vmId, notRestored, cause), cause) =>
        (ServiceId, VmId, NotRestored) = (serviceId, vmId, notRestored);

    /// <summary>The id of the service.</summary>
    public int ServiceId { get; }

    /// <summary>The virtual machine.</summary>
    public int VmId { get; }

    /// <summary>The virtual machines that belong to the new owner all the same, because they could not be given back.</summary>
    public IReadOnlyList<int> NotRestored { get; }

    private static string Text(int serviceId, int vmId, IReadOnlyList<int> notRestored, Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        ArgumentNullException.ThrowIfNull(notRestored);
        string left = notRestored.Count == 0 ? "" : $" These could not be given back: {string.Join(", ", notRestored)}.";
        return string.Create(CultureInfo.InvariantCulture, $"The owner of VM {vmId} of service {serviceId} could not be changed: {cause.Message}{left}");
    }
}

using System.Globalization;

namespace OneEdge.Flow;

/// <summary>There is no such service, or none any more (<see cref="FlowErrorCodes.ServiceNotFound"/>).</summary>
public sealed class ServiceNotFoundException : FlowException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="serviceId">The id of the service.</param>
    public ServiceNotFoundException(int serviceId)
        : base(FlowErrorCodes.ServiceNotFound, string.Create(CultureInfo.InvariantCulture, $"There is no service {serviceId}.")) => ServiceId = serviceId;

    /// <summary>The id of the service.</summary>
    public int ServiceId { get; }
}

using OneEdge.Flow.Lifecycle;

namespace OneEdge.Flow.Engine;

/// <summary>Where the commands of services go.</summary>
internal interface ICommandSink
{
    /// <summary>Begins to carry out a command; what comes of it is told to the service.</summary>
    void Carry(int serviceId, ServiceCommand command);

    /// <summary>
    /// Creates nothing more for a service until it is <see cref="Added"/> again: its document is another one, and what was ordered is void.
    /// </summary>
    /// <returns>Ends when nothing is being created for it any more.</returns>
    Task DrainAsync(int serviceId);

    /// <summary>A service is here from now on.</summary>
    void Added(Service service);

    /// <summary>A service is not here any more.</summary>
    void Removed(Service service);
}

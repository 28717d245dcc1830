using OneEdge.Flow.Lifecycle;

namespace OneEdge.Flow.Engine;

/// <summary>Where the commands of services go.</summary>
internal interface ICommandSink
{
    /// <summary>Begins to carry out a command; what comes of it is told to the service.</summary>
    void Carry(int serviceId, ServiceCommand command);

    /// <summary>A service is here from now on.</summary>
    void Added(Service service);

    /// <summary>A service is not here any more.</summary>
    void Removed(Service service);
}

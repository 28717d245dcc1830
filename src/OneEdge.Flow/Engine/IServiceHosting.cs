using OneEdge.Flow.Lifecycle;

namespace OneEdge.Flow.Engine;

/// <summary>
/// Where the services live: each is told things one after the other. The engine is written against this alone, so that services may live somewhere else than
/// in its process.
/// </summary>
internal interface IServiceHosting
{
    /// <summary>The services that are there, as they are now.</summary>
    IEnumerable<Service> Services { get; }

    /// <summary>A service as it is now; <see langword="null"/> when there is none.</summary>
    Service? Find(int serviceId);

    /// <summary>Tells a service something. What is told by one thread arrives in its order.</summary>
    /// <returns>
    /// Why a request was refused; <see langword="null"/> when it was granted, and what it changed was written. It fails when there is no such service.
    /// </returns>
    Task<Refusal?> TellAsync(int serviceId, ServiceEvent happened);

    /// <summary>Tells a service something and does not wait for it; nothing happens when there is no such service.</summary>
    void Post(int serviceId, ServiceEvent happened);
}

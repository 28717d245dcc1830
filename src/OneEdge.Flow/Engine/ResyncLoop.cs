using OneEdge.Flow.Lifecycle;

namespace OneEdge.Flow.Engine;

/// <summary>
/// Lets services that are on their way somewhere, or were read at a bad moment, be read again from time to time: whatever got lost is found then.
/// </summary>
internal sealed class ResyncLoop(EngineContext engine, IServiceHosting hosting, UnsureServices unsure)
{
    public async Task RunAsync()
    {
        using var timer = new PeriodicTimer(engine.Options.ResyncInterval, engine.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(engine.Stopping).ConfigureAwait(false))
            {
                foreach (Service service in hosting.Services)
                {
                    if (unsure.Remove(service.Id) | IsOnItsWay(service)) hosting.Post(service.Id, new SynchronizationLost());
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The engine stops.
        }
    }

    // One that failed waits for somebody, who may have mended the cloud by hand.
    private static bool IsOnItsWay(Service service) => !service.IsSynchronized || service.State is not (ServiceState.Running or ServiceState.Done);
}

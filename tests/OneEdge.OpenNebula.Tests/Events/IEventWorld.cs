namespace OneEdge.OpenNebula.Tests.Events;

/// <summary>A cloud in which a test makes things happen, and a source that tells of them.</summary>
internal interface IEventWorld : IAsyncDisposable
{
    IEventSource Source { get; }

    /// <summary>A machine comes to a state.</summary>
    Task ChangeMachineAsync(int id, VmState state, LcmState lcm = LcmState.LcmInit, int? service = null, string? host = null);

    /// <summary>Another object comes to a state.</summary>
    Task ChangeAsync(EventObject kind, int id, int state);

    /// <summary>Something that may lose events.</summary>
    Task InterruptAsync();

    /// <summary>Lets time pass until something is there.</summary>
    Task<bool> WaitAsync(Task<bool> next);
}

namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>A cloud that the contract is held against. Everything a test does goes through these ports.</summary>
public abstract class CloudUnderTest : IAsyncLifetime
{
    private readonly SemaphoreSlim _gate = new(1);
    private Stage? _stage;

    /// <summary>Why there is no such cloud here; <see langword="null"/> when there is one.</summary>
    public abstract string? SkipReason { get; }

    /// <summary>The cloud as its administrator sees it.</summary>
    public abstract IOpenNebulaRpc Rpc { get; }

    /// <summary>The name of that administrator.</summary>
    public abstract string Administrator { get; }

    public abstract IEventSource Events { get; }

    /// <summary>Whether <see cref="Events"/> tells of calls and of every state, or only of the states that it comes to see.</summary>
    public abstract bool TellsEverything { get; }

    /// <summary>Why the hypervisor cannot be made to fail; <see langword="null"/> when it can.</summary>
    public abstract string? CannotFailReason { get; }

    public abstract IOpenNebulaRpc Connect(OpenNebulaCredentials credentials);

    public IOpenNebulaRpc Connect(string user, string secret) => Connect(OpenNebulaCredentials.ForUser(user, secret));

    /// <summary>Lets every start of a machine fail until the end of the returned object.</summary>
    public abstract IDisposable FailBoots();

    /// <summary>A cluster with two hosts, storage and nothing else, made for the tests.</summary>
    public async Task<Stage> StageAsync()
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return _stage ??= await Stage.BuildAsync(new OpenNebulaClient(Rpc));
        }
        finally
        {
            _gate.Release();
        }
    }

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        if (_stage is not null) await _stage.DisposeAsync();
        _gate.Dispose();
        GC.SuppressFinalize(this);
    }
}

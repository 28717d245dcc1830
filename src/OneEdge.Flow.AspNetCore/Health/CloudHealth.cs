using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>Whether the cloud answers; asked at most once in a while, by everybody together.</summary>
internal sealed class CloudHealth(OneFlowServer server)
{
    private readonly Lock _gate = new();
    private Task<bool>? _answer;
    private long _since;

    public Task<bool> IsReachableAsync()
    {
        lock (_gate)
        {
            bool isKnown = _answer is not null && (!_answer.IsCompleted || server.Time.GetElapsedTime(_since) < server.Options.HealthLifetime);
            if (isKnown) return _answer!;
            _since = server.Time.GetTimestamp();
            return _answer = Task.Run(AskAsync);
        }
    }

    private async Task<bool> AskAsync()
    {
        using var timeout = new CancellationTokenSource(server.Options.HealthTimeout, server.Time);
        try
        {
            await server.Cloud.System.GetVersionAsync(timeout.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is OpenNebulaException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }
}

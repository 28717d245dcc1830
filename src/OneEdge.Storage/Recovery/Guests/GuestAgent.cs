using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;

namespace OneEdge.Storage.Recovery;

/// <summary>The agent in a guest, which holds its file systems still for a moment.</summary>
internal sealed class GuestAgent : IDisposable
{
    private readonly JsonLines _lines;
    private readonly QmpOptions _options;

    private GuestAgent(JsonLines lines, QmpOptions options) => (_lines, _options) = (lines, options);

    /// <summary>Holds the file systems of the guest still.</summary>
    /// <returns>The agent, to let them go again; <see langword="null"/> when there is none, or it does not answer in time, or refuses.</returns>
    public static async Task<GuestAgent?> TryFreezeAsync(string path, QmpOptions options, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.GuestAgentTimeout, options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        GuestAgent? agent = null;
        try
        {
            agent = new GuestAgent(await JsonLines.ConnectAsync(path, both.Token).ConfigureAwait(false), options);
            await agent.SynchronizeAsync(both.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsNoAnswer(e, cancellationToken))
        {
            agent?.Dispose();
            return null;
        }

        try
        {
            if (await agent.ExecuteAsync("guest-fsfreeze-freeze", both.Token).ConfigureAwait(false)) return agent;
        }
        catch (Exception e) when (IsNoAnswer(e, cancellationToken))
        {
            // It may hold still all the same.
        }

        await agent.ThawAsync().ConfigureAwait(false);
        agent.Dispose();
        return null;
    }

    /// <summary>Lets the file systems go. A guest that does not answer thaws by itself, or its host must reset it: nothing more can be done here.</summary>
    /// <returns>Whether it answered that it did.</returns>
    public async Task<bool> ThawAsync()
    {
        using var limit = new CancellationTokenSource(_options.GuestAgentTimeout, _options.TimeProvider);
        try
        {
            return await ExecuteAsync("guest-fsfreeze-thaw", limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsNoAnswer(e, CancellationToken.None))
        {
            return false;
        }
    }

    public void Dispose() => _lines.Dispose();

    private static bool IsNoAnswer(Exception e, CancellationToken cancellationToken) =>
        e is SocketException or IOException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    // What an earlier user left unread ends with the answer to a number of our own.
    private async Task SynchronizeAsync(CancellationToken cancellationToken)
    {
        long id = _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        await _lines.SendRawAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"execute\":\"guest-sync-delimited\",\"arguments\":{{\"id\":{id}}}}}\n"),
            cancellationToken).ConfigureAwait(false);
        while (true)
        {
            JsonElement answer = await _lines.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (answer.TryGetProperty("return", out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long got)
                && got == id) return;
        }
    }

    private async Task<bool> ExecuteAsync(string command, CancellationToken cancellationToken)
    {
        await _lines.SendAsync(command, [], id: null, cancellationToken).ConfigureAwait(false);
        JsonElement answer = await _lines.ReadAsync(cancellationToken).ConfigureAwait(false);
        return answer.TryGetProperty("return", out _);
    }
}

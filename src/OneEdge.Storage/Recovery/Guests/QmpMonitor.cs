using System.Net.Sockets;
using System.Text.Json;

namespace OneEdge.Storage.Recovery;

/// <summary>A connection to the monitor of one qemu process. For one user at a time.</summary>
internal sealed class QmpMonitor : IDisposable
{
    private const int KeptEvents = 100;

    private readonly JsonLines _lines;
    private readonly string _path;
    private readonly QmpOptions _options;
    private readonly Queue<JsonElement> _events = new();

    private QmpMonitor(JsonLines lines, string path, QmpOptions options) => (_lines, _path, _options) = (lines, path, options);

    /// <summary>What qemu reported beside its answers, oldest first.</summary>
    public IEnumerable<JsonElement> Events => _events;

    /// <summary>Connects and leaves the negotiation mode.</summary>
    /// <exception cref="StorageException">qemu does not answer.</exception>
    public static async Task<QmpMonitor> ConnectAsync(string path, QmpOptions options, CancellationToken cancellationToken)
    {
        QmpMonitor? monitor = null;
        try
        {
            await LimitAsync(path, options, async token =>
            {
                monitor = new QmpMonitor(await JsonLines.ConnectAsync(path, token).ConfigureAwait(false), path, options);
                JsonElement greeting = await monitor._lines.ReadAsync(token).ConfigureAwait(false);
                if (!greeting.TryGetProperty("QMP", out _)) throw new JsonException("This is no monitor of qemu.");
                return await monitor.SendAndReadAsync("qmp_capabilities", [], token).ConfigureAwait(false);
            }, cancellationToken).ConfigureAwait(false);
            return monitor!;
        }
        catch
        {
            monitor?.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command.</summary>
    /// <returns>What it returns.</returns>
    /// <exception cref="StorageException">It failed, or qemu does not answer.</exception>
    public Task<JsonElement> ExecuteAsync(string command, CancellationToken cancellationToken, params (string Name, string Value)[] arguments) =>
        LimitAsync(_path, _options, token => SendAndReadAsync(command, arguments, token), cancellationToken);

    public void Dispose() => _lines.Dispose();

    private async Task<JsonElement> SendAndReadAsync(string command, IReadOnlyList<(string Name, string Value)> arguments, CancellationToken cancellationToken)
    {
        // qemu gives the answer to a command whose sender has gone to the next one who connects.
        string id = Guid.NewGuid().ToString("N");
        await _lines.SendAsync(command, arguments, id, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            JsonElement answer = await _lines.ReadAsync(cancellationToken).ConfigureAwait(false);
            bool isOurs = answer.TryGetProperty("id", out JsonElement asked) && asked.ValueKind == JsonValueKind.String && asked.GetString() == id;
            bool isAnswer = answer.TryGetProperty("return", out JsonElement value) | answer.TryGetProperty("error", out JsonElement error);
            if (isAnswer && !isOurs) continue;
            if (value.ValueKind != JsonValueKind.Undefined) return value;
            if (isAnswer)
                throw new StorageException(StorageErrorCodes.GuestDisk, $"qemu at '{_path}' refused '{command}': {TextOf(error)}");
            if (_events.Count == KeptEvents) _events.Dequeue();
            _events.Enqueue(answer);
        }
    }

    private static string TextOf(JsonElement error) => error.TryGetProperty("desc", out JsonElement text) ? text.ToString() : error.ToString();

    private static async Task<JsonElement> LimitAsync(string path, QmpOptions options, Func<CancellationToken, Task<JsonElement>> work,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Timeout, options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await work(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageException(StorageErrorCodes.GuestUnreachable,
                $"qemu at '{path}' did not answer within {options.Timeout}; a monitor has one user at a time.");
        }
        catch (Exception e) when (e is SocketException or IOException or JsonException or InvalidOperationException)
        {
            throw new StorageException(StorageErrorCodes.GuestUnreachable, $"qemu at '{path}' does not answer: {e.Message}", e);
        }
    }
}

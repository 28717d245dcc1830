using System.Text.Json;

namespace OneEdge.Flow.AspNetCore.Tests;

/// <summary>Reads server-sent events.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, Stream stream) => (_response, _lines) = (response, new StreamReader(stream));

    public List<string> Comments { get; } = [];

    public List<string> Ids { get; } = [];

    public static async Task<EventReader> OpenAsync(FlowServerWorld world, int service, string? last = null)
    {
        using HttpRequestMessage message = FlowServerWorld.Message("GET", $"/service/{service}/events", FlowServerWorld.Alice);
        if (last is not null) message.Headers.TryAddWithoutValidation("Last-Event-ID", last);
        HttpResponseMessage response = await world.Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, FlowServerWorld.Ct);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        return new EventReader(response, await response.Content.ReadAsStreamAsync(FlowServerWorld.Ct));
    }

    public async Task<(string Name, JsonElement Data)> NextAsync() => await FindAsync() ?? throw new InvalidOperationException("The stream is over.");

    /// <summary>Reads to the end.</summary>
    /// <returns>The name of an event that came all the same.</returns>
    public async Task<string?> EndAsync() => (await FindAsync())?.Name;

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }

    private async Task<(string Name, JsonElement Data)?> FindAsync()
    {
        string name = "", data = "";
        while (await _lines.ReadLineAsync(FlowServerWorld.Ct).AsTask().WaitAsync(HangLimit.Time, FlowServerWorld.Ct) is { } line)
        {
            if (line.StartsWith(':')) Comments.Add(line);
            else if (line.StartsWith("id: ", StringComparison.Ordinal)) Ids.Add(line[4..]);
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length == 0 && name.Length > 0) return (name, JsonElement.Parse(data));
        }

        return null;
    }
}

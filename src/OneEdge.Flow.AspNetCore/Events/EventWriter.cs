using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace OneEdge.Flow.AspNetCore;

/// <summary>
/// Writes events to a client: each is sent before the next one is asked for, so that nothing piles up here. A client that takes nothing for too long is
/// cut off.
/// </summary>
internal sealed class EventWriter(HttpContext http, TimeSpan timeout, TimeProvider time)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private long _number;

    public Task CommentAsync(string text) => SendAsync($": {text}\n\n");

    public Task EventAsync(string name, byte[] data) =>
        SendAsync($"id: {EventId.Of(time.GetUtcNow(), ++_number)}\nevent: {name}\ndata: {Encoding.UTF8.GetString(data)}\n\n");

    private async Task SendAsync(string text)
    {
        _buffer.ResetWrittenCount();
        Encoding.UTF8.GetBytes(text, _buffer);
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, http.RequestAborted);
        try
        {
            await http.Response.Body.WriteAsync(_buffer.WrittenMemory, either.Token).ConfigureAwait(false);
            await http.Response.Body.FlushAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested)
        {
            http.Abort();
            throw new IOException("The reader of events took nothing for too long.", late);
        }
    }
}

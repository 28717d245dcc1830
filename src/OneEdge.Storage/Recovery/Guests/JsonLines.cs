using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OneEdge.Storage.Recovery;

/// <summary>A unix socket over which both sides write JSON, a value a line: the monitor of qemu and its guest agent.</summary>
internal sealed class JsonLines : IDisposable
{
    // query-named-block-nodes of a machine with hundreds of disks is well below.
    private const int MaxLine = 16 << 20;

    private readonly NetworkStream _stream;
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;

    private JsonLines(NetworkStream stream) => _stream = stream;

    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">Nobody listens.</exception>
    public static async Task<JsonLines> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return new JsonLines(new NetworkStream(socket, ownsSocket: true));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a command whose arguments are texts.</summary>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="id">What the answer is to carry; <see langword="null"/> for nothing.</param>
    /// <param name="cancellationToken">Stops sending.</param>
    public async Task SendAsync(string command, IReadOnlyList<(string Name, string Value)> arguments, string? id, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content))
        {
            json.WriteStartObject();
            json.WriteString("execute", command);
            if (id is not null) json.WriteString("id", id);
            if (arguments.Count > 0)
            {
                json.WriteStartObject("arguments");
                foreach ((string name, string value) in arguments) json.WriteString(name, value);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        content.WriteByte((byte)'\n');
        await _stream.WriteAsync(content.GetBuffer().AsMemory(0, (int)content.Length), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendRawAsync(string text, CancellationToken cancellationToken) =>
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);

    /// <summary>The next value.</summary>
    /// <exception cref="IOException">The other side hung up, or its line is too long.</exception>
    /// <exception cref="JsonException">The line is no JSON.</exception>
    public async Task<JsonElement> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                // The guest agent marks the answer to guest-sync-delimited with a byte that no UTF-8 has.
                ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, length).Trim([(byte)'\r', (byte)' ', (byte)0xFF]);
                _start += length + 1;
                if (line.IsEmpty) continue;
                using JsonDocument document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 64 });
                return document.RootElement.Clone();
            }

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _stream.Dispose();

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaxLine) throw new IOException($"A line is longer than {MaxLine} bytes.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        if (read == 0) throw new IOException("The other side closed the connection.");
        _end += read;
    }
}

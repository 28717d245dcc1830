using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace OneEdge.Testing;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Line">Its first line.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">What was sent.</param>
public sealed record HttpPeerRequest(string Line, string Headers, string Body);

/// <summary>An HTTP server on a port that the system chose. What a test writes is the answer, broken ones included.</summary>
public sealed partial class HttpPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<HttpPeerRequest, NetworkStream, CancellationToken, Task> _answer;
    private readonly List<Task> _connections = [];
    private readonly List<HttpPeerRequest> _requests = [];
    private readonly Task _accepting;

    /// <summary>Starts.</summary>
    /// <param name="answer">Writes an answer; an <see cref="IOException"/> closes the connection.</param>
    public HttpPeer(Func<HttpPeerRequest, NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Starts a peer that gives every request an answer of its own.</summary>
    public HttpPeer(Func<HttpPeerRequest, byte[]> answer)
        : this((request, stream, ct) => stream.WriteAsync(answer(request), ct).AsTask())
    {
    }

    /// <summary>The address, without a slash at its end.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>What was asked so far.</summary>
    public IReadOnlyList<HttpPeerRequest> Requests
    {
        get
        {
            lock (_requests) return [.. _requests];
        }
    }

    /// <summary>The bytes of an answer.</summary>
    public static byte[] Http(int status, string contentType, string body)
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        string head = string.Create(
            CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Some Reason\r\nContent-Type: {contentType}\r\nContent-Length: {content.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. content];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        Task[] connections;
        lock (_connections) connections = [.. _connections];
        await Task.WhenAll(connections);
        _stop.Dispose();
    }

    [GeneratedRegex("^Content-Length: *(?<length>[0-9]+)", RegexOptions.IgnoreCase | RegexOptions.Multiline, 1000)]
    private static partial Regex ContentLength();

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                lock (_connections) _connections.Add(ServeAsync(client));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            try
            {
                while (await ReadAsync(stream) is { } request)
                {
                    lock (_requests) _requests.Add(request);
                    await _answer(request, stream, _stop.Token);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // The connection is over; the client tells the test what it made of it.
            }
        }
    }

    private async Task<HttpPeerRequest?> ReadAsync(NetworkStream stream)
    {
        using var received = new MemoryStream();
        byte[] buffer = new byte[16 << 10];
        while (true)
        {
            int end = received.GetBuffer().AsSpan(0, (int)received.Length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                string[] head = Encoding.ASCII.GetString(received.GetBuffer(), 0, end).Split("\r\n", 2);
                Match announced = ContentLength().Match(head[1]);
                int length = announced.Success ? int.Parse(announced.Groups["length"].Value, CultureInfo.InvariantCulture) : 0;
                if (received.Length >= end + 4 + length)
                    return new HttpPeerRequest(head[0], head[1], Encoding.UTF8.GetString(received.GetBuffer(), end + 4, length));
            }

            int read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0) return null;
            received.Write(buffer, 0, read);
        }
    }
}

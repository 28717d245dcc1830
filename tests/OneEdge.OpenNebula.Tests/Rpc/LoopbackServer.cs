using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OneEdge.OpenNebula.Tests.Rpc;

/// <summary>A request as it came over the wire.</summary>
internal sealed record LoopbackRequest(string Line, string Headers, string Body);

/// <summary>An HTTP server on a port that the system chose. It answers what a test tells it, broken answers included.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<LoopbackRequest, NetworkStream, CancellationToken, Task> _answer;
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private readonly List<LoopbackRequest> _requests = [];

    private LoopbackServer(Func<LoopbackRequest, NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public OpenNebulaEndpoint Endpoint => OpenNebulaEndpoint.Parse($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/RPC2");

    public IReadOnlyList<LoopbackRequest> Requests
    {
        get
        {
            lock (_requests) return [.. _requests];
        }
    }

    /// <summary>Whatever the test writes is the answer; an <see cref="IOException"/> closes the connection.</summary>
    public static LoopbackServer Start(Func<LoopbackRequest, NetworkStream, CancellationToken, Task> answer) => new(answer);

    public static LoopbackServer Start(Func<LoopbackRequest, string> body) =>
        new((request, stream, ct) => stream.WriteAsync(Http(200, "text/xml; charset=utf-8", body(request)), ct).AsTask());

    public static byte[] Http(int status, string contentType, string body)
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        string head = $"HTTP/1.1 {status} Some Reason\r\nContent-Type: {contentType}\r\nContent-Length: {content.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. content];
    }

    public OpenNebulaConnection Connect(
        Action<OpenNebulaConnectionOptions>? configure = null, TimeProvider? time = null, OpenNebulaCredentials? credentials = null)
    {
        var options = new OpenNebulaConnectionOptions { Endpoint = Endpoint, ReadRetries = 0 };
        configure?.Invoke(options);
        return new OpenNebulaConnection(credentials ?? OpenNebulaCredentials.ForUser("oneadmin", "opennebula"), options, time);
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
                while (await ReadRequestAsync(stream) is { } request)
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

    private async Task<LoopbackRequest?> ReadRequestAsync(NetworkStream stream)
    {
        var received = new List<byte>();
        var buffer = new byte[16 << 10];
        while (true)
        {
            int end = received.ToArray().AsSpan().IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                string[] head = Encoding.ASCII.GetString([.. received[..end]]).Split("\r\n", 2);
                string announced = head[1].Split("\r\n").Single(h => h.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                int length = int.Parse(announced[15..], CultureInfo.InvariantCulture);
                if (received.Count >= end + 4 + length)
                    return new LoopbackRequest(head[0], head[1], Encoding.UTF8.GetString([.. received.Skip(end + 4).Take(length)]));
            }

            int read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0) return null;
            received.AddRange(buffer.AsSpan(0, read));
        }
    }
}

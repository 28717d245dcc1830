using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace OneEdge.Testing;

/// <summary>
/// A server on a port that the system chose, which answers calls that read one object with documents of a test, in the form of OpenNebula's answers; for
/// programs that run beside the test. What it does not have does not exist.
/// </summary>
public sealed partial class RpcAnswers : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<(string Method, int? Id), string> _documents = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;

    public RpcAnswers()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The address, for <c>ONE_XMLRPC</c>.</summary>
    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/RPC2");

    /// <summary>What was asked for so far: <c>one.vm.info 7</c>.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>Sets the answer to a method; without a number the one of a pool.</summary>
    public void Set(string method, int? id, string document) => _documents[(method, id)] = document;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    [GeneratedRegex("<methodName>(?<name>[^<]*)</methodName>", RegexOptions.None, 1000)]
    private static partial Regex MethodName();

    [GeneratedRegex("<(?:i4|int)>(?<number>-?[0-9]+)</", RegexOptions.None, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("(?:^|\n)Content-Length: *(?<length>[0-9]+)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex ContentLength();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _connections.Add(ServeAsync(client));
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
            try
            {
                NetworkStream stream = client.GetStream();
                byte[] answer = Encoding.UTF8.GetBytes(Answer(await ReadBodyAsync(stream)));
                string head = string.Create(
                    CultureInfo.InvariantCulture,
                    $"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: {answer.Length}\r\nConnection: close\r\n\r\n");
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
                await stream.WriteAsync(answer, _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The program went away; the test sees what it made of it.
            }
        }
    }

    private async Task<string> ReadBodyAsync(NetworkStream stream)
    {
        using var received = new MemoryStream();
        byte[] buffer = new byte[16 << 10];
        while (true)
        {
            int end = received.GetBuffer().AsSpan(0, (int)received.Length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                string headers = Encoding.ASCII.GetString(received.GetBuffer(), 0, end);
                int length = int.Parse(ContentLength().Match(headers).Groups["length"].Value, CultureInfo.InvariantCulture);
                if (received.Length >= end + 4 + length) return Encoding.UTF8.GetString(received.GetBuffer(), end + 4, length);
            }

            int read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0) throw new IOException("The request ends too early.");
            received.Write(buffer, 0, read);
        }
    }

    private string Answer(string body)
    {
        string method = MethodName().Match(body).Groups["name"].Value;
        Match number = Number().Match(body);
        int? id = method.EndsWith("pool.info", StringComparison.Ordinal) || !number.Success
            ? null : int.Parse(number.Groups["number"].Value, CultureInfo.InvariantCulture);
        _calls.Enqueue(id is null ? method : string.Create(CultureInfo.InvariantCulture, $"{method} {id}"));
        return _documents.TryGetValue((method, id), out string? document)
            ? Result($"<value><boolean>1</boolean></value><value><string>{SecurityElement.Escape(document)}</string></value><value><i4>0</i4></value>")
            : Result(string.Create(CultureInfo.InvariantCulture, $"""
                <value><boolean>0</boolean></value><value><string>[{method}] Error getting object [{id}].</string></value>
                <value><i4>1024</i4></value><value><i4>{id ?? -1}</i4></value>
                """));
    }

    private static string Result(string values) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <methodResponse><params><param><value><array><data>{values}</data></array></value></param></params></methodResponse>
        """;
}

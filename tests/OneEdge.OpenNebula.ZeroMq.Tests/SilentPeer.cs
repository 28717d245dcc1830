using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OneEdge.OpenNebula.ZeroMq.Tests;

/// <summary>A publisher that greets as one, and then does nothing but answer whether it is still there, or not even that.</summary>
internal sealed class SilentPeer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly bool _answers;
    private int _connections;
    private int _answered;

    public SilentPeer(bool answers)
    {
        _answers = answers;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Endpoint => FormattableString.Invariant($"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Connections => Volatile.Read(ref _connections);

    public int Answered => Volatile.Read(ref _answered);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _connections);
                _ = TalkAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    // The greeting and the commands of ZMTP 3.0 (rfc.zeromq.org/spec/23).
    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                byte[] greeting = new byte[64];
                (greeting[0], greeting[9], greeting[10]) = (0xFF, 0x7F, 3);
                Encoding.ASCII.GetBytes("NULL").CopyTo(greeting, 12);
                await stream.WriteAsync(greeting);
                await stream.ReadExactlyAsync(new byte[64]);
                await stream.WriteAsync(Command("READY", [11, .. "Socket-Type"u8, 0, 0, 0, 3, .. "PUB"u8]));
                while (true)
                {
                    byte[] head = new byte[2];
                    await stream.ReadExactlyAsync(head);
                    byte[] body = new byte[head[1]];
                    await stream.ReadExactlyAsync(body);
                    if (!_answers || !body.AsSpan().StartsWith("\u0004PING"u8)) continue;
                    await stream.WriteAsync(Command("PONG", body.AsSpan(7)));
                    Interlocked.Increment(ref _answered);
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The other end has gone.
            }
        }
    }

    private static byte[] Command(string name, ReadOnlySpan<byte> body) =>
        [4, (byte)(1 + name.Length + body.Length), (byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. body];
}

using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OneEdge.Storage.Tests.Recovery;

/// <summary>A guest agent that answers as asked, and keeps what it was told to do.</summary>
internal sealed class FakeGuestAgent : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly bool _refusesFreeze;
    private readonly bool _isSilent;

    public FakeGuestAgent(string path, bool refusesFreeze = false, bool isSilent = false)
    {
        (_refusesFreeze, _isSilent) = (refusesFreeze, isSilent);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _ = ServeAsync();
    }

    public List<string> Commands { get; } = [];

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using Socket client = await _listener.AcceptAsync();
                using var reader = new StreamReader(new NetworkStream(client));
                while (await reader.ReadLineAsync() is { } line) await AnswerAsync(client, line);
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // The test is over, or the client hung up.
        }
    }

    private async Task AnswerAsync(Socket client, string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        string command = document.RootElement.GetProperty("execute").GetString()!;
        lock (Commands) Commands.Add(command);
        if (_isSilent) return;
        string answer = command switch
        {
            // What an earlier user left unread comes first, and the mark of the delimited answer.
            "guest-sync-delimited" =>
                $$"""{"return": 17}{{"\n"}}""" + "\u0001" + $$"""{"return": {{document.RootElement.GetProperty("arguments").GetProperty("id")}}}""",
            "guest-fsfreeze-freeze" when _refusesFreeze => """{"error": {"class": "GenericError", "desc": "no"}}""",
            _ => """{"return": 1}""",
        };
        byte[] bytes = [.. Encoding.UTF8.GetBytes(answer + "\n").Select(b => b == 1 ? (byte)0xFF : b)];
        await client.SendAsync(bytes);
    }
}

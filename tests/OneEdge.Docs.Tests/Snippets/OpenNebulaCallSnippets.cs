using System.Net;
using System.Net.Sockets;
using System.Text;
using OneEdge.OpenNebula;
using OneEdge.Testing;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code about calls in the documents of OneEdge.OpenNebula, against a server that knows three answers.</summary>
public sealed class OpenNebulaCallSnippets
{
    [Fact]
    public async Task Calls_run()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        using var directory = new TemporaryDirectory();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, ct);
        var variables = new Dictionary<string, string>
        {
            ["ONE_XMLRPC"] = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/RPC2",
            ["ONE_AUTH"] = directory.Write("one_auth", "oneadmin:opennebula\n"),
        };
        Func<string, string?> environment = variables.GetValueOrDefault;

        // <snippet calls-connect>
        // A program passes Environment.GetEnvironmentVariable; the library reads no environment by itself.
        OpenNebulaCredentials credentials = await OpenNebulaCredentials.ReadAsync(environment, ct);     // ONE_AUTH, or ~/.one/one_auth
        using var one = new OpenNebulaConnection(
            credentials,
            new() { Endpoint = OpenNebulaEndpoint.FromVariables(environment), Timeout = TimeSpan.FromSeconds(30) });
        RpcValue version = await one.CallAsync("one.system.version", [], ct);                           // the session is added
        Console.WriteLine(version.AsString());
        // </snippet>
        Assert.Equal("6.10.5", version.AsString());

        // <snippet calls-errors>
        try
        {
            await one.CallAsync("one.vm.info", [4242], ct);
        }
        catch (OpenNebulaCallException e) when (e.Kind == OpenNebulaErrorKind.NoExists)
        {
            Console.WriteLine($"{e.ObjectKind} {e.ObjectId} is gone");                                  // VirtualMachine 4242 is gone
        }
        catch (OpenNebulaTransportException e)
        {
            Console.WriteLine(e.IsRetrySafe ? "try again" : $"look first: {e.Message}");
        }
        // </snippet>

        // <snippet calls-many>
        IReadOnlyList<OpenNebulaCallResult> results = await one.ReadManyAsync(
            [new("one.system.version"), new("one.vm.info", 4242)], ct);                                 // one round trip
        foreach (OpenNebulaCallResult result in results)
            Console.WriteLine(result.Error?.Message ?? result.Value.AsString());
        // </snippet>
        Assert.Equal(OpenNebulaErrorKind.NoExists, results[1].Error!.Kind);

        listener.Stop();
        await serving;
    }

    private static async Task ServeAsync(TcpListener listener, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(ct);
                await AnswerAsync(client.GetStream(), ct);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The snippet is over.
        }
    }

    private static async Task AnswerAsync(NetworkStream stream, CancellationToken ct)
    {
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().EndsWith("</methodCall>", StringComparison.Ordinal))
            request.Append(Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer, ct)));
        string answer = Wrap(request.ToString().Contains("multicall", StringComparison.Ordinal)
            ? $"{Element(Element(Version))}{Element(Element(Missing))}"
            : request.ToString().Contains("one.vm.info", StringComparison.Ordinal) ? Missing : Version);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {answer.Length}\r\n\r\n{answer}"), ct);
    }

    private const string Version = "<value><boolean>1</boolean></value><value>6.10.5</value><value><i4>0</i4></value>";
    private const string Missing = "<value><boolean>0</boolean></value><value>[one.vm.info] Error getting virtual machine "
        + "[4242].</value><value><i4>1024</i4></value><value><i4>4242</i4></value><value><i8>-1</i8></value>";

    private static string Element(string values) => $"<value><array><data>{values}</data></array></value>";

    private static string Wrap(string values) => $"<methodResponse><params><param>{Element(values)}</param></params></methodResponse>";
}

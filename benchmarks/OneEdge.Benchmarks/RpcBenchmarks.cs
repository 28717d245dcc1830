using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OneEdge.OpenNebula;
using OneEdge.OpenNebula.Xml;

namespace OneEdge.Benchmarks;

/// <summary>
/// From the bytes of an answer to objects: a pool of 10,000 virtual machines, 15.3 MB of XML. The machine is the one of the recorded exchange 320 when
/// the recordings lie beside the repository; otherwise one that is made up.
/// </summary>
[MemoryDiagnoser]
public class RpcPoolBenchmarks
{
    private const int Machines = 10_000;
    private byte[] _body = [];
    private byte[] _copy = [];

    [GlobalSetup]
    public void Setup()
    {
        string machine = RpcBenchmarkData.Machine.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        var pool = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<methodResponse>\r\n<params>\r\n<param><value><array><data>\r\n<value><boolean>1</boolean></value>\r\n<value><string>&lt;VM_POOL&gt;");
        pool.Insert(pool.Length, machine, Machines).Append("&lt;/VM_POOL&gt;</string></value>\r\n<value><i4>0</i4></value>\r\n</data></array></value></param>\r\n</params>\r\n</methodResponse>\r\n");
        _body = Encoding.UTF8.GetBytes(pool.ToString());
        Console.WriteLine($"// the answer has {_body.Length} bytes, the pool in it about {(long)RpcBenchmarkData.Machine.Length * Machines}");
    }

    // Reading takes the bytes over: each run has its own, as each call has. The copy is part of every figure.
    [Benchmark]
    public int Answer()
    {
        _copy = GC.AllocateUninitializedArray<byte>(_body.Length);
        _body.CopyTo(_copy, 0);
        return RpcAnswerReader.Read(_copy, _copy.Length).Value.AsArray()[1].Utf8.Length;
    }

    [Benchmark(Baseline = true)]
    public int AnswerAndMachines()
    {
        _copy = GC.AllocateUninitializedArray<byte>(_body.Length);
        _body.CopyTo(_copy, 0);
        var reader = new Utf8XmlReader(RpcAnswerReader.Read(_copy, _copy.Length).Value.AsArray()[1].Utf8, isChecked: true);
        reader.Read();
        var machines = new List<Machine>();
        while (reader.ReadToChild()) machines.Add(Machine.Read(ref reader));
        return machines.Count;
    }

    /// <summary>The same with the reader of the framework.</summary>
    [Benchmark]
    public int AnswerAndElementsOfTheFramework()
    {
        using var outer = System.Xml.XmlReader.Create(new MemoryStream(_body));
        outer.ReadToFollowing("string");
        using var inner = System.Xml.XmlReader.Create(new StringReader(outer.ReadElementContentAsString()));
        int machines = 0;
        while (inner.Read())
        {
            if (inner.NodeType == System.Xml.XmlNodeType.Element && inner.Name == "VM") machines++;
        }

        return machines;
    }

    private sealed class Machine
    {
        public int Id { get; private set; }

        public string Name { get; private set; } = "";

        public string Owner { get; private set; } = "";

        public string Group { get; private set; } = "";

        public int State { get; private set; }

        public int LcmState { get; private set; }

        public static Machine Read(ref Utf8XmlReader reader)
        {
            var machine = new Machine();
            while (reader.ReadToChild())
            {
                if (reader.Name.SequenceEqual("ID"u8)) machine.Id = reader.ReadInt32();
                else if (reader.Name.SequenceEqual("NAME"u8)) machine.Name = reader.ReadString();
                else if (reader.Name.SequenceEqual("UNAME"u8)) machine.Owner = reader.ReadString();
                else if (reader.Name.SequenceEqual("GNAME"u8)) machine.Group = reader.ReadString();
                else if (reader.Name.SequenceEqual("STATE"u8)) machine.State = reader.ReadInt32();
                else if (reader.Name.SequenceEqual("LCM_STATE"u8)) machine.LcmState = reader.ReadInt32();
                else reader.SkipElement();
            }

            return machine;
        }
    }
}

/// <summary>What our layer adds to a call: a loopback server that answers at once, with a bare <see cref="HttpClient"/> beside it.</summary>
[MemoryDiagnoser]
public class RpcCallBenchmarks : IDisposable
{
    private const string Answer = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<methodResponse>\r\n<params>\r\n<param><value><array><data>\r\n<value><boolean>1</boolean></value>\r\n<value><string>6.10.5</string></value>\r\n<value><i4>0</i4></value>\r\n</data></array></value></param>\r\n</params>\r\n</methodResponse>\r\n";
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly byte[] _request = Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><methodCall><methodName>one.system.version</methodName><params><param><value><string>oneadmin:opennebula</string></value></param></params></methodCall>");
    private OpenNebulaConnection? _connection;
    private Uri? _uri;

    [GlobalSetup]
    public void Setup()
    {
        _listener.Start();
        _uri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/RPC2");
        _ = ServeAsync();
        _connection = new OpenNebulaConnection(OpenNebulaCredentials.ForUser("oneadmin", "opennebula"), new() { Endpoint = OpenNebulaEndpoint.Parse(_uri.ToString()) });
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _connection?.Dispose();
        _http.Dispose();
        _listener.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public async Task<string> Call() => (await _connection!.CallAsync("one.system.version", [])).AsString();

    [Benchmark(Baseline = true)]
    public async Task<byte[]> BareHttpClient()
    {
        using var content = new ByteArrayContent(_request);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/xml");
        using HttpResponseMessage response = await _http.PostAsync(_uri, content);
        return await response.Content.ReadAsByteArrayAsync();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The benchmark is over.
        }
    }

    // Requests are small and come one at a time: the end of the call is the end of the request.
    private static async Task AnswerAsync(TcpClient client)
    {
        using TcpClient connection = client;
        connection.NoDelay = true;
        NetworkStream stream = connection.GetStream();
        byte[] answer = Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {Encoding.UTF8.GetByteCount(Answer)}\r\n\r\n{Answer}");
        var buffer = new byte[4096];
        int length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length)) is > 0 and int read)
        {
            length += read;
            if (!buffer.AsSpan(0, length).EndsWith("</methodCall>"u8)) continue;
            length = 0;
            await stream.WriteAsync(answer);
        }
    }
}

/// <summary>The machine of the recordings, or one like it.</summary>
internal static class RpcBenchmarkData
{
    public static string Machine { get; } = Recorded() ?? MadeUp();

    private static string? Recorded()
    {
        for (string? directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            string folder = Path.Combine(directory, "shared", "conformance", "opennebula", "xmlrpc");
            if (!Directory.Exists(folder) || Directory.GetFiles(folder, "320-*.json") is not [string file, ..]) continue;
            using JsonDocument exchange = JsonDocument.Parse(File.ReadAllBytes(file));
            string pool = exchange.RootElement.GetProperty("decoded").GetProperty("result")[1].GetString()!;
            int five = pool.IndexOf("<VM><ID>5</ID>", StringComparison.Ordinal);
            return five < 0 ? null : pool[five..(pool.IndexOf("</VM>", five, StringComparison.Ordinal) + "</VM>".Length)];
        }

        return null;
    }

    private static string MadeUp()
    {
        var template = new StringBuilder();
        for (int i = 0; i < 30; i++) template.Append(CultureInfo.InvariantCulture, $"<ATTRIBUTE_{i}><![CDATA[value {i}]]></ATTRIBUTE_{i}>");
        return $"<VM><ID>5</ID><UID>0</UID><GID>0</GID><UNAME>oneadmin</UNAME><GNAME>oneadmin</GNAME><NAME>edge-5</NAME><STATE>3</STATE><LCM_STATE>3</LCM_STATE><TEMPLATE>{template}</TEMPLATE></VM>";
    }
}

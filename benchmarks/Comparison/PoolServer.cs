using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OneEdge.Comparison;

/// <summary>
/// Answers the calls that list virtual machines from one machine, repeated: newest first, all of them or a page, as OpenNebula counts pages.
/// </summary>
internal sealed class PoolServer : IAsyncDisposable
{
    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<methodResponse>\r\n<params>\r\n<param><value><array><data>\r\n"
        + "<value><boolean>1</boolean></value>\r\n<value><string>&lt;VM_POOL&gt;";

    private const string Tail = "&lt;/VM_POOL&gt;</string></value>\r\n<value><i4>0</i4></value>\r\n</data></array></value></param>\r\n</params>\r\n</methodResponse>\r\n";

    private readonly WebApplication _application;
    private readonly string[] _machines;

    private PoolServer(WebApplication application, string[] machines)
    {
        (_application, _machines) = (application, machines);
        CredentialsFile = Path.GetTempFileName();
        File.WriteAllText(CredentialsFile, "oneadmin:opennebula\n");
    }

    /// <summary>The address of its endpoint.</summary>
    public string Address => _application.Urls.Single() + "/RPC2";

    /// <summary>A file with credentials, which the server does not look at.</summary>
    public string CredentialsFile { get; }

    /// <summary>Starts a server on a free port of loopback.</summary>
    /// <param name="machine">The XML of a machine with the id 5.</param>
    /// <param name="count">How many machines there are.</param>
    public static async Task<PoolServer> StartAsync(string machine, int count)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new PoolServer(builder.Build(), [.. Enumerable.Range(0, count).Reverse().Select(id => Escaped(machine, id))]);
        server._application.MapPost("/RPC2", server.AnswerAsync);
        await server._application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        File.Delete(CredentialsFile);
    }

    private static string Escaped(string machine, int id) => machine
        .Replace("<ID>5</ID>", string.Create(CultureInfo.InvariantCulture, $"<ID>{id}</ID>"), StringComparison.Ordinal)
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private async Task AnswerAsync(HttpContext context)
    {
        XDocument call = await XDocument.LoadAsync(context.Request.Body, LoadOptions.None, context.RequestAborted);
        string method = call.Root!.Element("methodName")!.Value;
        int[] numbers = [.. call.Descendants("value").Select(v => int.TryParse(v.Value, CultureInfo.InvariantCulture, out int number) ? number : int.MinValue)];
        string answer = method.StartsWith("one.vmpool.info", StringComparison.Ordinal) ? Pool(numbers[2], numbers[3]) : throw new NotSupportedException(method);
        context.Response.ContentType = "text/xml; charset=utf-8";
        byte[] body = Encoding.UTF8.GetBytes(answer);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    // The parameters after the session and the filter: an offset and a negative count, or -1 and -1 for all.
    private string Pool(int start, int end)
    {
        IEnumerable<string> machines = end < -1 ? _machines.Skip(start).Take(-end) : _machines;
        return string.Concat([Head, .. machines, Tail]);
    }
}

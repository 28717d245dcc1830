using System.Globalization;
using Microsoft.AspNetCore.Http;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>A request with whoever sent it.</summary>
internal sealed class FlowRequest(OneFlowServer server, HttpContext http, Caller? caller)
{
    public OneFlowServer Server => server;

    public HttpContext Http => http;

    public OneFlowServerOptions Options => server.Options;

    public FlowEngine Engine => server.Engine;

    public Caller Caller => caller ?? throw new InvalidOperationException("This path has no caller.");

    /// <summary>The cloud, as the caller.</summary>
    public IOpenNebulaClient Cloud => Caller.Client;

    /// <summary>Ends when the client has gone.</summary>
    public CancellationToken Gone => http.RequestAborted;

    /// <summary>A part of the path.</summary>
    public string Part(string name) => (string?)http.Request.RouteValues[name] ?? "";

    /// <summary>The id in the path. OneFlow takes what is no number for 0; here there is no such document.</summary>
    public int Id
    {
        get
        {
            string text = Part("id");
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id)) return id;
            throw AnswerException.NoDocument(text.Length > 0 && text.All(char.IsAsciiDigit) ? text : "0");
        }
    }

    /// <summary>A new store of documents that acts as the caller; no two have the same name.</summary>
    public OpenNebulaDocumentStore NewStore() => new(Cloud.Rpc, server.NextWriter(), new OpenNebulaDocumentStoreOptions { TimeProvider = server.Time });
}

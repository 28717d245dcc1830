using System.Net;
using System.Text;

namespace OneEdge.Flow.Tests.Client;

/// <summary>Answers as a recorded exchange does, and keeps what it was asked.</summary>
internal sealed class RecordedServer(RecordedExchange exchange) : HttpMessageHandler
{
    public List<(string Method, string Path, string? Authorization, string? Body)> Requests { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string? body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        string? authorization = request.Headers.Authorization is { Scheme: "Basic", Parameter: { } basic }
            ? Encoding.UTF8.GetString(Convert.FromBase64String(basic)) : null;
        Requests.Add((request.Method.Method, request.RequestUri!.AbsolutePath, authorization, body));
        return new HttpResponseMessage((HttpStatusCode)exchange.Status)
        {
            Content = new StringContent(exchange.ResponseBody, Encoding.UTF8, "text/html"),
        };
    }
}

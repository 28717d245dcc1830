using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OneEdge.Flow.AspNetCore;

/// <summary>What a request is answered with.</summary>
internal abstract record Answer(int Status)
{
    /// <summary>The type that OneFlow gives all its answers, JSON too.</summary>
    public const string OriginalType = "text/html;charset=utf-8";

    /// <summary>The methods that the path takes, where that has to be said.</summary>
    public string? Allow { get; init; }

    /// <summary>When to try again, in seconds, where that helps.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Whether the client is asked for credentials.</summary>
    public bool AsksForCredentials { get; init; }

    /// <summary>The stable code of an error.</summary>
    public string? ErrorCode { get; init; }

    public async Task WriteAsync(HttpContext http)
    {
        HttpResponse response = http.Response;
        response.StatusCode = Status;
        SetHeaders(response.Headers);
        await WriteBodyAsync(http).ConfigureAwait(false);
    }

    protected abstract Task WriteBodyAsync(HttpContext http);

    protected static async Task WriteAsync(HttpContext http, string type, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    private void SetHeaders(IHeaderDictionary headers)
    {
        // Those of the original; and since it calls texts HTML that hold what others wrote, no browser may run what stands in them.
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "SAMEORIGIN";
        headers.XXSSProtection = "1; mode=block";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        if (Allow is not null) headers.Allow = Allow;
        if (RetryAfter is { } seconds) headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (AsksForCredentials) headers.WWWAuthenticate = "Basic realm=\"OneFlow\", charset=\"UTF-8\"";
        if (ErrorCode is not null) headers["OneEdge-Error"] = ErrorCode;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace OneEdge.Flow.AspNetCore;

/// <summary>
/// An answer in JSON. Who asks for <c>application/json</c> by name gets that type; others get the one of OneFlow, unless the path is not of OneFlow.
/// </summary>
internal sealed record JsonAnswer(int Status, ReadOnlyMemory<byte> Body) : Answer(Status)
{
    private const string JsonType = "application/json";

    /// <summary>Whether OneFlow has such an answer, and so its type.</summary>
    public bool IsOriginal { get; init; } = true;

    protected override Task WriteBodyAsync(HttpContext http) => WriteAsync(http, !IsOriginal || WantsJson(http.Request) ? JsonType : OriginalType, Body);

    private static bool WantsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted)
        && accepted.Any(a => a.MediaType.Equals(JsonType, StringComparison.OrdinalIgnoreCase) && a.Quality != 0);
}

using Microsoft.AspNetCore.Http;

namespace OneEdge.Flow.AspNetCore;

/// <summary><c>GET /openapi.json</c></summary>
internal static class OpenApiRequests
{
    public static Task<Answer> ShowAsync(FlowRequest request) => Task.FromResult<Answer>(
        new JsonAnswer(StatusCodes.Status200OK, OpenApiDocument.Write(FlowRoutes.All, PrefixOf(request))) { IsOriginal = false });

    // Where it was asked for tells where everything else is.
    private static string PrefixOf(FlowRequest request)
    {
        string path = request.Http.Request.PathBase.Add(request.Http.Request.Path).ToUriComponent();
        return path[..^"/openapi.json".Length] is { Length: > 0 } prefix ? prefix : "/";
    }
}

using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OneEdge.Flow.AspNetCore;

/// <summary><c>GET /health/live</c> and <c>GET /health/ready</c>, for those who start, stop and watch servers.</summary>
internal static class HealthRequests
{
    /// <summary>It answers, so it lives.</summary>
    public static Task<Answer> LiveAsync(FlowRequest request) => Task.FromResult<Answer>(Of(true, []));

    /// <summary>It can do what it is asked for.</summary>
    public static async Task<Answer> ReadyAsync(FlowRequest request)
    {
        bool isActive = request.Engine.IsActive;
        bool isReachable = await request.Server.Health.IsReachableAsync().WaitAsync(request.Gone).ConfigureAwait(false);
        return Of(isActive && isReachable, [("engine", isActive ? "active" : "inactive"), ("cloud", isReachable ? "reachable" : "unreachable")]);
    }

    private static JsonAnswer Of(bool isHealthy, (string Name, string State)[] checks)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("status", isHealthy ? "healthy" : "unhealthy");
            foreach ((string name, string state) in checks) writer.WriteString(name, state);
            writer.WriteEndObject();
        }

        int status = isHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return new JsonAnswer(status, buffer.WrittenMemory) { IsOriginal = false };
    }
}

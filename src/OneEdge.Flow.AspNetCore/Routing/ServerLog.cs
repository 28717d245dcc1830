using Microsoft.Extensions.Logging;

namespace OneEdge.Flow.AspNetCore;

/// <summary>What the server writes into its log. Neither bodies nor headers are among it.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Error, "{Method} {Route} failed")]
    public static partial void Failed(ILogger logger, string method, string route, Exception error);
}

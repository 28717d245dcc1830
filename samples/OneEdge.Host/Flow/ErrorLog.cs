using Microsoft.Extensions.Logging;

namespace OneEdge.Host.Flow;

/// <summary>Log messages on standard error, a line each.</summary>
/// <param name="io">The outside.</param>
/// <param name="least">The least level that is told.</param>
internal sealed class ErrorLog(HostIo io, LogLevel least) : ILoggerProvider
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    private void Write(LogLevel level, string message, Exception? exception)
    {
        string cause = exception is null ? "" : $": {exception.GetType().Name}: {exception.Message}";
        lock (_gate) io.Error.WriteLine($"oneedge: {level.ToString().ToLowerInvariant()}: {Cli.Screen.Cell(message + cause)}");
    }

    private sealed class Category(ErrorLog log, string name) : ILogger
    {
        // What the framework has to tell of itself matters when it goes wrong only.
        private readonly LogLevel _least = name.StartsWith("OneEdge.", StringComparison.Ordinal) ? log.Least : LogLevel.Error;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= _least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) log.Write(logLevel, formatter(state, exception), exception);
        }
    }

    private LogLevel Least => least;
}

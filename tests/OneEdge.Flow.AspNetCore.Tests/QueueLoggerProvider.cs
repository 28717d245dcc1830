using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OneEdge.Flow.AspNetCore.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class QueueLoggerProvider(ConcurrentQueue<string> queue) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        queue.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
        // The queue is the test's.
    }
}

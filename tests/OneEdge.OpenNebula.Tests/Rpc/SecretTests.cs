using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace OneEdge.OpenNebula.Tests.Rpc;

/// <summary>The credentials of the caller leave the library in requests only.</summary>
public sealed class SecretTests
{
    private const string Password = "s3cret&<pass>";

    private static readonly OpenNebulaCredentials Credentials = OpenNebulaCredentials.ForUser("oneadmin", Password);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Servers that send back everything they were sent, in every place that an answer has.</summary>
    [Fact]
    public async Task Server_that_repeats_the_session_does_not_make_us_show_it()
    {
        string escaped = System.Security.SecurityElement.Escape($"oneadmin:{Password}");
        string[] answers =
        [
            Answers.Refused($"[one.vm.info] No user {escaped} or {escaped[9..]} here", 256),
            Answers.Refused($"[one.vm.info] As sent: {System.Security.SecurityElement.Escape(escaped)}", 8192),
            Answers.Fault.Replace("one.no.such", escaped),
            $"<html>{escaped}</html>",
            $"<oneadmin:s3cret></oneadmin>{escaped}",
            Answers.Wrap($"<value><{"s3cret"}>{escaped}</s3cret></value>"),
        ];
        using var watcher = new Watcher();
        foreach (string answer in answers)
        {
            await using var server = LoopbackServer.Start(_ => answer);
            await FailAndCheckAsync(server, watcher);
        }

        foreach (
            string head in new[] { $"HTTP/1.1 500 {Password}\r\n\r\n", $"{Password} oneadmin:{Password}\r\n\r\n", $"HTTP/1.1 200 OK\r\n{Password}\r\n\r\n" })
        {
            await using var server = LoopbackServer.Start(async (_, stream, ct) =>
            {
                await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(head), ct);
                throw new IOException();
            });
            await FailAndCheckAsync(server, watcher);
        }

        Assert.NotEmpty(watcher.Seen);
        Assert.DoesNotContain(watcher.Seen, text => text.Contains("s3cret", StringComparison.Ordinal));
        Assert.Contains(watcher.Seen, text => text.Contains("one.vm.info", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_shows_the_secret_as_text()
    {
        var options = new OpenNebulaConnectionOptions();
        using var connection = new OpenNebulaConnection(Credentials, options);
        RpcValue value = Password;
        object[] all = [Credentials, connection, options, options.Endpoint, value, RpcValue.Array(value), new OpenNebulaCall("one.user.passwd", 1, value)];
        Assert.All(all, o => Assert.DoesNotContain("s3cret", o.ToString(), StringComparison.Ordinal));
        Assert.Equal("oneadmin:***", Credentials.ToString());
    }

    private static async Task FailAndCheckAsync(LoopbackServer server, Watcher watcher)
    {
        var options = new OpenNebulaConnectionOptions { Endpoint = server.Endpoint, ReadRetries = 1, RetryDelay = TimeSpan.FromMilliseconds(1) };
        using var connection = new OpenNebulaConnection(Credentials, options, logger: watcher);
        Exception error = await Assert.ThrowsAnyAsync<OpenNebulaException>(() => connection.CallAsync("one.vm.info", [1], Token));
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
        if (error is OpenNebulaCallException refused) Assert.DoesNotContain("s3cret", refused.ServerMessage, StringComparison.Ordinal);
    }

    /// <summary>Everything that logs and traces are told.</summary>
    private sealed class Watcher : ILogger<OpenNebulaConnection>, IDisposable
    {
        private readonly ActivityListener _listener;
        private readonly List<string> _seen = [];

        public Watcher()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == OpenNebulaTelemetry.SourceName,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity => Add(
                    $"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events)}"),
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyList<string> Seen
        {
            get
            {
                lock (_seen) return [.. _seen];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add($"{formatter(state, exception)} {exception}");

        public void Dispose() => _listener.Dispose();

        private void Add(string text)
        {
            lock (_seen) _seen.Add(text);
        }
    }
}

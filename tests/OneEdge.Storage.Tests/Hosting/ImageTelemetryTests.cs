using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace OneEdge.Storage.Tests.Hosting;

public sealed class ImageTelemetryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Telemetry _seen = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_and_flat_copy_are_spans_of_the_caller()
    {
        await Qcow2Image.CreateAsync(_directory["a"], 1 << 20, cancellationToken: Token);
        await using Qcow2Image image = await Qcow2Image.OpenAsync(_directory["a"], cancellationToken: Token);
        using var parent = new Activity("work");
        parent.Start();
        await image.CheckAsync(Token);
        await image.FlattenAsync(_directory["b"], cancellationToken: Token);
        Assert.All(_seen.Spans, span => Assert.Equal(parent.Id, span.ParentId));
        Assert.Equal(
            [("storage.check", _directory["a"], "Clean"), ("storage.flatten", _directory["b"], null)],
            _seen.Spans.Select(span => (span.DisplayName, (string)span.GetTagItem("file.path")!, (string?)span.GetTagItem("oneedge.storage.check"))));
        Assert.Equal(0L, _seen.Spans[1].GetTagItem("oneedge.storage.written"));
    }

    [Fact]
    public async Task Flat_copy_that_fails_has_its_code()
    {
        await Qcow2Image.CreateAsync(_directory["a"], 1 << 20, cancellationToken: Token);
        await using Qcow2Image image = await Qcow2Image.OpenAsync(_directory["a"], cancellationToken: Token);
        await File.WriteAllTextAsync(_directory["b"], "taken", Token);
        Qcow2Exception error = await Assert.ThrowsAsync<Qcow2Exception>(() => image.FlattenAsync(_directory["b"], cancellationToken: Token));
        Activity span = Assert.Single(_seen.Spans);
        Assert.Equal((ActivityStatusCode.Error, error.Code), (span.Status, span.GetTagItem("error.type")));
    }

    [Fact]
    public void Every_message_has_a_number_of_its_own_which_the_documentation_lists()
    {
        string documentation = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "storage.md"));
        LoggerMessageAttribute[] messages = [.. typeof(StorageTelemetry).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()];
        Assert.Equal(27, messages.Length);
        Assert.Equal(messages.Length, messages.Select(message => message.EventId).Distinct().Count());
        Assert.All(messages, message => Assert.Contains(
            $"| {message.EventId} | `{message.EventName}` | {message.Level} |", documentation, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _seen.Dispose();
        _directory.Dispose();
    }
}

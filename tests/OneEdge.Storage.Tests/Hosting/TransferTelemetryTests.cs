using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Hosting;

public sealed class TransferTelemetryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Telemetry _seen = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transfer_is_a_span_a_measurement_and_a_message()
    {
        await RunAsync(new ScriptedHosts().On("prepare-copy", "/tmp/x\n").On("copy", "inventory abc\n"), new HostPath("h1", "/ds/1/0a"), "h1");
        Activity span = Assert.Single(_seen.Spans);
        Assert.Equal("storage.transfer", span.DisplayName);
        Assert.Equal(
            new Dictionary<string, object?> { ["oneedge.storage.action"] = "Clone", ["oneedge.storage.vm"] = 7, ["oneedge.storage.replica"] = null }
                .Where(tag => tag.Value is not null),
            span.TagObjects);
        Assert.Contains("oneedge.storage.transfer.duration action=Clone outcome=ok", _seen.Measurements);
        Assert.StartsWith("Clone of virtual machine 7 done in ", Assert.Single(_seen.Named("TransferFinished")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_go_from_host_to_host_are_counted()
    {
        ScriptedHosts hosts = new ScriptedHosts().On("prepare-copy", "/tmp/x\n").On("send", "bytes 100\nbytes 250\ninventory abc");
        await RunAsync(hosts, new HostPath("h2", "/ds/1/0a"), "h1");
        Assert.Equal(
            ["oneedge.storage.copied 100 way=disk", "oneedge.storage.copied 150 way=disk"],
            _seen.Measurements.Where(text => text.Contains("copied", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Failure_has_its_code_everywhere()
    {
        ScriptedHosts hosts = new ScriptedHosts().Fail("prepare-copy", new HostException(StorageErrorCodes.HostCommand, "h1", "prepare-copy", 1, "no\nroom"));
        await Assert.ThrowsAsync<HostException>(() => RunAsync(hosts, new HostPath("h1", "/ds/1/0a"), "h1"));
        Activity span = Assert.Single(_seen.Spans);
        Assert.Equal((ActivityStatusCode.Error, "OES0401"), (span.Status, span.GetTagItem("error.type")));
        Assert.Contains("oneedge.storage.transfer.duration action=Clone outcome=OES0401", _seen.Measurements);
        string line = Assert.Single(_seen.Named("TransferFailed"));
        Assert.StartsWith("Clone of virtual machine 7 failed with OES0401 after ", line, StringComparison.Ordinal);
        Assert.EndsWith("no room", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_that_leaves_stops_the_transfer_and_that_is_no_failure()
    {
        TransferManager transfers = Manager(new ScriptedHosts().On("prepare-copy", "/tmp/x\n").On("copy", "inventory abc\n"));
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (TransferEvent item in transfers.RunAsync(Request(new HostPath("h1", "/ds/1/0a"), "h1", null), stop.Token))
                await stop.CancelAsync();
        });
        Assert.Contains("oneedge.storage.transfer.duration action=Clone outcome=cancelled", _seen.Measurements);
        Assert.Equal(ActivityStatusCode.Unset, Assert.Single(_seen.Spans).Status);
        Assert.Single(_seen.Named("TransferStopped"));
    }

    [Fact]
    public async Task Replica_that_is_gone_round_is_a_warning()
    {
        ScriptedHosts hosts = new ScriptedHosts().On("prepare-copy", "/tmp/x\n").On("copy", "inventory abc\n").Fail(
            "look-for-recovery-snapshot", new HostException(StorageErrorCodes.HostUnreachable, "replica", "look", 255, ""));
        await RunAsync(hosts, new HostPath("h1", "/ds/1/0a"), "h1", "replica");
        (LogLevel level, _, string text) = Assert.Single(_seen.Messages, message => message.Id.Name == "ReplicaGoneRound");
        Assert.Equal((LogLevel.Warning, "Clone of virtual machine 7 copies directly, without replica replica: it cannot be reached"), (level, text));
    }

    [Fact]
    public async Task Replica_without_room_is_gone_round_after_a_failure()
    {
        ScriptedHosts hosts = new ScriptedHosts().On("prepare-copy", "/tmp/x\n").On("copy", "inventory abc\n").On("look-for-recovery-snapshot", "no")
            .On("digest-image", "digest abc\nbytes 1\nallocated 1\n").On("acquire-image", "lock 1\n").On("make-room", "short 5\n");
        await RunAsync(hosts, new HostPath("h1", "/ds/1/0a"), "h1", "replica");
        Assert.EndsWith("without replica replica: it has no room", Assert.Single(_seen.Named("ReplicaGoneRound")), StringComparison.Ordinal);
        Assert.Equal(
            ["outcome=OES0505", "outcome=ok"],
            _seen.Measurements.Where(text => text.Contains("transfer.duration", StringComparison.Ordinal))
                .Select(text => text[text.IndexOf("outcome", StringComparison.Ordinal)..]));
        Assert.Equal(["replica", null], _seen.Spans.Select(span => span.GetTagItem("oneedge.storage.replica")));
    }

    [Fact]
    public async Task Notes_and_steps_with_control_characters_are_one_line()
    {
        ScriptedHosts hosts = new ScriptedHosts().On("prepare-copy", "/tmp/x\n").On("copy", "inventory abc\n");
        await RunAsync(hosts, new HostPath("h1", "/ds/1/a\nwarn: forged\u001b[2J"), "h1");
        Assert.NotEmpty(_seen.Named("StepStarted"));
        Assert.All(_seen.Messages, message => Assert.DoesNotContain(message.Text, char.IsControl));
    }

    public void Dispose()
    {
        _seen.Dispose();
        _directory.Dispose();
    }

    private static TransferRequest Request(HostPath image, string host, string? replica) => new(
        TransferAction.Clone, image, new TransferFacts(new VmFacts(7) { SystemDatastoreId = 0 }) { Datastores = [new DatastoreFacts(0, replica)] })
    {
        Destination = new HostPath(host, "/ds/0/7/disk.0"),
    };

    private TransferManager Manager(ScriptedHosts hosts) => new(
        hosts, new TransferSettings { FrontEnd = "fe" }, new FileTransferJournal(_directory["journal"]), null, new Logger<TransferExecutor>(_seen));

    private async Task RunAsync(ScriptedHosts hosts, HostPath image, string host, string? replica = null)
    {
        await foreach (TransferEvent _ in Manager(hosts).RunAsync(Request(image, host, replica), Token))
        {
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using OneEdge.OpenNebula;
using static OneEdge.Flow.Tests.Engine.EngineWorld;

namespace OneEdge.Flow.Tests.Engine;

/// <summary>What services cost: calls, timers, threads.</summary>
public sealed class CostTests
{
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);

    [Fact]
    public async Task Fifty_services_of_two_machines_take_less_than_300_calls_beside_the_creation_of_their_machines()
    {
        const int Count = 50;
        await using EngineWorld world = await CreateAsync(starts: false);
        IDocumentStore documents = new OpenNebulaDocumentStore(world.Alice.Rpc, "alice", new OpenNebulaDocumentStoreOptions { TimeProvider = world.Time });
        using IDisposable counting = Counting(world);
        await world.StartAsync(o => (o.WriteInterval, o.DocumentsOf) = (new FlowEngineOptions().WriteInterval, _ => documents));
        int[] ids = new int[Count];
        await Parallel.ForAsync(0, Count, async (i, _) => ids[i] = await world.InstantiateAsync(Role("web", 2)));
        foreach (int id in ids) await world.ReachAsync(id, ServiceState.Running);

        // With its documents, and with its lease.
        await world.Engine.DisposeAsync();
        counting.Dispose();
        Assert.Equal(2 * Count, _calls["one.template.instantiate"]);
        Assert.InRange(_calls.Values.Sum() - (2 * Count), Count, 299);
        await foreach (Document document in world.Client.Documents.ListAsync(DocumentType.Service, cancellationToken: Ct))
            Assert.Contains("\"state\":2", document.Template.Get("BODY"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50, 1)]
    [InlineData(1000, 3)]
    public async Task Services_that_wait_are_compared_with_the_cloud_by_one_reading_of_it_for_all(int services, int pages)
    {
        await using EngineWorld world = await WaitingAsync(services, hosts: 0, ServiceState.Deploying);
        using IDisposable counting = Counting(world);
        for (int round = 1; round <= 3; round++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(30));
            await UntilAsync(async () => (await world.Engine.ListAsync()).All(s => s.LastReading == round));

            // The reading waits for all who want one.
            Assert.Empty(_calls);
            world.Time.Advance(TimeSpan.FromSeconds(1));
            await UntilAsync(() => Task.FromResult(_calls.GetValueOrDefault("one.vmpool.infoextended") == pages));
            world.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal([KeyValuePair.Create("one.vmpool.infoextended", pages)], _calls);
            _calls.Clear();
        }
    }

    [Fact]
    public async Task Services_that_run_cause_no_calls()
    {
        await using EngineWorld world = await WaitingAsync(100, hosts: 2, ServiceState.Running);
        using IDisposable counting = Counting(world);
        for (int round = 0; round < 10; round++) world.Time.Advance(TimeSpan.FromSeconds(30));
        int id = await world.InstantiateAsync(Role("web", 1));
        await world.ReachAsync(id, ServiceState.Running);
        Assert.DoesNotContain(_calls.Keys, method => method.Contains("pool.info", StringComparison.Ordinal));
        Assert.Equal(1, _calls["one.template.instantiate"]);
    }

    [Fact]
    public async Task Services_that_wait_have_no_timers_and_no_threads()
    {
        await using EngineWorld few = await WaitingAsync(10, hosts: 0, ServiceState.Deploying);
        await using EngineWorld many = await WaitingAsync(1000, hosts: 0, ServiceState.Deploying);
        await UntilAsync(() => Task.FromResult(many.Time.Timers == few.Time.Timers));
        Assert.InRange(many.Time.Timers, 1, 10);
        using var process = Process.GetCurrentProcess();
        Assert.InRange(process.Threads.Count, 1, 500);
    }

    private async Task<EngineWorld> WaitingAsync(int services, int hosts, ServiceState state)
    {
        EngineWorld world = await CreateAsync(hosts: hosts, configure: o =>
        {
            (o.LeaseDuration, o.AutoscalerInterval, o.DocumentCheckInterval) = (TimeSpan.FromDays(1), TimeSpan.Zero, TimeSpan.Zero);
            o.ReadingDelay = TimeSpan.FromSeconds(1);
        });
        int[] ids = new int[services];
        await Parallel.ForAsync(0, services, async (i, _) => ids[i] = await world.InstantiateAsync(Role("web", 1)));
        foreach (int id in ids) await world.ReachAsync(id, s => s.State == state && s.Roles[0].Nodes.Length == 1);
        await UntilAsync(async () => (await world.Client.Documents.ListAsync(DocumentType.Service, cancellationToken: Ct).ToListAsync(Ct))
            .All(d => d.Template.Get("BODY")!.Contains("deploy_id", StringComparison.Ordinal)));
        return world;
    }

    private IDisposable Counting(EngineWorld world) => world.Cloud.Script.BreakCalls(call =>
    {
        _calls.AddOrUpdate(call.Method, 1, static (_, count) => count + 1);
        return EmbeddedCallFault.None;
    });

    private static async Task UntilAsync(Func<Task<bool>> isReached)
    {
        var clock = Stopwatch.StartNew();
        while (!await isReached())
        {
            HangLimit.AssertNotReached(clock);
            await Task.Delay(2, Ct);
        }
    }
}

using System.Diagnostics;
using OneEdge.OpenNebula;
using static OneEdge.Flow.Tests.Engine.EngineWorld;

namespace OneEdge.Flow.Tests.Engine;

public sealed class ScaleTests
{
    [Fact]
    public async Task Thousand_services_of_three_machines_run()
    {
        const int Count = 1000;
        await using EngineWorld world = await CreateAsync();
        ServiceTemplate template = Template("", Role("db", 1), Role("web", 2, "db"));
        var clock = Stopwatch.StartNew();
        int[] ids = new int[Count];
        await Parallel.ForAsync(0, Count, async (i, _) => ids[i] = await world.InstantiateAsync(template));
        foreach (int id in ids) await world.ReachAsync(id, ServiceState.Running);
        Assert.Equal(3 * Count, (await world.MachinesAsync()).Count);
        HangLimit.AssertNotReached(clock);

        // All of them at once in another engine, with one reading for all or few.
        int readings = 0;
        using (world.Cloud.Script.BreakCalls(call =>
        {
            if (call.Method == "one.vmpool.infoextended") Interlocked.Increment(ref readings);
            return EmbeddedCallFault.None;
        }))
        {
            await world.Engine.DisposeAsync();
            await world.StartAsync();
            foreach (int id in ids) await world.ReachAsync(id, ServiceState.Running);
        }

        Assert.True(readings < Count / 4, $"There were {readings} readings.");
    }
}

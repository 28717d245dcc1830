using OneEdge.OpenNebula;
using static OneEdge.Flow.Tests.Engine.EngineWorld;

namespace OneEdge.Flow.Tests.Engine;

/// <summary>Readings that show what was before the events that were told already.</summary>
public sealed class LagTests
{
    [Fact]
    public async Task Machine_that_is_read_after_its_end_was_told_delays_no_removal()
    {
        (EngineWorld world, LaggingRpc rpc) = await LaggingAsync();
        await using EngineWorld disposed = world;
        int id = await world.RunAsync(Role("web", 3));
        await rpc.LagAsync();
        await world.UndeployAsync(id);

        // The clock stands still: nothing is read again because time has passed.
        await world.GoneAsync(id);
        Assert.InRange(rpc.OldAnswers, 1, int.MaxValue);
        rpc.CatchUp();
        await world.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Service_that_was_read_right_after_an_event_is_read_once_more_later()
    {
        (EngineWorld world, LaggingRpc rpc) = await LaggingAsync();
        await using EngineWorld disposed = world;
        var events = (GapEvents)world.Events!;
        int id = await world.RunAsync(Role("web", 1));
        await rpc.LagAsync();
        await world.Alice.VirtualMachines.PowerOffAsync((await world.Engine.GetAsync(id)).Roles[0].Nodes[0].VmId, hard: true, Ct);
        await world.ReachAsync(id, ServiceState.Warning);
        events.Lose();
        await world.ReachAsync(id, ServiceState.Running);
        rpc.CatchUp();
        await world.ElapseAsync(world.Engine.WaitForAsync(id, ServiceState.Warning, Ct));
    }

    private static async Task<(EngineWorld World, LaggingRpc Rpc)> LaggingAsync()
    {
        EngineWorld world = await CreateAsync(starts: false);
        var rpc = new LaggingRpc(world.Cloud.Rpc);
        world.EngineClient = new OpenNebulaClient(rpc, time: world.Time);
        world.Events = new GapEvents(world.Cloud.Events);
        await world.StartAsync();
        return (world, rpc);
    }
}

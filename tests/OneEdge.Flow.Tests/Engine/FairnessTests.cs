using OneEdge.Flow.Engine;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Engine;

/// <summary>Many services share calls and the room for what came too early.</summary>
public sealed class FairnessTests
{
    [Fact]
    public async Task Who_has_little_work_does_not_wait_for_all_of_who_has_much()
    {
        var queue = new FairQueue(1);
        var gate = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        List<int> done = [];
        queue.Add(0, () => gate.Task);
        for (int i = 0; i < 100; i++) queue.Add(1, () => Note(1));
        for (int owner = 2; owner <= 5; owner++)
        {
            int who = owner;
            queue.Add(owner, () => Note(who));
        }

        queue.Add(1, () =>
        {
            end.SetResult();
            return Task.CompletedTask;
        });
        gate.SetResult();
        await end.Task.WaitAsync(HangLimit.Time, TestContext.Current.CancellationToken);
        Assert.Equal([.. Enumerable.Repeat(1, FairQueue.Turn), 2, 3, 4, 5], done.Take(FairQueue.Turn + 4));
        Assert.Equal(104, done.Count);

        Task Note(int owner)
        {
            done.Add(owner);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task No_more_work_is_under_way_than_may_be()
    {
        const int Limit = 3;
        var queue = new FairQueue(Limit);
        var end = new TaskCompletionSource();
        (int running, int most, int left) = (0, 0, 50);
        var gate = new Lock();
        for (int i = 0; i < 50; i++)
        {
            queue.Add(i % 5, async () =>
            {
                lock (gate) most = Math.Max(most, ++running);
                await Task.Yield();
                lock (gate) running--;
                if (Interlocked.Decrement(ref left) == 0) end.SetResult();
            });
        }

        await end.Task.WaitAsync(HangLimit.Time, TestContext.Current.CancellationToken);
        Assert.InRange(most, 1, Limit);
    }

    [Fact]
    public void What_happens_before_its_owner_is_known_is_told_in_its_order()
    {
        var hosting = new RecordedHosting();
        var routes = new RouteTable(hosting, new FlowEngineOptions(), TimeProvider.System);
        routes.BeginCreation();
        VmObserved[] early = [new(7, VmState.Pending, LcmState.LcmInit), new(7, VmState.Active, LcmState.Running)];
        foreach (VmObserved happened in early) routes.Deliver(7, happened, isEnd: false);
        routes.Created(7, 1, new VmCreated("web", 0, 7));
        Assert.Equal([(1, new VmCreated("web", 0, 7)), (1, early[0]), (1, early[1])], hosting.Told);
    }

    [Fact]
    public void When_too_much_comes_too_early_it_is_made_up_for_by_a_reading()
    {
        var hosting = new RecordedHosting();
        var routes = new RouteTable(hosting, new FlowEngineOptions { MaxEarlyEvents = 3 }, TimeProvider.System);
        routes.BeginCreation();
        for (int id = 1; id <= 5; id++) routes.Deliver(id, new VmObserved(id, VmState.Active, LcmState.Running), isEnd: false);
        routes.Created(1, 9, new VmCreated("web", 0, 1));
        Assert.Equal([(9, new VmCreated("web", 0, 1)), (9, new SynchronizationLost())], hosting.Told);

        // What was kept is told, and once nothing is created any more, nothing is missing.
        hosting.Told.Clear();
        routes.Created(5, 9, new VmCreated("web", 1, 5));
        Assert.Equal(new VmObserved(5, VmState.Active, LcmState.Running), hosting.Told[1].Happened);
        routes.EndCreation();
        hosting.Told.Clear();
        routes.BeginCreation();
        routes.Created(6, 9, new VmCreated("web", 2, 6));
        Assert.Equal([(9, new VmCreated("web", 2, 6))], hosting.Told);
    }

    private sealed class RecordedHosting : IServiceHosting
    {
        public List<(int Service, ServiceEvent Happened)> Told { get; } = [];

        public IEnumerable<Service> Services => [];

        public Service? Find(int serviceId) => null;

        public Task<Refusal?> TellAsync(int serviceId, ServiceEvent happened) => throw new NotSupportedException();

        public void Post(int serviceId, ServiceEvent happened) => Told.Add((serviceId, happened));
    }
}

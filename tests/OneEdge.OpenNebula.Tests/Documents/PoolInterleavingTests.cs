using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace OneEdge.OpenNebula.Tests.Documents;

/// <summary>Which orders of the calls of two writers lose an update, and which do not: all of them are tried.</summary>
public sealed class PoolInterleavingTests
{
    [Fact]
    public async Task Without_the_lock_two_stores_lose_an_update_exactly_when_both_read_before_either_writes()
    {
        int lost = 0;
        int all = await Turns.ExploreAsync(async choose =>
        {
            var run = new Run(locks: false);
            bool[] written = await run.TwoStoresAsync(choose);
            int firstWrite = run.Turns.Log.FindIndex(c => c.Method == "update");
            bool bothHadRead = run.Turns.Log.FindLastIndex(c => c.Method == "info") < firstWrite;
            Assert.Equal(bothHadRead, written.All(w => w));
            Assert.Equal(bothHadRead ? 1 : written.Count(w => w), run.Body.Count);
            if (bothHadRead) lost++;
        });
        Assert.Equal((6, 4), (all, lost));
    }

    [Fact]
    public async Task With_the_lock_two_stores_lose_no_update_in_any_order()
    {
        int all = await Turns.ExploreAsync(async choose =>
        {
            var run = new Run(locks: true);
            bool[] written = await run.TwoStoresAsync(choose);
            Assert.Single(written, w => w);
            Assert.Single(run.Body);
        });
        Assert.InRange(all, 20, 100_000);
    }

    [Fact]
    public async Task Original_beside_a_store_loses_or_is_lost_only_in_the_moment_between_reading_and_writing()
    {
        Dictionary<string, int> outcomes = [];
        int all = await Turns.ExploreAsync(async choose =>
        {
            var run = new Run(locks: true);
            bool written = false;
            await run.Turns.RunAsync(
                choose,
                async () => written = await run.UpdateAsync(run.Store(0), "store"),
                () => run.OriginalAsync(client: 1));
            List<(int Client, string Method)> log = run.Turns.Log;
            int At(int client, string method) => log.IndexOf((client, method));
            (int read, int write) = (At(0, "info"), At(0, "update"));
            (int itsRead, int itsWrite) = (At(1, "info"), At(1, "update"));
            string expected = itsWrite < read ? "the store is refused"
                : itsWrite < write ? "the original's is lost"
                : itsRead < write ? "the store's is lost"
                : "both are there";
            bool hasStore = run.Body.ContainsKey("store");
            bool hasOriginal = run.Body.ContainsKey("original");
            string actual = !written ? (hasOriginal && !hasStore ? "the store is refused" : "?")
                : hasStore && hasOriginal ? "both are there"
                : hasStore ? "the original's is lost" : "the store's is lost";
            Assert.Equal(expected, actual);
            outcomes[actual] = outcomes.GetValueOrDefault(actual) + 1;
            // What the original overwrote is noticed with the next change.
            if (actual == "the store's is lost") await Assert.ThrowsAsync<DocumentConflictException>(() => run.UpdateFromAsync(run.Last, "later"));
        });

        Assert.Equal(
            [("both are there", 3), ("the original's is lost", 3), ("the store is refused", 3), ("the store's is lost", 6)],
            outcomes.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => (o.Key, o.Value)));
        Assert.Equal(15, all);
    }

    [Fact]
    public void Lock_of_a_dead_program_is_broken_and_no_update_is_lost_in_any_order() => Gen.Int[0, 11].Array[40, 200].Sample(
        order =>
        {
            var run = new Run(locks: true);
            run.LockAsDead();
            int at = 0;
            bool[] written = run.StoresAsync(of => order[at++ % order.Length] % of, stores: 3).GetAwaiter().GetResult();
            Assert.Single(written, w => w);
            Assert.Single(run.Body);
            Assert.InRange(run.Time.GetUtcNow() - run.Start, run.HoldLimit * 3, run.HoldLimit * 8);
        },
        iter: 2_000);

    [Fact]
    public async Task Store_that_is_held_up_too_long_notices_and_writes_nothing()
    {
        var run = new Run(locks: true);
        run.Pool.Before = (_, call) =>
        {
            if (call.Method == "one.document.info") run.Time.Advance(run.HoldLimit / 2);
            return Task.CompletedTask;
        };
        Func<Task> late = () => run.UpdateFromAsync(run.Seen, "late");
        Assert.Equal(OpenNebulaErrorCodes.DocumentBusy, (await Assert.ThrowsAsync<OpenNebulaException>(late)).Code);
        Assert.Empty(run.Body);
        Assert.DoesNotContain("one.document.update", run.Pool.Calls.Keys);
    }

    // The one hole among stores: a write that is on its way for longer than the others wait.
    [Fact]
    public async Task Write_that_arrives_after_its_lock_was_broken_is_not_noticed()
    {
        var run = new Run(locks: true);
        var arrives = new TaskCompletionSource();
        bool isFirst = true;
        run.Pool.Before = (_, call) =>
        {
            if (call.Method != "one.document.update" || !isFirst) return Task.CompletedTask;
            isFirst = false;
            return arrives.Task;
        };
        Task<DocumentRevision> slow = run.UpdateFromAsync(run.Seen, "slow");
        Task<DocumentRevision> other = run.UpdateFromAsync(run.Seen, "other");
        while (!other.IsCompleted)
        {
            run.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await other;
        Assert.True(run.Body.ContainsKey("other"));
        arrives.SetResult();
        await slow;
        Assert.False(run.Body.ContainsKey("other"));
    }

    private sealed class Run
    {
        private readonly bool _locks;
        private readonly int _id;
        private int _stores;

        public Run(bool locks)
        {
            _locks = locks;
            Turns = new Turns(Time);
            Pool = new FakePool(Time);
            Start = Time.GetUtcNow();
            _id = Pool.User(2).CallAsync("one.document.allocate", ["<TEMPLATE><BODY><![CDATA[{}]]></BODY></TEMPLATE>", 100], default).Result.AsInt32();
            Seen = new OpenNebulaDocumentStore(Pool.User(2), "first").ReadAsync(_id).Result;
            Pool.Calls.Clear();
        }

        public FakeTimeProvider Time { get; } = new();

        public DateTimeOffset Start { get; }

        public TimeSpan HoldLimit => TimeSpan.FromSeconds(10);

        public Turns Turns { get; }

        public FakePool Pool { get; }

        public StoredDocument Seen { get; }

        /// <summary>The revision that the last successful store wrote.</summary>
        public DocumentRevision Last { get; private set; }

        /// <summary>The members that were written and are there.</summary>
        public JsonObject Body
        {
            get
            {
                JsonObject body = JsonNode.Parse(Pool.Template(_id).Get("BODY")!)!.AsObject();
                body.Remove(DocumentRules.ReservedMember);
                return body;
            }
        }

        public OpenNebulaDocumentStore Store(int client) => Open(Turns.Gate(Pool.User(2), client));

        public Task<bool[]> TwoStoresAsync(Func<int, int> choose) => StoresAsync(choose, 2);

        public async Task<bool[]> StoresAsync(Func<int, int> choose, int stores)
        {
            var written = new bool[stores];
            await Turns.RunAsync(
                choose,
                [.. Enumerable.Range(0, stores).Select(i => (Func<Task>)(async () => written[i] = await UpdateAsync(Store(i), $"store{i}")))]);
            return written;
        }

        public async Task<bool> UpdateAsync(OpenNebulaDocumentStore store, string member)
        {
            try
            {
                Last = await store.UpdateAsync(_id, Seen.Version, $$"""{"{{member}}":1}""").ConfigureAwait(false);
                return true;
            }
            catch (DocumentConflictException)
            {
                return false;
            }
        }

        public Task<DocumentRevision> UpdateFromAsync(StoredDocument seen, string member) => UpdateFromAsync(seen.Revision, member);

        public Task<DocumentRevision> UpdateFromAsync(DocumentRevision seen, string member) =>
            Open(Pool.User(2)).UpdateAsync(_id, seen.Version, $$"""{"{{member}}":1}""");

        public void LockAsDead() => Pool.User(2).CallAsync("one.document.lock", [_id, 3, true], default).GetAwaiter().GetResult();

        /// <summary>Reads, adds a member to the body, and writes it, as OneFlow does.</summary>
        public async Task OriginalAsync(int client)
        {
            IOpenNebulaRpc rpc = Turns.Gate(Pool.User(2), client);
            string xml = (await rpc.CallAsync("one.document.info", [_id], default).ConfigureAwait(false)).AsString();
            string template = xml[xml.IndexOf("<TEMPLATE>", StringComparison.Ordinal)..xml.IndexOf("</DOCUMENT>", StringComparison.Ordinal)];
            JsonObject body = JsonNode.Parse(StoredTemplate.ParseXml(template).Get("BODY")!)!.AsObject();
            body["original"] = 1;
            await rpc.CallAsync("one.document.update", [_id, $"<TEMPLATE><BODY><![CDATA[{body.ToJsonString()}]]></BODY></TEMPLATE>", 0], default)
                .ConfigureAwait(false);
        }

        private OpenNebulaDocumentStore Open(IOpenNebulaRpc rpc) =>
            new(
                rpc, $"store-{_stores++}",
                new() { LocksWhileWriting = _locks, TimeProvider = Time, HoldLimit = HoldLimit, LockTimeout = TimeSpan.FromHours(1) });
    }
}

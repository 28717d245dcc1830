using CsCheck;

namespace OneEdge.OpenNebula.Tests.Clients;

public sealed class PoolPagesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(1000)]
    public async Task Pool_at_rest_is_read_in_order_with_one_call_a_page(int count)
    {
        foreach (bool isNewestFirst in new[] { true, false })
        {
            var rpc = new PoolRpc(Enumerable.Range(0, count), isNewestFirst);
            List<int> read = await ReadAsync(rpc, pageSize: 4);
            Assert.Equal(isNewestFirst ? Enumerable.Range(0, count).Reverse() : Enumerable.Range(0, count), read);
            Assert.InRange(rpc.Calls, 1, (count / 3) + 2);
            Assert.InRange(rpc.LargestAnswer, 0, 4);
        }
    }

    [Fact]
    public async Task Gaps_between_ids_cost_nothing()
    {
        var rpc = new PoolRpc([0, 7, 1_000_000, 1_000_001, 2_000_000_000, int.MaxValue]);
        Assert.Equal([int.MaxValue, 2_000_000_000, 1_000_001, 1_000_000, 7, 0], await ReadAsync(rpc, pageSize: 3));
        Assert.InRange(rpc.Calls, 1, 4);
    }

    [Fact]
    public void Object_that_is_there_all_the_time_comes_exactly_once_whatever_comes_and_goes()
    {
        Gen<(int Count, int PageSize, bool IsNewestFirst, int Seed, int Created, int Deleted)> cases = Gen.Select(
            Gen.Int[0, 60], Gen.Int[2, 7], Gen.Bool, Gen.Int, Gen.Int[0, 4], Gen.Int[0, 12]);
        cases.Sample(
            c =>
            {
                var random = new Random(c.Seed);
                var rpc = new PoolRpc(Enumerable.Range(0, c.Count * 3).Where(_ => random.Next(3) == 0), c.IsNewestFirst);
                HashSet<int> always = [.. rpc.Ids];
                int budget = 500;
                rpc.Between = () =>
                {
                    if (--budget < 0) return;
                    for (int i = random.Next(c.Created + 1); i > 0; i--) rpc.Ids.Add(rpc.Ids.Count == 0 ? 1000 : rpc.Ids.Max + random.Next(1, 4));
                    for (int i = random.Next(c.Deleted + 1); i > 0 && rpc.Ids.Count > 0; i--)
                    {
                        int victim = rpc.Ids.ElementAt(random.Next(rpc.Ids.Count));
                        rpc.Ids.Remove(victim);
                        always.Remove(victim);
                    }
                };
                List<int> read = ReadAsync(rpc, c.PageSize).GetAwaiter().GetResult();
                Assert.Equal(read.Distinct().Count(), read.Count);
                Assert.Equal(c.IsNewestFirst ? read.OrderDescending() : read.Order(), read);
                Assert.Empty(always.Except(read));
                Assert.InRange(rpc.LargestAnswer, 0, c.PageSize);
            },
            iter: 4_000);
    }

    [Fact]
    public async Task Machines_that_run_are_selected()
    {
        var one = new OpenNebulaClient(new PoolRpc(Enumerable.Range(0, 50)), new() { PageSize = 8 });
        var read = new List<VirtualMachine>();
        await foreach (VirtualMachine machine in one.VirtualMachines.ListAsync(VmQuery.Running, Token)) read.Add(machine);
        Assert.Equal(25, read.Count);
        Assert.All(read, machine => Assert.Equal(LcmState.Running, machine.LcmState));
    }

    [Fact]
    public async Task Server_that_gives_everything_at_once_or_the_same_again_and_again_does_not_hang_the_reader()
    {
        var all = new AnsweringRpc(_ => "<VM_POOL>" + string.Concat(Enumerable.Range(0, 10).Reverse().Select(Machine)) + "</VM_POOL>");
        Assert.Equal(10, (await ReadAsync(all, pageSize: 4)).Count);
        var same = new AnsweringRpc(_ => $"<VM_POOL>{Machine(9)}{Machine(8)}</VM_POOL>");
        OpenNebulaException endless = await Assert.ThrowsAsync<OpenNebulaException>(() => ReadAsync(same, pageSize: 2));
        Assert.Equal(OpenNebulaErrorCodes.ModelInvalid, endless.Code);
        var shuffled = new AnsweringRpc(_ => $"<VM_POOL>{Machine(9)}{Machine(7)}{Machine(8)}</VM_POOL>");
        OpenNebulaException disorder = await Assert.ThrowsAsync<OpenNebulaException>(() => ReadAsync(shuffled, pageSize: 3));
        Assert.Equal(OpenNebulaErrorCodes.ModelInvalid, disorder.Code);
    }

    [Fact]
    public async Task Cancelled_reading_ends_with_the_token()
    {
        using var stop = new CancellationTokenSource();
        var rpc = new PoolRpc(Enumerable.Range(0, 100)) { Between = stop.Cancel };
        var one = new OpenNebulaClient(rpc, new() { PageSize = 10 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (VirtualMachine _ in one.VirtualMachines.ListAsync(cancellationToken: stop.Token))
            {
                // Read until it ends.
            }
        });
        Assert.InRange(rpc.Calls, 1, 3);
    }

    private static string Machine(int id) => $"<VM><ID>{id}</ID><NAME>x</NAME><STATE>1</STATE><LCM_STATE>0</LCM_STATE></VM>";

    private static async Task<List<int>> ReadAsync(IOpenNebulaRpc rpc, int pageSize)
    {
        var one = new OpenNebulaClient(rpc, new() { PageSize = pageSize });
        var ids = new List<int>();
        await foreach (VirtualMachine machine in one.VirtualMachines.ListAsync()) ids.Add(machine.Id);
        return ids;
    }
}

using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Clients;

[Collection(nameof(Alone))]
public sealed class PoolMemoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Memory is that of a page, not of the pool: it is looked at after a full collection, many times on the way.</summary>
    [Fact]
    public async Task Hundred_thousand_machines_take_no_more_memory_than_a_thousand()
    {
        string body = $"<TEMPLATE>{string.Concat(Enumerable.Repeat("<CPU><![CDATA[1]]></CPU>", 40))}</TEMPLATE>";
        await PeakAsync(1_000, body);
        long small = await PeakAsync(1_000, body);
        long large = await PeakAsync(100_000, body);
        // The pool itself, in the memory of this test, has 100,000 nodes of less than 100 bytes.
        Assert.InRange(large - small, long.MinValue, 100_000 * 100 + (4 << 20));
    }

    private static async Task<long> PeakAsync(int count, string body)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var one = new OpenNebulaClient(new PoolRpc(Enumerable.Range(0, count)) { Body = body });
        long peak = 0;
        int read = 0;
        await foreach (VirtualMachine machine in one.VirtualMachines.ListAsync(cancellationToken: Token))
        {
            Assert.Equal(count - 1 - read, machine.Id);
            if (read++ % (count / 10) == count / 20) peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(count, read);
        return peak;
    }
}

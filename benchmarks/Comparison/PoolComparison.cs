namespace OneEdge.Comparison;

/// <summary>Lists of virtual machines, as a table and for programs, from a server on loopback that answers at once.</summary>
internal sealed class PoolComparison(string host, string machine, int runs)
{
    public async Task RunAsync(string? original)
    {
        ComparisonTable.Head();
        foreach (int count in new[] { 10, 1_000, 10_000 })
        {
            await using PoolServer server = await PoolServer.StartAsync(machine, count);
            var environment = new Dictionary<string, string> { ["ONE_XMLRPC"] = server.Address, ["ONE_AUTH"] = server.CredentialsFile };
            ComparisonTable.Row(
                $"list of {count} machines, table",
                original is null ? null : memory => Measurement.Of(original, ["list"], environment, memory),
                memory => Measurement.Of(host, ["one", "vm", "list"], environment, memory),
                runs,
                runs);
            ComparisonTable.Row(
                $"list of {count} machines, JSON",
                original is null ? null : memory => Measurement.Of(original, ["list", "--json"], environment, memory),
                memory => Measurement.Of(host, ["one", "vm", "list", "--output", "json"], environment, memory),
                runs,
                runs);
        }
    }
}

using OneEdge.Host.Flow;
using OneEdge.Testing;

namespace OneEdge.Host.Tests.Flow;

/// <summary><c>oneedge flow serve</c>: how it begins and ends.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task Server_listens_on_this_machine_only_and_ends_cleanly_when_it_is_told_to()
    {
        await using var server = new FlowServer();
        await server.StartAsync("--embedded");
        Assert.StartsWith("http://127.0.0.1:", server.Address, StringComparison.Ordinal);
        Assert.Contains($"ONEFLOW_URL={server.Address}", server.Error, StringComparison.Ordinal);
        (await server.RunAsync("flow", "template", "list")).Exits(0);
        Assert.Equal(0, await server.StopAsync());
        HostRun gone = (await server.RunAsync("flow", "list")).Exits(255);
        Assert.Contains("OEF0461", gone.Error, StringComparison.Ordinal);
        Assert.Contains("oneedge flow serve --embedded", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_is_watched_ends_all_the_same()
    {
        await using var server = new FlowServer();
        await server.StartAsync("--embedded", "--speed", "100");
        string id = await server.MakeAsync("watched");
        using var stop = new CancellationTokenSource();
        using var output = new Recovery.WatchedOutput();
        Task seen = output.Seen("service\tRUNNING");
        var io = new HostIo(TextReader.Null, output, TextWriter.Null) { Variable = name => server.Variables.FirstOrDefault(v => v.Name == name).Value };
        Task<int> watch = HostProgram.RunAsync(["flow", "events", id], io, stop.Token);
        await seen.WaitAsync(HangLimit.Time, TestContext.Current.CancellationToken);
        Assert.Equal(0, await server.StopAsync());
        await stop.CancelAsync();
        Assert.Equal(130, await watch);
    }

    [Fact]
    public async Task Server_whose_cloud_does_not_answer_says_so_to_its_clients_and_ends_cleanly()
    {
        using var directory = new TemporaryDirectory();
        string auth = Path.Combine(directory.Path, "auth");
        await File.WriteAllTextAsync(auth, "oneadmin:very-secret", TestContext.Current.CancellationToken);
        await using var server = new FlowServer();

        // Nobody listens on port 1 of the loopback.
        await server.StartAsync("--endpoint", "http://127.0.0.1:1/RPC2", "--auth", auth);
        HostRun run = (await server.RunAsync("flow", "show", "5")).Exits(255);
        Assert.Contains("OEF0467", run.Error, StringComparison.Ordinal);
        Assert.Contains("OpenNebula does not answer", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, await server.StopAsync());
        Assert.DoesNotContain("very-secret", server.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_that_is_taken_is_an_error()
    {
        await using var server = new FlowServer();
        await server.StartAsync("--embedded");
        HostRun second = (await HostRun.OfAsync("flow", "serve", "--embedded", "--listen", server.Address["http://".Length..])).Exits(255);
        Assert.Contains("OEH0002", second.Error, StringComparison.Ordinal);
        Assert.Empty(second.Out);
    }

    [Theory]
    [InlineData("2474", "127.0.0.1:2474")]
    [InlineData(":0", "127.0.0.1:0")]
    [InlineData("10.0.0.1", "10.0.0.1:2474")]
    [InlineData("10.0.0.1:80", "10.0.0.1:80")]
    [InlineData("localhost:80", "127.0.0.1:80")]
    [InlineData("*:80", "0.0.0.0:80")]
    [InlineData("[::1]:80", "[::1]:80")]
    [InlineData("::1", "[::1]:2474")]
    [InlineData("nowhere", null)]
    [InlineData("1:2:3", null)]
    [InlineData("70000", null)]
    [InlineData("", null)]
    public void Address_to_listen_on_is_an_address_a_port_or_both(string text, string? expected)
    {
        bool isOne = ListenAddress.TryParse(text, out ListenAddress address);
        Assert.Equal(expected, isOne ? new System.Net.IPEndPoint(address.Address, address.Port).ToString() : null);
    }
}

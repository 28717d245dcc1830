using System.Net;
using System.Net.Sockets;
using OneEdge.Host.Flow;
using OneEdge.OpenNebula;
using OneEdge.OpenNebula.ZeroMq;

namespace OneEdge.Host.Tests.Flow;

/// <summary>How a server hears of events.</summary>
public sealed class CloudEventsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tcp://front-end:2101", "tcp://front-end:2101")]
    [InlineData("front-end:7000", "tcp://front-end:7000")]
    [InlineData("none", null)]
    public async Task Named_port_is_taken_as_it_is(string named, string? address)
    {
        CloudEvents found = await CloudEvents.FindAsync(named, Variables("tcp://other:1"), CloudEvents.Port, Token);
        Assert.Equal((address, null), (found.Address, found.Note));
    }

    [Fact]
    public async Task Variable_names_the_port_when_no_option_does()
    {
        CloudEvents found = await CloudEvents.FindAsync(null, Variables("tcp://other:1"), CloudEvents.Port, Token);
        Assert.Equal("tcp://other:1", found.Address);
    }

    [Fact]
    public async Task Host_of_the_cloud_is_heard_where_something_listens_and_asked_where_nothing_does()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        CloudEvents heard = await CloudEvents.FindAsync(null, Variables(null), port, Token);
        Assert.Equal(($"tcp://127.0.0.1:{port}", null), (heard.Address, heard.Note));
        listener.Stop();
        CloudEvents asked = await CloudEvents.FindAsync(null, Variables(null), port, Token);
        Assert.Null(asked.Address);
        Assert.Contains("--events", asked.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Source_is_that_of_the_port_or_one_that_asks()
    {
        using var cloud = new EmbeddedCloud();
        Assert.IsType<PollingEventSource>(new CloudEvents(Address: null).Open(cloud.Rpc));
        using var heard = Assert.IsType<ZeroMqEventSource>(new CloudEvents("tcp://127.0.0.1:1").Open(cloud.Rpc));
    }

    private static Func<string, string?> Variables(string? events) => name => name switch
    {
        CloudEvents.Variable => events,
        OpenNebulaEndpoint.Variable => "http://127.0.0.1:2633/RPC2",
        _ => null,
    };
}

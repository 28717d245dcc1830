using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Engine;

public sealed class HostingTests
{
    [Fact]
    public async Task Engine_comes_out_of_the_services_with_their_clock_and_settings()
    {
        var time = new FakeTimeProvider();
        using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions { TimeProvider = time });
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<IOpenNebulaClient>(new OpenNebulaClient(cloud.Rpc))
            .AddSingleton(cloud.Events)
            .AddOneEdgeFlow(o => o.ReadingDelay = TimeSpan.Zero)
            .BuildServiceProvider();
        FlowEngine engine = services.GetRequiredService<FlowEngine>();
        Assert.False(engine.IsActive);
        await engine.StartAsync(EngineWorld.Ct).WaitAsync(HangLimit.Time, EngineWorld.Ct);
        Assert.True(engine.IsActive);
        RpcValue template = await cloud.Rpc.CallAsync(new OpenNebulaCall("one.template.allocate", "NAME = vm\nCPU = 1\nMEMORY = 1"), EngineWorld.Ct);
        ServiceTemplate web = EngineWorld.Template("", EngineWorld.Role("web", 1));
        int service = await engine.InstantiateAsync(web, cancellationToken: EngineWorld.Ct).WaitAsync(HangLimit.Time, EngineWorld.Ct);
        await engine.WaitForAsync(service, ServiceState.Running, EngineWorld.Ct).WaitAsync(HangLimit.Time, EngineWorld.Ct);
        Assert.Equal(0, template.AsInt32());
    }

    [Fact]
    public void Option_out_of_its_range_is_named()
    {
        using var cloud = new EmbeddedCloud();
        var store = new OpenNebulaDocumentStore(cloud.Rpc, "test");
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            new FlowEngine(new OpenNebulaClient(cloud.Rpc), cloud.Events, store, new FlowEngineOptions { MaxConcurrentCalls = 0 }));
        Assert.Contains(nameof(FlowEngineOptions.MaxConcurrentCalls), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_of_owners_are_renewed_before_they_are_over()
    {
        var time = new FakeTimeProvider();
        using var cloud = new EmbeddedCloud();
        int made = 0;
        var clients = new OwnerClients(
            new OpenNebulaServerCredentials("serveradmin", "secret"),
            credentials =>
            {
                made++;
                return new OpenNebulaClient(cloud.Connect(credentials));
            },
            time);
        var owner = new ServiceOwner(2, 1, "alice", "users");
        IOpenNebulaClient first = clients.For(owner);
        time.Advance(TimeSpan.FromSeconds(1499));
        Assert.Same(first, clients.For(owner));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotSame(first, clients.For(owner));
        Assert.Equal(2, made);
    }
}

using System.Collections.Concurrent;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore.Tests;

/// <summary>With which credentials the engine acts as the owners of services.</summary>
public sealed class OwnerTests
{
    private const string Instantiation = "one.template.instantiate";

    [Fact]
    public async Task Machines_of_a_service_are_made_with_the_password_its_owner_came_with()
    {
        await using OwnerWorld world = await OwnerWorld.CreateAsync();
        int id = await world.Server.RunAsync(cardinality: 2);
        Assert.Empty(world.Delegated);
        Assert.All(await world.MachinesAsync(id), vm => Assert.Equal("alice", vm.OwnerName));
    }

    [Fact]
    public async Task Login_token_is_used_for_requests_alone()
    {
        await using OwnerWorld world = await OwnerWorld.CreateAsync();
        string token = await world.Server.ClientOf(FlowServerWorld.Alice).Users.CreateTokenAsync("alice", validity: TimeSpan.FromMinutes(10),
            cancellationToken: FlowServerWorld.Ct);
        int id = await world.Server.RunAsync($"alice:{token}");
        Assert.Contains(Instantiation, world.Delegated);
        Assert.All(await world.MachinesAsync(id), vm => Assert.Equal("alice", vm.OwnerName));
    }

    [Fact]
    public async Task Owner_whose_password_was_changed_is_acted_for_by_delegation()
    {
        await using OwnerWorld world = await OwnerWorld.CreateAsync();
        int id = await world.Server.RunAsync();
        await world.Server.Client.Users.ChangePasswordAsync(world.Server.Users["alice"], "another-one", FlowServerWorld.Ct);
        int callers = world.Server.Server.Callers.Count;
        await world.ScaleAsync(id, 3, FlowServerWorld.Oneadmin);
        Assert.Equal(2, world.Delegated.Count(m => m == Instantiation));
        Assert.Equal(callers, world.Server.Server.Callers.Count);
        Assert.All(await world.MachinesAsync(id), vm => Assert.Equal("alice", vm.OwnerName));
        Assert.Equal(401, (await world.Server.SendAsync("GET", "/service", FlowServerWorld.Alice)).Status);
    }

    [Fact]
    public async Task Owner_who_is_not_remembered_any_more_is_acted_for_by_delegation()
    {
        await using OwnerWorld world = await OwnerWorld.CreateAsync();
        int id = await world.Server.RunAsync();
        world.Server.Time.Advance(TimeSpan.FromSeconds(61));
        await world.ScaleAsync(id, 2, FlowServerWorld.Oneadmin);
        Assert.Equal([Instantiation], world.Delegated);
    }

    [Fact]
    public async Task Nobody_acts_as_the_engines_own_user()
    {
        await using OwnerWorld world = await OwnerWorld.CreateAsync();
        int id = await world.Server.RunAsync(FlowServerWorld.Oneadmin);
        world.Server.Time.Advance(TimeSpan.FromSeconds(61));
        await world.ScaleAsync(id, 2, FlowServerWorld.Oneadmin);
        Assert.Empty(world.Asked);
        Assert.All(await world.MachinesAsync(id), vm => Assert.Equal("oneadmin", vm.OwnerName));
    }

    private sealed class OwnerWorld : IAsyncDisposable
    {
        public required FlowServerWorld Server { get; init; }

        /// <summary>The methods that were called by delegation.</summary>
        public required ConcurrentQueue<string> Delegated { get; init; }

        /// <summary>The owners whose delegations the engine asked for.</summary>
        public required ConcurrentQueue<string> Asked { get; init; }

        public static async Task<OwnerWorld> CreateAsync()
        {
            ConcurrentQueue<string> methods = new();
            ConcurrentQueue<string> owners = new();
            FlowServerWorld server = await FlowServerWorld.CreateAsync(engine: options =>
            {
                Func<ServiceOwner, IOpenNebulaClient> actAs = options.ActAs!;
                options.ActAs = owner =>
                {
                    owners.Enqueue(owner.UserName);
                    return new OpenNebulaClient(new NotingRpc(actAs(owner).Rpc, methods));
                };
            });
            return new OwnerWorld { Server = server, Delegated = methods, Asked = owners };
        }

        public async Task ScaleAsync(int id, int cardinality, string session)
        {
            Reply reply = await Server.SendAsync("POST", $"/service/{id}/scale", session, $$"""{"role_name":"web","cardinality":{{cardinality}}}""");
            Assert.True(reply.Status == 204, $"{reply.Status} {reply.Text}");
            await Server.ReachAsync(id, ServiceState.Cooldown);
        }

        public async Task<VirtualMachine[]> MachinesAsync(int id)
        {
            Service service = Server.Engine.Find(id)!;
            VirtualMachine[] machines = await Task.WhenAll(service.Roles.SelectMany(r => r.Nodes).Select(
                n => Server.Client.VirtualMachines.GetAsync(n.VmId, cancellationToken: FlowServerWorld.Ct)));
            Assert.NotEmpty(machines);
            return machines;
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }

    private sealed class NotingRpc(IOpenNebulaRpc inner, ConcurrentQueue<string> methods) : IOpenNebulaRpc
    {
        public Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default)
        {
            methods.Enqueue(call.Method);
            return inner.CallAsync(call, cancellationToken);
        }

        public Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(
            IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default)
        {
            foreach (OpenNebulaCall call in calls) methods.Enqueue(call.Method);
            return inner.ReadManyAsync(calls, cancellationToken);
        }
    }
}

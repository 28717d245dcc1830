using Microsoft.Extensions.DependencyInjection;
using OneEdge.OpenNebula;
using OneEdge.Testing;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code about the typed client in the documents of OneEdge.OpenNebula.</summary>
public sealed class OpenNebulaClientSnippets
{
    [Fact]
    public async Task Client_is_made_of_the_environment_and_sends_nothing_yet()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        using var directory = new TemporaryDirectory();
        var variables = new Dictionary<string, string> { ["ONE_AUTH"] = directory.Write("one_auth", "oneadmin:opennebula\n") };
        Func<string, string?> environment = variables.GetValueOrDefault;

        // <snippet client-connect>
        // A program passes Environment.GetEnvironmentVariable; the library reads no environment by itself.
        using OpenNebulaConnection connection = await OpenNebulaConnection.FromVariablesAsync(environment, cancellationToken: ct);
        var one = new OpenNebulaClient(connection);                                   // an IOpenNebulaClient
        // </snippet>
        Assert.Same(connection, one.Rpc);
    }

    [Fact]
    public async Task Client_starts_waits_and_lists()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        var one = new OpenNebulaClient(new OneMachine());
        const int templateId = 3;

        // <snippet client-use>
        int id = await one.Templates.InstantiateAsync(templateId, new() { Name = "web-1" }, ct);
        VirtualMachine machine = await one.VirtualMachines.WaitForStateAsync(id, LcmState.Running, cancellationToken: ct);
        Console.WriteLine($"{machine.Name} runs on {machine.Placement?.HostName} with {machine.MemoryMb} MiB");

        await foreach (VirtualMachine running in one.VirtualMachines.ListAsync(VmQuery.Running, ct))
            Console.WriteLine($"{running.Id} {running.Name} {running.OwnerName}");
        // </snippet>
        Assert.Equal((7, "web-1", "edge-1", 64), (id, machine.Name, machine.Placement!.HostName, machine.MemoryMb));
    }

    [Fact]
    public void Client_is_registered()
    {
        IServiceCollection services = new ServiceCollection();
        OpenNebulaCredentials credentials = OpenNebulaCredentials.ForUser("oneadmin", "opennebula");

        // <snippet client-services>
        services.AddOneEdgeOpenNebula(options =>
        {
            options.Credentials = credentials;
            options.Connection.Endpoint = OpenNebulaEndpoint.Parse("https://cloud.example.com:2633/RPC2");
        });
        // </snippet>
        Assert.Contains(services, s => s.ServiceType == typeof(IOpenNebulaClient));
    }

    [Fact]
    public void Several_front_ends_are_one()
    {
        OpenNebulaCredentials credentials = OpenNebulaCredentials.ForUser("oneadmin", "opennebula");

        // <snippet client-failover>
        using OpenNebulaFailover frontEnds = OpenNebulaFailover.Connect(
            credentials,
            [OpenNebulaEndpoint.Parse("http://one-a:2633/RPC2"), OpenNebulaEndpoint.Parse("http://one-b:2633/RPC2")]);
        IOpenNebulaClient one = new OpenNebulaClient(frontEnds);
        // </snippet>
        Assert.Equal(-1, frontEnds.Current);
        Assert.Same(frontEnds, one.Rpc);
    }

    // A cloud with a machine that runs.
    private sealed class OneMachine : IOpenNebulaRpc
    {
        private const string Machine = "<VM><ID>7</ID><UNAME>oneadmin</UNAME><NAME>web-1</NAME><STATE>3</STATE><LCM_STATE>3</LCM_STATE><TEMPLATE>"
            + "<MEMORY>64</MEMORY></TEMPLATE>"
            + "<HISTORY_RECORDS><HISTORY><OID>7</OID><HOSTNAME>edge-1</HOSTNAME></HISTORY></HISTORY_RECORDS></VM>";

        public Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default) => Task.FromResult<RpcValue>(call.Method switch
        {
            "one.template.instantiate" => 7,
            "one.vm.info" => Machine,
            _ => $"<VM_POOL>{Machine}</VM_POOL>",
        });

        public Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}

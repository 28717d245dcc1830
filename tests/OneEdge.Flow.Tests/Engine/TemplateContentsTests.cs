using OneEdge.OpenNebula;
using static OneEdge.Flow.Tests.Engine.EngineWorld;

namespace OneEdge.Flow.Tests.Engine;

public sealed class TemplateContentsTests
{
    [Fact]
    public async Task What_users_enter_in_a_template_of_7_x_is_an_attribute_and_in_the_context_of_the_machine()
    {
        await using EngineWorld world = await CreateAsync();
        int image = await world.Alice.Templates.CreateAsync(
            "NAME = image\nCPU = 0.01\nMEMORY = 1\nCONTEXT = [ NETWORK = \"YES\", LEVEL = \"0\" ]", Ct);
        var template = ServiceTemplate.Parse($$$"""
            {"name":"s","user_inputs":{"LEVEL":"M|text|level"},"roles":[
              {"name":"web","type":"vm","template_id":{{{image}}},"cardinality":1,"user_inputs":{"GREETING":"M|text|greeting"}}]}
            """);
        string values = """
            {"custom_attrs_values":{"LEVEL":"5"},"roles":[{"name":"web","custom_attrs_values":{"GREETING":"say \"hello\""}}]}
            """;
        int id = await world.Engine.InstantiateAsync(template, values, world.Owner, Ct).WaitAsync(HangLimit.Time, Ct);
        await world.ReachAsync(id, ServiceState.Running);
        VirtualMachine machine = Assert.Single(await world.MachinesAsync());
        Assert.Equal(("5", "say \"hello\""), (machine.UserTemplate.Get("LEVEL"), machine.UserTemplate.Get("GREETING")));
        TemplateAttribute context = machine.Template.Vector("CONTEXT")!;
        Assert.Equal(("YES", "5", "say \"hello\""), (context.Get("NETWORK"), context.Get("LEVEL"), context.Get("GREETING")));
    }

    [Fact]
    public async Task Appended_NICs_of_the_template_are_there_once()
    {
        await using EngineWorld world = await CreateAsync();
        int network = await world.Client.VirtualNetworks.CreateAsync(
            "NAME = net\nVN_MAD = dummy\nBRIDGE = b\nAR = [ TYPE = IP4, IP = 10.0.0.1, SIZE = 100 ]", cancellationToken: Ct);
        int image = await world.Client.Templates.CreateAsync($"NAME = image\nCPU = 0.01\nMEMORY = 1\nNIC = [ NETWORK_ID = {network} ]", Ct);
        string contents = $"APPEND=\\\"NIC\\\"\\nNIC = [ NETWORK_ID = {network}, IP = 10.0.0.9 ]";
        string role = $$"""{"name":"web","cardinality":1,"vm_template":{{image}},"vm_template_contents":"{{contents}}"}""";
        int id = await world.Engine.InstantiateAsync(Template("", role), cancellationToken: Ct).WaitAsync(HangLimit.Time, Ct);
        await world.ReachAsync(id, ServiceState.Running);
        VirtualMachine machine = Assert.Single(await world.MachinesAsync());
        Assert.Equal(["10.0.0.1", "10.0.0.9"], machine.Nics.Select(nic => nic.Ip?.ToString()));
    }
}

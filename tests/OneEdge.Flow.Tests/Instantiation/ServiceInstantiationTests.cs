using System.Text;
using System.Text.Json;
using OneEdge.Flow.Documents;
using OneEdge.Flow.Instantiation;
using OneEdge.Flow.Tests.Documents;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Instantiation;

/// <summary>What the rules of <see cref="InstantiationDeviations"/> say, and what no recording shows.</summary>
public sealed class ServiceInstantiationTests
{
    // whole-names-are-replaced
    [Fact]
    public void A_name_that_begins_like_another_one_is_another_name()
    {
        Service service = Networks(Create("""{"vm_template_contents":"X=\"$A $AB $ABC\" N=\"$Pub $Public\""}""", """
            {"custom_attrs_values":{"A":"1","AB":"2"},"networks_values":[{"Pub":{"id":"1"}},{"Public":{"id":"2"}}]}
            """));

        Assert.Equal("X=\"1 2 $ABC\" N=\"1 2\"", service.Roles[0].Definition.VmTemplateContents);
    }

    // values-are-taken-as-they-are
    [Fact]
    public void A_value_is_taken_as_it_is() => Assert.Equal(
        "X=\"a\\1b\\\\c $B\" Y=\"$A\"",
        Create("""{"vm_template_contents":"X=\"$A\" Y=\"$B\""}""", """{"custom_attrs_values":{"A":"a\\1b\\\\c $B","B":"$A"}}""")
            .Roles[0].Definition.VmTemplateContents);

    // values-are-escaped
    [Fact]
    public void A_value_cannot_bring_attributes_of_its_own()
    {
        Service service = Create(
            """{"vm_template_contents":"X=\"$A\"","user_inputs_values":{"P":"1\"\nMEMORY=\"1"}}""", """{"custom_attrs_values":{"A":"1\"\nCPU=\"9"}}""");

        StoredTemplate text = StoredTemplate.Parse(ServiceInstantiation.Compose(service, "web", 0).ExtraTemplate);
        Assert.Equal(["P", "ROLE_NAME", "SERVICE_ID", "X"], text.Select(a => a.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("1\"\nCPU=\"9", "1\"\nMEMORY=\"1"), (text.Get("X"), text.Get("P")));
    }

    // numbers-are-values
    [Theory]
    [InlineData("5", "X=\"5\"")]
    [InlineData("1.50", "X=\"1.50\"")]
    [InlineData("true", "X=\"true\"")]
    [InlineData("null", "X=\"$A\"")]
    public void Numbers_and_booleans_are_values(string value, string expected) => Assert.Equal(
        expected, Create("""{"vm_template_contents":"X=\"$A\""}""", $$$"""{"custom_attrs_values":{"A":{{{value}}}}}""").Roles[0].Definition.VmTemplateContents);

    [Theory]
    [InlineData("""{"custom_attrs_values":{"A":[1]}}""", FlowErrorCodes.AttributesInvalid)]
    [InlineData("""{"roles":[{"user_inputs_values":{"A B":"1"}}]}""", FlowErrorCodes.AttributesInvalid)]
    [InlineData("""{"networks_values":[{"N":{"id":"x"}}]}""", FlowErrorCodes.NetworksInvalid)]
    [InlineData("""{"networks_values":[{"N":{"template_id":"x"}}]}""", FlowErrorCodes.NetworksInvalid)]
    [InlineData("""{"networks_values":[{"N":{"reserve_from":{}}}]}""", FlowErrorCodes.NetworksInvalid)]
    [InlineData("""{"networks_values":["N"]}""", FlowErrorCodes.ServiceUnreadable)]
    public void Values_that_cannot_be_used_are_refused(string merge, string code) =>
        Assert.Equal(code, Assert.Throws<FlowException>(() => Create("""{"vm_template_contents":"X=\"$A\""}""", merge)).Code);

    // reservations-need-no-extra
    [Fact]
    public void A_reservation_needs_no_more_text_and_gets_its_name_once()
    {
        var network = new ServiceNetwork { Name = "Res", Kind = NetworkKind.Reservation, Source = 5 };

        Assert.Equal(new NetworkOrder(NetworkKind.Reservation, 5, "Res-7", "NAME=\"Res-7\"\n"), NetworkOrder.Compose(7, network));
        NetworkOrder order = NetworkOrder.Compose(7, network with { Extra = "SIZE=2" })!;
        Assert.Equal("SIZE=2\nNAME=\"Res-7\"\n", order.Text);
        Assert.Equal(order.Text, NetworkOrder.Compose(7, network with { Extra = order.Text })!.Text);
        Assert.Null(NetworkOrder.Compose(7, network with { Kind = NetworkKind.Existing, Source = null, NetworkId = 3 }));
    }

    // references-need-a-path
    [Theory]
    [InlineData("${db}")]
    [InlineData("${db.}")]
    [InlineData("${}")]
    [InlineData("${other.NAME}")]
    [InlineData("${db.MISSING}")]
    public void A_reference_without_a_value_is_empty(string reference)
    {
        Service service = Parents($"X=\"{reference}\"");

        Assert.Equal("X=\"\"", Line(ServiceInstantiation.Compose(service, "web", 0).Fill((_, path) => path == "NAME" ? "n" : null)));
    }

    [Fact]
    public void A_reference_takes_the_first_virtual_machine_that_has_a_value_and_cannot_bring_attributes()
    {
        Service service = Parents("X=\"${db.template.nic.ip}\"");
        List<(int, string)> asked = [];

        VmOrder order = ServiceInstantiation.Compose(service, "web", 0).Fill((id, path) =>
        {
            asked.Add((id, path));
            return id == 2 ? "10.0.0.2\"\nMEMORY=\"9" : null;
        });

        Assert.Equal([(1, "TEMPLATE/NIC/IP"), (2, "TEMPLATE/NIC/IP")], asked);
        Assert.Equal("10.0.0.2\"\nMEMORY=\"9", StoredTemplate.Parse(order.ExtraTemplate).Get("X"));
    }

    // templates-have-no-state
    [Fact]
    public void A_template_that_was_a_service_once_brings_nothing_of_it()
    {
        Service service = Create(
            """{"state":2,"nodes":[{"deploy_id":1}],"last_vmname":4,"scale_way":1,"oneedge_flow":{"leaving":true},"on_hold":true,"last":1}""",
            """{"state":3,"start_time":5,"log":[{"timestamp":1,"severity":"I","message":"m"}],"oneedge_flow":{"goal":"remove"}}""");

        Assert.Equal((ServiceState.Pending, ServiceGoal.Run, Now), (service.State, service.Goal, service.StartTime));
        Assert.Equal(
            """{"name":"s","roles":[{"name":"web","vm_template":3,"cardinality":2,"on_hold":true,"last":1,"state":0}],"state":0,"start_time":1623067200}""",
            Encoding.UTF8.GetString(ServiceDocument.Write(service)));
    }

    [Fact]
    public void A_network_that_is_there_is_not_deleted_whatever_the_template_made_it_of()
    {
        ServiceNetwork network = Assert.Single(Create("{}", """{"networks_values":[{"N":{"id":3,"template_id":"4"}}]}""").Networks);
        Assert.Equal((NetworkKind.Existing, false, 3), (network.Kind, network.IsOwned, network.NetworkId));

        Service service = Create("{}", """{"networks_values":[{"N":{"id":3,"template_id":"4"}}]}""");
        Assert.False(TestDocuments.Read(Encoding.UTF8.GetString(ServiceDocument.Write(service))).Networks[0].IsOwned);
    }

    [Fact]
    public void A_network_that_is_not_made_yet_keeps_its_name()
    {
        Service service = Create("""{"vm_template_contents":"NIC=[NETWORK_ID=\"$N\"]"}""", """{"networks_values":[{"N":{"template_id":"4"}}]}""");

        Assert.Same(service, ServiceInstantiation.PutNetworks(service));
        Assert.Equal("NIC=[NETWORK_ID=\"9\"]", Networks(service, 9).Roles[0].Definition.VmTemplateContents);
        Service connected = service with { Networks = [service.Networks[0] with { NetworkId = 9 }] };
        Assert.Equal("NIC=[NETWORK_ID=\"9\"]", Line(ServiceInstantiation.Compose(connected, "web", 0)));
    }

    [Fact]
    public void The_name_of_a_virtual_machine_follows_its_template()
    {
        Service service = Create("{}", "{}") with { Name = "my $VM_NUMBER" };
        var options = new InstantiationOptions { VmNameTemplate = "$SERVICE_NAME-$SERVICE_IDx-$ROLE_NAME$-$VM_NUMBER-$OTHER" };

        Assert.Equal("web_3_(service_7)", ServiceInstantiation.Compose(service, "web", 3).Name);
        Assert.Equal(
            "my $VM_NUMBER-7x-web$-3-$OTHER",
            ServiceInstantiation.Compose(service, "web", 3, options).Name);
        Assert.Throws<ArgumentException>(() => ServiceInstantiation.Compose(service, "db", 0));
    }

    [Fact]
    public void Appended_attributes_come_in_front_with_their_values_escaped()
    {
        Service service = Create("""{"vm_template_contents":" APPEND=\"A, V,MISSING\" \r\nX=1"}""", "{}");
        VmOrder order = ServiceInstantiation.Compose(service, "web", 0);

        Assert.Equal(["A", "V", "MISSING"], order.Appended);
        StoredTemplate template = StoredTemplate.Create(
        [
            TemplateAttribute.Create("A", "say \"hi\""), TemplateAttribute.CreateVector("V", ("K", "1"), ("L", "2")), TemplateAttribute.Create("OTHER", "1"),
        ]);
        Assert.StartsWith("A=\"say \\\"hi\\\"\"\nV=[\n  K=\"1\",\n  L=\"2\" ]\n APPEND=", order.WithAppended(template).ExtraTemplate, StringComparison.Ordinal);
        Assert.Empty(order.WithAppended(template).Appended);
    }

    [Theory]
    [InlineData("APPEND=\\\"CONTEXT\\\"\\nCONTEXT=[B=2]", "1 2")]
    [InlineData("APPEND=\\\"CONTEXT\\\"\\nCONTEXT=[a=7,B=\\\"2\\\"]", "7 2")]
    [InlineData("APPEND=\\\"CONTEXT\\\"", "1 -")]
    [InlineData("APPEND=\\\"CONTEXT\\\"\\nCONTEXT=[B=\\\"${db.x}\\\"]", "1 ${db.x}")]
    public void Appended_context_becomes_one_with_that_of_the_role(string contents, string expected)
    {
        Service service = Create($$"""{"vm_template_contents":"{{contents}}"}""", "{}");
        VmOrder order = ServiceInstantiation.Compose(service, "web", 0).WithAppended(StoredTemplate.Parse("CONTEXT = [ A = \"1\" ]"));

        TemplateAttribute context = Assert.Single(OpenNebulaTemplate.Parse(order.ExtraTemplate).Vectors("CONTEXT"));
        Assert.Equal(expected, $"{context.Get("A") ?? context.Get("a")} {context.Get("B") ?? "-"}");
    }

    [Fact]
    public void Names_of_version_7_have_values_too()
    {
        Service service = Create(
            """{"vm_template":null,"template_id":9,"template_contents":{"X":"$A","NIC":[{"NETWORK_ID":"$N"}]},"user_inputs_values":{"A":"role"}}""",
            """{"user_inputs_values":{"A":"service"},"networks_values":[{"N":{"id":"5"}}]}""");

        VmOrder order = ServiceInstantiation.Compose(service, "web", 0);
        Assert.Equal((9, "X=\"role\"\nNIC=[NETWORK_ID=\"5\"]\nA=\"role\"\nSERVICE_ID = 7\nROLE_NAME = \"web\""), (order.TemplateId, order.ExtraTemplate));
    }

    private static DateTimeOffset Now => InstantiateCase.Now;

    private static string Line(VmOrder order) => order.ExtraTemplate.Split('\n')[0];

    private static Service Networks(Service service, int id = 0) => ServiceInstantiation.PutNetworks(
        service with { Networks = [.. service.Networks.Select(n => n with { NetworkId = n.NetworkId ?? id })] });

    private static Service Parents(string contents)
    {
        Service service = TestDocuments.Read($$"""
            {"name":"s","roles":[{"name":"db","vm_template":1,"state":2,"nodes":[{"deploy_id":1},{"deploy_id":2}]},
             {"name":"other","vm_template":1,"state":2,"nodes":[{"deploy_id":3}]},{"name":"web","vm_template":1,"parents":["db"],"state":0}],"state":1}
            """);
        Role web = service.Roles[2];
        return service with { Roles = service.Roles.SetItem(2, web with { Definition = web.Definition with { VmTemplateContents = contents } }) };
    }

    private static Service Create(string role, string merge)
    {
        string template = $$"""{"name":"s","roles":[{"name":"web","vm_template":3,"cardinality":2{{(role.Length > 2 ? "," : "")}}{{role[1..]}}]}""";
        return ServiceInstantiation.Create(JsonElement.Parse(template), JsonElement.Parse(merge), TestDocuments.Alice, 7, Now);
    }
}

using System.Text.Json;

namespace OneEdge.Flow.Tests;

public sealed class TemplateFormTests
{
    private const string NewForm = """
        {"name":"s","user_inputs":{"LEVEL":"M|text|level"},"user_inputs_values":{"LEVEL":"1"},"roles":[
          {"name":"db","type":"vm","template_id":"3","template_contents":{"NIC":[{"NETWORK_ID":"$Pub"},{"NETWORK_ID":"2"}],"MEMORY":512,"NOTE":"a \"b\""},
          "user_inputs":{"SIZE":"O|text|size"}},
          {"name":"web","type":"vm","template_id":4,"parents":["db"],"cardinality":2}]}
        """;

    [Fact]
    public void A_template_of_7_x_becomes_one_of_6_10()
    {
        ServiceTemplate template = ServiceTemplate.Parse(NewForm);

        Assert.Equal(OneFlowRules.Version610, template.Rules);
        JsonElement root = template.Members.Value;
        Assert.Equal("""{"LEVEL":"M|text|level"}""", root.GetProperty("custom_attrs").GetRawText());
        Assert.Equal("""{"LEVEL":"1"}""", root.GetProperty("custom_attrs_values").GetRawText());
        JsonElement database = root.GetProperty("roles")[0];
        Assert.Equal(3, database.GetProperty("vm_template").GetInt32());
        Assert.False(database.TryGetProperty("type", out _));
        Assert.Equal("""{"SIZE":"O|text|size"}""", database.GetProperty("custom_attrs").GetRawText());
        var contents = OneEdge.OpenNebula.OpenNebulaTemplate.Parse(database.GetProperty("vm_template_contents").GetString()!);
        Assert.Equal(["$Pub", "2"], contents.Vectors("NIC").Select(n => n.Get("NETWORK_ID")));
        Assert.Equal(("512", "a \"b\"", "$LEVEL", "$SIZE"), (contents.Get("MEMORY"), contents.Get("NOTE"), contents.Get("LEVEL"), contents.Get("SIZE")));
        Assert.Equal(("$LEVEL", "$SIZE"), (contents.Vector("CONTEXT")!.Get("LEVEL"), contents.Vector("CONTEXT")!.Get("SIZE")));
        Assert.Equal(
            "APPEND=\"CONTEXT\"\nCONTEXT = [\n  LEVEL = \"$LEVEL\" ]\nLEVEL = \"$LEVEL\"\n",
            root.GetProperty("roles")[1].GetProperty("vm_template_contents").GetString());
        Assert.Equal(template.ToJson(), ServiceTemplate.Parse(template.ToJson()).ToJson());
        Assert.True(template.IsInstantiable);
    }

    [Fact]
    public void What_a_user_enters_takes_the_place_of_what_the_contents_say()
    {
        ServiceTemplate template = ServiceTemplate.Parse("""
            {"name":"s","user_inputs":{"MEMORY":"M|number|memory"},"roles":[
              {"name":"db","type":"vm","template_id":3,"template_contents":{"MEMORY":"1","CONTEXT":{"NETWORK":"YES","memory":"2"}}}]}
            """);

        var contents = OneEdge.OpenNebula.OpenNebulaTemplate.Parse(
            template.Members.Value.GetProperty("roles")[0].GetProperty("vm_template_contents").GetString()!);
        Assert.Equal(["$MEMORY"], contents.GetAll("MEMORY").Select(a => a.Value));
        Assert.Equal(["YES", "$MEMORY"], contents.Vector("CONTEXT")!.Items.Select(i => i.Value));
    }

    [Fact]
    public void Without_the_option_it_lacks_what_6_10_wants() =>
        Assert.Equal("KEY: 'vm_template' is required;",
            ServiceTemplate.Validate(NewForm, new ServiceTemplateOptions { ReadsNewForm = false })[0].OriginalMessage);

    [Fact]
    public void With_the_rules_of_7_4_it_stays_as_it_is_until_it_is_converted()
    {
        ServiceTemplate template = ServiceTemplate.Parse(NewForm, new ServiceTemplateOptions { Rules = OneFlowRules.Version74 });

        Assert.Equal(OneFlowRules.Version74, template.Rules);
        Assert.Equal("vm", template.Members.Value.GetProperty("roles")[0].GetProperty("type").GetString());
        Assert.True(JsonElement.DeepEquals(ServiceTemplate.Parse(NewForm).Members.Value, template.ToVersion610().Members.Value));
    }

    [Fact]
    public void Virtual_routers_are_kept_and_cannot_be_made()
    {
        ServiceTemplate template = ServiceTemplate.Parse(
            """{"name":"s","roles":[{"name":"gw","type":"vr","template_id":1,"cardinality":1},{"name":"web","type":"vm","template_id":4}]}""");

        Assert.Equal("vr", template.Members.Value.GetProperty("roles")[0].GetProperty("type").GetString());
        Assert.False(template.IsInstantiable);
        ServiceTemplateError problem = Assert.Single(template.FindInstantiationProblems());
        Assert.Equal(("$.roles[0].type", FlowErrorCodes.VirtualRouterRole), (problem.Path, problem.Code));
        Assert.Contains(InstantiationChecks.Run(template, "").Errors, e => e.Code == FlowErrorCodes.VirtualRouterRole);
    }

    [Fact]
    public void What_6_10_cannot_say_is_refused()
    {
        ServiceTemplateError error = Assert.Single(ServiceTemplate.Validate(
            """{"name":"s","roles":[{"name":"a","type":"vm","template_id":4,"template_contents":{"A":{"B":{"C":"1"}}}}]}"""));

        Assert.Equal(("$.roles[0].template_contents", FlowErrorCodes.TemplateNotConvertible), (error.Path, error.Code));
    }

    [Fact]
    public void Errors_in_a_template_of_7_x_are_those_of_7_4()
    {
        IReadOnlyList<ServiceTemplateError> errors = ServiceTemplate.Validate(
            """{"name":"s","roles":[{"name":"a","template_id":4},{"name":"b","type":"lb","template_id":4}]}""");

        Assert.Equal(
            ["""Mandatory document key 'type (string)' is missing from {"name":"a","template_id":4}""", "Unsupported role type \"lb\""],
            errors.Select(e => e.OriginalMessage));
    }

    [Fact]
    public void A_role_of_7_x_becomes_one_of_6_10() =>
        Assert.Equal(
            """{"name":"a","cardinality":0,"vm_template":4}""",
            RoleTemplate.Parse("""{"name":"a","type":"vm","template_id":4}""").ToJson());

    [Fact]
    public void A_template_of_6_0_has_one_virtual_machine_a_role()
    {
        ServiceTemplate template = ServiceTemplate.Parse(
            """{"name":"s","registration_time":5,"roles":[{"name":"a","vm_template":4}]}""", new ServiceTemplateOptions { Rules = OneFlowRules.Version60 });

        ServiceTemplate converted = template.ToVersion610();

        Assert.Equal(OneFlowRules.Version610, converted.Rules);
        Assert.Equal(1, converted.Members.Value.GetProperty("roles")[0].GetProperty("cardinality").GetInt32());
        Assert.Equal(5, converted.Members.Value.GetProperty("registration_time").GetInt32());
    }

    [Fact]
    public void What_6_0_did_not_look_at_is_looked_at_on_the_way_to_6_10()
    {
        ServiceTemplate template = ServiceTemplate.Parse(
            """{"name":"s","roles":[{"name":"a","vm_template":4,"on_hold":"no"}]}""", new ServiceTemplateOptions { Rules = OneFlowRules.Version60 });

        Assert.Equal("KEY: 'on_hold' is not allowed;", Assert.Throws<ServiceTemplateException>(template.ToVersion610).OriginalMessage);
    }

    [Theory]
    [InlineData("A = \"x\"\nB=[C=1,\nD=\"2\"]\nB=[E=3]", """{"A":"x","B":[{"C":"1","D":"2"},{"E":"3"}]}""")]
    [InlineData("A=1\nA=2\nA=3", """{"A":["1","2","3"]}""")]
    [InlineData("junk\n\n A = b ", """{"A":"b"}""")]
    [InlineData("A=[B=1, ]\nC=[]", """{"A":[{"B":"1"}],"C":[{}]}""")]
    public void The_rules_of_7_4_read_contents_line_by_line(string text, string expected)
    {
        ServiceTemplate template = ServiceTemplate.Parse(
            $$"""{"name":"s","roles":[{"name":"a","vm_template":4,"vm_template_contents":{{JsonSerializer.Serialize(text)}}}]}""",
            new ServiceTemplateOptions { Rules = OneFlowRules.Version74 });

        Assert.Equal(expected, template.Members.Value.GetProperty("roles")[0].GetProperty("template_contents").GetRawText());
    }
}

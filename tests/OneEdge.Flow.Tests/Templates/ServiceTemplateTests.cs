using System.Text;

namespace OneEdge.Flow.Tests;

public sealed class ServiceTemplateTests
{
    [Fact]
    public void Defaults_are_written_and_everything_else_stays_in_its_order()
    {
        ServiceTemplate template = ServiceTemplate.Parse("""{"zzz":[1.0,null],"roles":[{"vm_template":" 0x10 ","color":"é","name":"web"}],"name":"s"}""");

        Assert.Equal(
            """{"zzz":[1.0,null],"roles":[{"vm_template":16,"color":"é","name":"web","cardinality":0}],"name":"s","deployment":"none","description":""}""",
            template.ToJson());
        Assert.Equal("s", template.Name);
        Assert.Equal(OneFlowRules.Version610, template.Rules);
    }

    [Fact]
    public void All_errors_are_listed_and_the_first_has_the_text_of_OneFlow()
    {
        const string Json = """
            {"name":5,"deployment":"all","roles":[
              {"name":"a b","vm_template":"x"},
              {"name":"ok","vm_template":0,"cardinality":9,"max_vms":3,"scheduled_policies":[{"type":"CHANGE","adjust":1}]},
              {"name":"ok","vm_template":true}]}
            """;

        var failure = Assert.Throws<ServiceTemplateException>(() => ServiceTemplate.Parse(Json));

        Assert.Equal(FlowErrorCodes.TemplateInvalid, failure.Code);
        Assert.Equal("KEY: 'name' must be a String;", failure.OriginalMessage);
        Assert.Equal(
            [
                "$.name", "$.deployment", "$.roles[0].name", "$.roles[0].vm_template", "$.roles[2].vm_template",
                "$.roles[2].name", "$.roles[1].max_vms", "$.roles[1]", "$.roles[1].scheduled_policies[0]",
            ],
            failure.Errors.Select(e => e.Path));
        Assert.Contains("$.roles[1].max_vms: error OEF0016: Role 'ok' has 9 virtual machines, and at most 3 virtual machines are wanted.",
            failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_kills_OneFlow_is_refused()
    {
        ServiceTemplateError error = Assert.Single(ServiceTemplate.Validate("""{"name":"s","roles":[{"name":"a","vm_template":[1]}]}"""));

        Assert.True(error.FailsOriginal);
        Assert.Null(error.OriginalMessage);
        Assert.Equal("vm_template is a whole number, not [1].", error.Message);
    }

    [Theory]
    [InlineData("""["a"]""", """[]""", FlowErrorCodes.ParentCycle, "Role 'a' waits for itself.")]
    [InlineData("""["c"]""", """[]""", FlowErrorCodes.ParentUnknown, "Role 'a' waits for 'c', which is no role here.")]
    [InlineData("""["b"]""", """["a"]""", FlowErrorCodes.ParentCycle, "Roles wait for each other: 'a' -> 'b' -> 'a'.")]
    [InlineData("""["b"]""", """["c","b"]""", FlowErrorCodes.ParentUnknown, "Role 'b' waits for 'c', which is no role here.")]
    public void Roles_that_would_wait_for_ever_are_refused_only_where_they_wait(string parentsOfA, string parentsOfB, string code, string message)
    {
        string json = $$"""
            {"name":"s","deployment":"straight",
             "roles":[{"name":"a","vm_template":0,"parents":{{parentsOfA}}},{"name":"b","vm_template":0,"parents":{{parentsOfB}}}]}
            """;

        ServiceTemplateError error = ServiceTemplate.Validate(json)[0];

        Assert.Equal((code, message), (error.Code, error.Message));
        Assert.Empty(ServiceTemplate.Validate(json, new ServiceTemplateOptions { RefusesStuck = false }));
        Assert.Empty(ServiceTemplate.Validate(json.Replace("straight", "none", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_cycle_is_named_once_and_its_children_are_not()
    {
        string json = Roles("straight", ("a", "b"), ("b", "a"), ("c", "b"), ("d", "e"), ("e", "f"), ("f", "d"), ("g", "h"), ("h", ""));

        Assert.Equal(
            ["Roles wait for each other: 'a' -> 'b' -> 'a'.", "Roles wait for each other: 'd' -> 'e' -> 'f' -> 'd'."],
            ServiceTemplate.Validate(json).Select(e => e.Message));
    }

    [Fact]
    public void A_long_chain_of_parents_is_no_cycle()
    {
        string json = Roles("straight", [.. Enumerable.Range(0, 1000).Select(i => ($"r{i}", i == 0 ? "" : $"r{i - 1}"))]);

        Assert.Empty(ServiceTemplate.Validate(json));
    }

    [Theory]
    [InlineData("""{"name":"a\nb","vm_template":0}""", FlowErrorCodes.RoleNameLines)]
    [InlineData("""{"name":"a","vm_template":0,"cardinality":2147483648}""", FlowErrorCodes.NumberOutOfRange)]
    [InlineData("""{"name":"a","vm_template":-123456789012345678901234567890}""", FlowErrorCodes.NumberOutOfRange)]
    public void What_no_cloud_can_hold_is_refused(string role, string code)
    {
        string json = $$"""{"name":"s","roles":[{{role}}]}""";

        Assert.Equal(code, Assert.Single(ServiceTemplate.Validate(json)).Code);
        Assert.Equal(code, Assert.Single(Assert.Throws<ServiceTemplateException>(() => RoleTemplate.Parse(role)).Errors).Code);
        Assert.Empty(ServiceTemplate.Validate(json, new ServiceTemplateOptions { RefusesStuck = false }));
    }

    [Fact]
    public void Numbers_of_any_size_are_kept_when_asked_for()
    {
        ServiceTemplate template = ServiceTemplate.Parse(
            """{"name":"s","roles":[{"name":"a","vm_template":"1_000_000_000_000_000_000_000","cardinality":1e20}]}""",
            new ServiceTemplateOptions { RefusesStuck = false });

        Assert.Contains("\"vm_template\":1000000000000000000000,\"cardinality\":100000000000000000000", template.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_of_thousands_of_digits_is_no_number()
    {
        string digits = new('9', 5000);
        string json = $$"""{"name":"s","roles":[{"name":"a","vm_template":"{{digits}}"},{"name":"b","vm_template":{{digits}}}]}""";

        Assert.All(ServiceTemplate.Validate(json, new ServiceTemplateOptions { RefusesStuck = false }),
            e => Assert.Equal(FlowErrorCodes.NumberOutOfRange, e.Code));
    }

    [Fact]
    public void A_role_with_limits_that_nothing_meets_is_refused()
    {
        const string Json = """{"name":"a","vm_template":0,"min_vms":3,"max_vms":2}""";

        Assert.Equal("min_vms is 3 and max_vms is 2: no number meets both.",
            Assert.Throws<ServiceTemplateException>(() => RoleTemplate.Parse(Json)).Errors[0].Message);
        Assert.Equal("a", RoleTemplate.Parse(Json, new ServiceTemplateOptions { RefusesStuck = false }).Name);
    }

    [Fact]
    public void Of_a_member_that_stands_twice_the_last_one_counts()
    {
        ServiceTemplate template = ServiceTemplate.Parse("""{"name":"a","roles":[{"name":"x","name":"y","vm_template":0}],"name":"b"}""");

        Assert.StartsWith("""{"name":"b","roles":[{"name":"y",""", template.ToJson());
        Assert.Equal(["$.roles[0].name", "$.name"], template.RepeatedMembers);
    }

    [Fact]
    public void Comments_are_skipped() => Assert.Equal("s", ServiceTemplate.Parse("/* a */ {\"name\": \"s\", // b\n\"roles\": []}").Name);

    [Theory]
    [InlineData("", 1, 1, "unexpected token at ''")]
    [InlineData("{nope", 1, 2, "unexpected token at '{nope'")]
    [InlineData("xx", 1, 1, "unexpected token at 'xx'")]
    [InlineData("{\"name\": \"é\",\n \"roles\": [,]}", 2, 12, null)]
    [InlineData("{\"name\": \"s\",\n \"é\": NaN}", 2, 7, null)]
    [InlineData("{\"name\": \"s\"} x", 1, 15, null)]
    [InlineData("{\"name\": \"s\",}", 1, 14, null)]
    [InlineData("\uFEFF{}", 1, 1, null)]
    public void A_text_that_is_no_JSON_is_refused_with_its_place(string text, int line, int column, string? originalMessage)
    {
        ServiceTemplateError error = Assert.Single(ServiceTemplate.Validate(text));

        Assert.Equal(FlowErrorCodes.TemplateNotJson, error.Code);
        Assert.Equal(new OneEdge.Text.LinePosition(line, column), error.Position);
        Assert.Equal(originalMessage, error.OriginalMessage);
    }

    [Theory]
    [InlineData("{\"name\":\"\\ud83d\",\"roles\":[]}", "$.name")]
    [InlineData("{\"name\":\"s\",\"roles\":[],\"\\ude00\":1}", "$")]
    public void Half_of_a_surrogate_pair_is_refused(string text, string path)
    {
        ServiceTemplateError error = Assert.Single(ServiceTemplate.Validate(text));

        Assert.Equal((FlowErrorCodes.TemplateNotJson, path), (error.Code, error.Path));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        byte[] json = [.. "{\"roles\":[],\"name\":\""u8, 0xC3, .. "\"}"u8];

        Assert.Equal(FlowErrorCodes.TemplateNotJson, Assert.Single(ServiceTemplate.Validate(json)).Code);
    }

    [Fact]
    public void What_is_too_large_is_refused()
    {
        var limits = new ServiceTemplateLimits { MaxBytes = 400, MaxDepth = 8, MaxRoles = 2, MaxRoleItems = 2, MaxErrors = 3 };

        AssertTooLarge(new string(' ', 401), limits);
        AssertTooLarge("""{"name":"s","roles":[],"x":[[[[[[[[1]]]]]]]]}""", limits);
        AssertTooLarge("""{"name":"s","roles":[{"name":"a","vm_template":0},{"name":"b","vm_template":0},{"name":"c","vm_template":0}]}""", limits);
        AssertTooLarge("""{"name":"s","roles":[{"name":"a","vm_template":0,"parents":["b","b","b"]}]}""", limits);
        AssertTooLarge("""{"name":"s","roles":[{"name":"a","vm_template":0,"min_vms":0,"max_vms":0,"elasticity_policies":[1,2,3]}]}""", limits);
        const string AllWrong = """{"name":1,"deployment":1,"description":1,"roles":1,"on_hold":1}""";
        Assert.Equal(3, ServiceTemplate.Validate(AllWrong, new ServiceTemplateOptions { Limits = limits }).Count);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        string json = "{\"name\":\"s\",\"roles\":" + new string('[', 100_000);

        ServiceTemplateError error = Assert.Single(ServiceTemplate.Validate(json));

        Assert.Equal((FlowErrorCodes.TemplateTooLarge, "Objects and arrays nest deeper than 64."), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("((((((((((", 400)]
    [InlineData("!", 5000)]
    [InlineData("a=1&", 5000)]
    [InlineData("(a=1", 3000)]
    public void Expressions_that_never_end_are_refused(string piece, int times)
    {
        string expression = string.Concat(Enumerable.Repeat(piece, times));
        string json = $$"""
            {"name":"s","roles":[{"name":"a","vm_template":0,"cardinality":1,"min_vms":1,"max_vms":2,
             "elasticity_policies":[{"type":"CHANGE","adjust":1,"expression":"{{expression}}"}]}]}
            """;

        Assert.Equal(FlowErrorCodes.PolicyExpression, Assert.Single(ServiceTemplate.Validate(json)).Code);
    }

    private static void AssertTooLarge(string json, ServiceTemplateLimits limits) =>
        Assert.Contains(ServiceTemplate.Validate(json, new ServiceTemplateOptions { Limits = limits }), e => e.Code == FlowErrorCodes.TemplateTooLarge);

    private static string Roles(string deployment, params ReadOnlySpan<(string Name, string Parent)> roles)
    {
        var text = new StringBuilder($"{{\"name\":\"s\",\"deployment\":\"{deployment}\",\"roles\":[");
        foreach ((string name, string parent) in roles)
        {
            if (text[^1] == '}') text.Append(',');
            text.Append($"{{\"name\":\"{name}\",\"vm_template\":0,\"parents\":[{(parent.Length > 0 ? $"\"{parent}\"" : "")}]}}");
        }

        return text.Append("]}").ToString();
    }
}

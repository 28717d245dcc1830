using System.Text.Json;

namespace OneEdge.Flow.Tests;

public sealed class InstantiationChecksTests
{
    private const string WithAttributes = """
        {"name":"ca","custom_attrs":{"LEVEL":"M|text|lvl"},"networks":{"n":"M|network|x||id:0"},
         "roles":[{"name":"a","vm_template":11,"custom_attrs":{"RX":"M|text|rx"}}]}
        """;

    private const string Attributes = """ "custom_attrs":{"A":"M|text|a","B":"O|text|b"},"roles":[] """;
    private const string Network = """ "networks":{"N":"M|vnet_id|"},"roles":[] """;
    private const string Networks = """ "networks":{"N":"M|network|n||id:0","O":"M|network|o| |reserve_from:1:SIZE=3"},"roles":[] """;
    private const string NoRoleValues = "The Service template specifies custom attributes for the role web but no values have been found";
    private const string NoValues = "The Service template specifies custom attributes but no values have been found";
    private const string ValueMissing = "Verify that every custom attribute have its corresponding value defined";

    private const string RoleAttributes = """
        "roles":[{"name":"db","vm_template":0},{"name":"web","vm_template":0,"custom_attrs":{"A":"M|text|a"}}]
        """;

    [Fact]
    public void Recorded_requests_are_answered_with_the_same_text()
    {
        var templates = new Dictionary<string, string>();
        string? last = null;
        int count = 0;
        foreach (JsonElement exchange in ConformanceData.Cases("flow", "rest.jsonl"))
        {
            string path = exchange.GetProperty("path").GetString()!;
            JsonElement body = exchange.GetProperty("body");
            int status = exchange.GetProperty("status").GetInt32();
            if (path == "/service_template" && status == 201) last = body.GetRawText();
            if (!path.StartsWith("/service_template/", StringComparison.Ordinal) || last is null) continue;
            templates.TryAdd(path.Split('/')[2], last);
            if (!IsInstantiation(body) || status is not (201 or 400)) continue;
            AssertAnswer(templates[path.Split('/')[2]], body, status, exchange.GetProperty("response").GetString()!);
            count++;
        }

        Assert.True(count > 10, $"{count} requests");
    }

    [Fact]
    public void Requests_that_a_server_was_sent_are_answered_with_the_same_text()
    {
        string folder = Path.Combine(ConformanceData.Area("opennebula"), "oneflow");
        string? template = null;
        int count = 0;
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            using JsonDocument exchange = JsonDocument.Parse(File.ReadAllBytes(file));
            string? request = exchange.RootElement.GetProperty("request_body").GetString();
            if (Path.GetFileName(file).Contains("custom-attrs-and-networks", StringComparison.Ordinal)) template = request;
            int status = exchange.RootElement.GetProperty("status").GetInt32();
            if (template is null || request is null || status is not (201 or 400) || !request.Contains("\"instantiate\"", StringComparison.Ordinal)) continue;
            AssertAnswer(template, JsonElement.Parse(request), status, exchange.RootElement.GetProperty("response_body").GetString()!);
            count++;
        }

        Assert.True(count > 3, $"{count} requests");
    }

    [Theory]
    [InlineData(Attributes, "{}", NoValues)]
    [InlineData(Attributes, """{"custom_attrs_values":"x"}""", "Wrong custom_attrs or custom_attrs_values format")]
    [InlineData(Attributes, """{"custom_attrs_values":{"B":"1"}}""", ValueMissing)]
    [InlineData(Attributes, """{"custom_attrs_values":{}}""", ValueMissing)]
    [InlineData(RoleAttributes, "{}", NoRoleValues)]
    [InlineData(RoleAttributes, """{"roles":[]}""", "The role custom attributes are empty or do not have a valid format")]
    [InlineData(RoleAttributes, """{"roles":{}}""", "The role custom attributes are empty or do not have a valid format")]
    [InlineData(RoleAttributes, """{"roles":[{"name":"web"}]}""", NoValues)]
    [InlineData(Network, "{}", "Wrong networks format")]
    [InlineData(Networks, """{"networks_values":["x"]}""", "Wrong networks_values format")]
    [InlineData(Networks, """{"networks_values":[{"N":{"id":"1"}}]}""", "Every network key must have its value defined at networks_value")]
    public void What_is_missing_is_said_as_OneFlow_says_it(string members, string request, string expected) =>
        Assert.Equal(expected, InstantiationChecks.Run(Template(members), request).Errors[0].OriginalMessage);

    [Theory]
    [InlineData(Attributes, """{"custom_attrs_values":{"A":"1","B":null}}""")]
    [InlineData(""" "custom_attrs":{},"roles":[] """, "{}")]
    [InlineData(RoleAttributes, """{"roles":[{"name":"web","custom_attrs_values":{"A":"1"}}]}""")]
    [InlineData(Networks, """{"networks_values":[{"N":{},"O":{}}]}""")]
    public void What_is_complete_is_left_alone(string members, string request)
    {
        InstantiationChecks checks = InstantiationChecks.Run(Template(members), request);

        Assert.Empty(checks.Errors);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(request), checks.MergeTemplate), checks.MergeTemplate.GetRawText());
    }

    [Fact]
    public void What_stands_behind_a_second_colon_of_a_default_is_lost_as_in_OneFlow() => Assert.Equal(
        """[{"N":{"id":"0"}},{"O":{"reserve_from":"1"}}]""",
        InstantiationChecks.Run(Template(Networks), """{"x":1}""").MergeTemplate.GetProperty("networks_values").GetRawText());

    [Fact]
    public void Networks_that_the_request_does_not_speak_of_get_their_defaults()
    {
        InstantiationChecks checks = InstantiationChecks.Run(
            ServiceTemplate.Parse(WithAttributes), """{"custom_attrs_values":{"LEVEL":"1"},"roles":[{"name":"a","custom_attrs_values":{"RX":"2"}}]}""");

        Assert.Empty(checks.Errors);
        Assert.Equal("""[{"n":{"id":"0"}}]""", checks.MergeTemplate.GetProperty("networks_values").GetRawText());
    }

    [Fact]
    public void Escaped_quotes_in_values_of_networks_are_taken_away()
    {
        ServiceTemplate template = ServiceTemplate.Parse("""{"name":"s","roles":[],"networks":{"n":"M|network|x||id:0"}}""");

        InstantiationChecks checks = InstantiationChecks.Run(template, """{"networks_values":[{"n":{"template_id":"1","extra":"A=\\\"x\\\""}}]}""");

        Assert.Equal("A=x", checks.MergeTemplate.GetProperty("networks_values")[0].GetProperty("n").GetProperty("extra").GetString());
    }

    [Fact]
    public void Everything_that_is_missing_is_listed()
    {
        InstantiationChecks checks = InstantiationChecks.Run(ServiceTemplate.Parse(WithAttributes),
            """{"networks_values":[{"m":{"id":"1"}}],"roles":[{"name":"b"}]}""");

        Assert.Equal(
            [
                "The template has attributes, and the request has no custom_attrs_values.",
                "Role 'a' has attributes, and is not among the roles of the request.",
                "The network 'n' has no value.",
            ],
            checks.Errors.Select(e => e.Message));
        Assert.Equal(JsonValueKind.Undefined, checks.MergeTemplate.ValueKind);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("5")]
    [InlineData("""{"networks_values":"x"}""")]
    [InlineData("""{"networks_values":[{"n":"0"}]}""")]
    [InlineData("""{"networks_values":[{"n":null}]}""")]
    public void What_kills_OneFlow_is_refused(string request)
    {
        InstantiationChecks checks =
            InstantiationChecks.Run(ServiceTemplate.Parse("""{"name":"s","roles":[],"networks":{"n":"M|network|x||id:0"}}"""), request);

        Assert.True(Assert.Single(checks.Errors).FailsOriginal);
    }

    [Fact]
    public void A_request_that_is_no_JSON_is_refused() =>
        Assert.Equal(FlowErrorCodes.TemplateNotJson,
            Assert.Single(InstantiationChecks.Run(ServiceTemplate.Parse("""{"name":"s","roles":[]}"""), "{").Errors).Code);

    private static ServiceTemplate Template(string members) => ServiceTemplate.Parse($$"""{"name":"s",{{members}}}""");

    private static bool IsInstantiation(JsonElement body) => body.ValueKind == JsonValueKind.Object && body.TryGetProperty("action", out JsonElement action)
        && action.TryGetProperty("perform", out JsonElement perform) && perform.GetString() == "instantiate";

    private static void AssertAnswer(string template, JsonElement body, int status, string response)
    {
        JsonElement action = body.GetProperty("action");
        string? merge = action.TryGetProperty("params", out JsonElement parameters) && parameters.TryGetProperty("merge_template", out JsonElement value)
            ? value.GetRawText() : null;

        InstantiationChecks checks = InstantiationChecks.Run(ServiceTemplate.Parse(template), merge);

        if (status == 201) Assert.Empty(checks.Errors);
        else if (response.StartsWith("undefined method", StringComparison.Ordinal)) Assert.True(checks.Errors[0].FailsOriginal);
        else Assert.Equal(response, checks.Errors[0].OriginalMessage);
    }
}

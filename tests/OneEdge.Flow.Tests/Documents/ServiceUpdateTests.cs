using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneEdge.Flow.Documents;

namespace OneEdge.Flow.Tests.Documents;

public sealed class ServiceUpdateTests
{
    private const string Body = """
        {"name":"s","deployment":"straight","description":"d","roles":[
          {"name":"a","cardinality":1,"vm_template":3,"state":2,"cooldown":10,"nodes":[{"deploy_id":41}],"on_hold":false,"last_vmname":1},
          {"name":"b","cardinality":0,"vm_template":3,"parents":["a"],"min_vms":0,"max_vms":2,"state":2,"nodes":[],
           "elasticity_policies":[{"type":"CHANGE","adjust":1,"expression":"CPU > 1","last_eval":7,"true_evals":2}]}],
         "networks_values":[{"n":{"id":"5"}}],"custom_attrs":{"A":"M|text|a"},"state":2,"start_time":9,"log":[{"timestamp":9,"severity":"I","message":"m"}]}
        """;

    [Fact]
    public void The_recorded_updates_are_answered_as_they_were()
    {
        string[] recorded =
        [
            "111-put-update-service-allowed-attribute", "113-put-update-service-immutable", "114-put-update-service-role-immutable",
            "115-put-update-service-fewer-roles",
        ];
        Service current = TestDocuments.Read(RecordedServices.Exchanges().First(e => e.Source.StartsWith("110-", StringComparison.Ordinal)).Body);
        foreach (string name in recorded)
        {
            string folder = ConformanceData.Area(Path.Combine("opennebula", "oneflow"));
            JsonElement exchange = JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, name + ".json")));
            JsonElement sent = JsonElement.Parse(exchange.GetProperty("request_body").GetString()!);

            bool isDone = ServiceUpdate.TryApply(current, sent, append: false, out Service? changed, out string? error);

            Assert.Equal(exchange.GetProperty("status").GetInt32() == 204, isDone);
            if (!isDone) Assert.Equal(exchange.GetProperty("response_body").GetString(), error);
            else Assert.True(JsonNode.DeepEquals(JsonNode.Parse(exchange.GetProperty("request_body").GetString()!), Json(changed!)));
        }
    }

    [Theory]
    [InlineData("name", "\"t\"", "service/name")]
    [InlineData("deployment", "\"none\"", "service/deployment")]
    [InlineData("state", "3", "service/state")]
    [InlineData("log", "[]", "service/log")]
    [InlineData("custom_attrs", "{}", "service/custom_attrs")]
    [InlineData("custom_attrs_values", "{\"A\":\"1\"}", "service/custom_attrs_values")]
    [InlineData("networks", "{\"n\":\"x\"}", "service/networks")]
    [InlineData("networks_values", "[]", "service/networks_values")]
    [InlineData("ready_status_gate", "true", "service/ready_status_gate")]
    [InlineData("start_time", "8", "service/start_time")]
    public void What_is_fixed_of_a_service_cannot_be_changed(string member, string value, string named)
    {
        JsonNode body = JsonNode.Parse(Body)!;
        body[member] = JsonNode.Parse(value);

        Assert.Equal($"Immutable value: `{named}` can not be changed", Error(Body, body.ToJsonString(), append: false));
        Assert.Equal($"Immutable value: `{named}` can not be changed", Error(Body, $$"""{"{{member}}":{{value}}}""", append: true));
    }

    [Theory]
    [InlineData("cardinality", "2")]
    [InlineData("last_vmname", "5")]
    [InlineData("nodes", "[]")]
    [InlineData("parents", "[\"b\"]")]
    [InlineData("state", "1")]
    [InlineData("vm_template", "4")]
    public void What_is_fixed_of_a_role_cannot_be_changed(string member, string value)
    {
        JsonNode body = JsonNode.Parse(Body)!;
        body["roles"]![0]![member] = JsonNode.Parse(value);

        string roles = new JsonObject { ["roles"] = body["roles"]!.DeepClone() }.ToJsonString();
        Assert.Equal($"Immutable value: `role/{member}` can not be changed", Error(Body, body.ToJsonString(), append: false));
        Assert.Equal($"Immutable value: `role/{member}` can not be changed", Error(Body, roles, append: true));
    }

    [Theory]
    [InlineData("[]", "Immutable value: `service/roles size` can not be changed")]
    [InlineData("7", "KEY: 'roles' must be an Array;")]
    [InlineData("""[{"name":"a","vm_template":3},{"name":"a","vm_template":3}]""", "Role name 'a' is repeated")]
    [InlineData("""[{"name":"a","vm_template":3},{"name":"c","vm_template":3}]""", "To change `service/name` use rename operation")]
    public void Roles_cannot_be_added_taken_away_or_renamed(string roles, string expected)
    {
        Assert.Equal(expected, Error(Body, $$"""{"name":"s","deployment":"straight","custom_attrs":{"A":"M|text|a"},"roles":{{roles}}}""", append: false));
        Assert.Equal(expected, Error(Body, $$"""{"roles":{{roles}}}""", append: true));
    }

    [Fact]
    public void What_happens_while_a_service_runs_need_not_be_sent_back()
    {
        const string Sent = """
            {"name":"s","deployment":"straight","custom_attrs":{"A":"M|text|a"},"new":1,"roles":[
             {"name":"b","vm_template":"3","parents":["a"],"max_vms":5,"elasticity_policies":[
              {"type":"CHANGE","adjust":1,"expression":"CPU > 1"},{"type":"CHANGE","adjust":2,"expression":"X > 1"}]},
             {"name":"a","vm_template":3,"shutdown_action":"terminate-hard"}]}
            """;

        Service changed = ServiceUpdate.Apply(TestDocuments.Read(Body), JsonElement.Parse(Sent), append: false);

        Assert.Equal(["b", "a"], changed.Roles.Select(r => r.Name));
        Assert.Equal((5, (int?)null), (changed.Roles[0].Definition.MaxVms, changed.Roles[0].Definition.MinVms));
        Assert.Equal(2, changed.Roles[0].ElasticityPolicies[0].TrueEvaluations);
        Assert.Null(changed.Roles[0].ElasticityPolicies[1].LastEvaluation);
        Assert.Equal((ShutdownAction.TerminateHard, 41), (changed.Roles[1].Definition.ShutdownAction, changed.Roles[1].Nodes[0].VmId));
        JsonNode written = Json(changed);
        Assert.Equal((1, 2, 1, 9), ((int)written["new"]!, (int)written["state"]!, (int)written["roles"]![1]!["cardinality"]!, (int)written["start_time"]!));
        Assert.Null(written["description"]);
        Assert.Equal("5", (string?)written["networks_values"]![0]!["n"]!["id"]);
        Assert.Single(written["log"]!.AsArray());
    }

    [Fact]
    public void Members_are_appended_and_replaced()
    {
        Service changed = ServiceUpdate.Apply(TestDocuments.Read(Body), JsonElement.Parse("""{"description":"e","z":[1]}"""), append: true);

        JsonNode expected = JsonNode.Parse(Body)!;
        expected["description"] = "e";
        expected["z"] = new JsonArray(1);
        Assert.Equal(expected.ToJsonString(), Json(changed).ToJsonString());
    }

    [Theory]
    [InlineData("[]", "KEY:  must be a Hash; SCHEMA:")]
    [InlineData("{\"name\":\"s\"}", "KEY: 'roles' is required;")]
    public void What_is_no_template_is_refused(string body, string expected) => Assert.Equal(expected, Error(Body, body, append: false));

    [Fact]
    public void Our_own_member_is_not_for_others()
    {
        Assert.Equal("Immutable value: `service/oneedge_flow` can not be changed", Error(Body, """{"oneedge_flow":{"goal":"remove"}}""", append: true));
        JsonNode body = JsonNode.Parse(Body)!;
        body["oneedge_flow"] = new JsonObject { ["goal"] = "remove" };
        body["roles"]![0]!["oneedge_flow"] = new JsonObject { ["leaving"] = true };

        Service changed = ServiceUpdate.Apply(TestDocuments.Read(Body), JsonElement.Parse(body.ToJsonString()), append: false);

        Assert.Equal((ServiceGoal.Run, false), (changed.Goal, changed.Roles[0].IsLeaving));
        Assert.DoesNotContain("oneedge_flow", Json(changed).ToJsonString(), StringComparison.Ordinal);
    }

    private static string? Error(string stored, string body, bool append) =>
        ServiceUpdate.TryApply(TestDocuments.Read(stored), JsonElement.Parse(body), append, out _, out string? error) ? null : error;

    private static JsonNode Json(Service service) => JsonNode.Parse(Encoding.UTF8.GetString(ServiceDocument.Write(service)))!;
}

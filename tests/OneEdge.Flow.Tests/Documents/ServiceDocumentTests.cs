using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneEdge.Flow.Documents;

namespace OneEdge.Flow.Tests.Documents;

public sealed class ServiceDocumentTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_recorded_document_that_nothing_changed_is_written_as_it_was()
    {
        int count = 0;
        foreach ((string source, string body) in RecordedServices.Exchanges())
        {
            AssertSame(body, Rewrite(body), source);
            count++;
        }

        Assert.True(count > 8, $"{count} documents");
    }

    [Fact]
    public void Each_document_of_the_traces_is_written_as_it_was()
    {
        int count = 0;
        foreach ((string source, string body) in RecordedServices.Traces())
        {
            AssertSame(body, Rewrite(body), source);
            count++;
        }

        Assert.True(count > 200, $"{count} documents");
    }

    [Fact]
    public void Each_body_that_was_allocated_is_written_as_it_was()
    {
        foreach (JsonElement test in ConformanceData.Cases("flow", "instantiate.jsonl"))
        {
            if (!test.TryGetProperty("service_body", out JsonElement body)) continue;
            AssertSame(body.GetRawText(), Rewrite(body.GetRawText()), test.GetProperty("id").GetString()!);
        }
    }

    [Fact]
    public void A_running_service_is_read()
    {
        string body = RecordedServices.Exchanges().First(e => e.Source.StartsWith("106-", StringComparison.Ordinal)).Body;

        Service service = TestDocuments.Read(body, "renamed");

        Assert.Equal(("renamed", "flow-t"), (service.Name, service.Definition.Name));
        Assert.Equal((ServiceState.Scaling, ServiceGoal.Run, DeploymentStrategy.Straight), (service.State, service.Goal, service.Definition.Deployment));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795393755), service.StartTime);
        Assert.Equal(new ServiceLogEntry(DateTimeOffset.FromUnixTimeSeconds(1795393762), "I", "New state: SCALING"), service.Log[^1]);
        Role web = service.Roles[1];
        Assert.Equal(("web", 2, 11), (web.Name, web.Cardinality, web.Definition.VmTemplate));
        Assert.Equal((RoleState.Scaling, RoleActivity.ScalingUp), (web.State, web.Activity));
        Assert.Equal((1, 3, 10, 2, false), (web.Definition.MinVms, web.Definition.MaxVms, web.Definition.Cooldown, web.NextVmNumber, web.OnHold));
        Assert.Equal(["db"], web.Definition.Parents);
        Assert.Equal([99, 100], web.Nodes.Select(n => n.VmId));
        Assert.Equal(new RoleNodeInfo(0, 0, "oneadmin", "oneadmin", "web_1_(service_103)"), web.Nodes[1].Info);
    }

    [Theory]
    [InlineData(0, null, RoleActivity.Waiting)]
    [InlineData(1, null, RoleActivity.Deploying)]
    [InlineData(2, null, RoleActivity.Serving)]
    [InlineData(3, null, RoleActivity.Undeploying)]
    [InlineData(4, null, RoleActivity.Serving)]
    [InlineData(5, null, RoleActivity.Done)]
    [InlineData(6, null, RoleActivity.Undeploying)]
    [InlineData(7, null, RoleActivity.Deploying)]
    [InlineData(8, "0", RoleActivity.ScalingUp)]
    [InlineData(8, "1", RoleActivity.ScalingDown)]
    [InlineData(8, null, RoleActivity.ScalingDown)]
    [InlineData(9, "\"0\"", RoleActivity.ScalingUp)]
    [InlineData(10, null, RoleActivity.CoolingDown)]
    [InlineData(11, null, RoleActivity.Holding)]
    public void The_activity_follows_from_the_state(int state, string? scaleWay, RoleActivity expected)
    {
        string way = scaleWay is null ? "" : $",\"scale_way\":{scaleWay}";
        string role = $$"""{"name":"a","vm_template":1,"cardinality":1,"state":{{state}},"nodes":[{"deploy_id":1},{"deploy_id":2}]{{way}}}""";
        string body = $$"""{"name":"s","roles":[{{role}}],"state":2}""";

        Role read = TestDocuments.Read(body).Roles[0];

        Assert.Equal((expected, state), (read.Activity, (int)read.State));
        Assert.Equal(state is 7 or 9, read.Error is not null);
        AssertSame(body, Rewrite(body), "unchanged");
    }

    [Theory]
    [InlineData(2, ServiceGoal.Run)]
    [InlineData(3, ServiceGoal.Remove)]
    [InlineData(6, ServiceGoal.Remove)]
    [InlineData(12, ServiceGoal.Remove)]
    [InlineData(14, ServiceGoal.Remove)]
    [InlineData(7, ServiceGoal.Run)]
    public void The_goal_follows_from_the_state_unless_something_else_is_said(int state, ServiceGoal expected)
    {
        Service service = TestDocuments.Read($$"""{"name":"s","roles":[],"state":{{state}}}""");
        Assert.Equal(expected, service.Goal);

        Service other = service with { Goal = expected == ServiceGoal.Run ? ServiceGoal.Remove : ServiceGoal.Run };
        Assert.Equal(other.Goal, Again(other).Goal);
        Assert.Contains("oneedge_flow", Text(other), StringComparison.Ordinal);
        Assert.DoesNotContain("oneedge_flow", Text(Again(other) with { Goal = expected }), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_was_cleared_stays_cleared()
    {
        Service failed = TestDocuments.Read("""{"name":"s","roles":[{"name":"a","vm_template":1,"cardinality":1,"state":7,"nodes":[]}],"state":7}""");
        Service cleared = failed with { Roles = [failed.Roles[0] with { Error = null }] };

        Assert.Null(Again(cleared).Roles[0].Error);
        Assert.Equal(failed.Roles[0].Error, Again(failed).Roles[0].Error);
    }

    [Fact]
    public void Texts_for_numbers_and_absent_members_are_read_and_stay()
    {
        const string Body = """
            {"roles":[{"name":"a","vm_template":"4","cardinality":"2","state":"2","min_vms":1.0,"nodes":[{"deploy_id":"17"}],"last_vmname":"3",
             "cooldown":null}],"state":"2","start_time":"1795393755","log":[{"timestamp":"1795393757","message":"x","who":"me"}],
             "networks_values":[{"n":{"id":"","template_id":"4"}}]}
            """;

        Service service = TestDocuments.Read(Body);

        Role role = service.Roles[0];
        Assert.Equal((4, 2, RoleState.Running, 1, 3), (role.Definition.VmTemplate, role.Cardinality, role.State, role.Definition.MinVms, role.NextVmNumber));
        Assert.Equal((17, (RoleNodeInfo?)null), (role.Nodes[0].VmId, role.Nodes[0].Info));
        Assert.Equal((NetworkKind.Template, 4, (int?)null), (service.Networks[0].Kind, service.Networks[0].Source, service.Networks[0].NetworkId));
        AssertSame(Body, Rewrite(Body), "unchanged");
        Assert.Contains("\"who\":\"me\"", Text(service with { Log = [.. service.Log, new(Noon, "I", "y")] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_version_7_are_read()
    {
        const string Body = """
            {"name":"s","user_inputs":{"A":"M|text|a"},"user_inputs_values":{"A":"1"},"roles":[{"name":"a","type":"vm","template_id":7,"cardinality":1,
             "template_contents":{"X":"1","NIC":[{"NETWORK_ID":"3"},{"NAME":"q\"q"}],"CONTEXT":{"A":"$A"}},"state":2,"nodes":[]}],"state":2}
            """;

        RoleDefinition role = TestDocuments.Read(Body).Roles[0].Definition;

        Assert.Equal(7, role.VmTemplate);
        Assert.Equal("X=\"1\"\nNIC=[NETWORK_ID=\"3\"]\nNIC=[NAME=\"q\\\"q\"]\nCONTEXT=[A=\"$A\"]", role.VmTemplateContents);
        AssertSame(Body, Rewrite(Body), "unchanged");
    }

    [Fact]
    public void What_changes_is_written_in_its_place_and_what_is_new_behind_it()
    {
        const string Body = """
            {"z":1,"state":0,"roles":[{"q":[null],"cardinality":1,"state":0,"name":"a","vm_template":1}],
             "start_time":5,"networks_values":[{"n":{"x":1,"template_id":"4"}}],"a":null}
            """;
        Service service = TestDocuments.Read(Body);
        Role role = service.Roles[0];
        var node = new RoleNode { VmId = 9, Info = new(2, 100, "alice", "users", "a_0") };

        Service next = service with
        {
            State = ServiceState.Deploying,
            Roles = [role with { State = RoleState.Deploying, Activity = RoleActivity.Deploying, NextVmNumber = 1, Nodes = [node] }],
            Networks = [service.Networks[0] with { NetworkId = 101 }],
            Log = [new(DateTimeOffset.FromUnixTimeSeconds(7), "I", "New state: DEPLOYING")],
        };

        AssertSame(
            """
            {"z":1,"state":1,"roles":[{"q":[null],"cardinality":1,"state":1,"name":"a","vm_template":1,
             "nodes":[{"deploy_id":9,"vm_info":{"VM":{"ID":"9","UID":"2","GID":"100","UNAME":"alice","GNAME":"users","NAME":"a_0"}}}],
             "on_hold":false,"last_vmname":1}],"start_time":5,"networks_values":[{"n":{"x":1,"template_id":"4","id":101}}],"a":null,
             "log":[{"timestamp":7,"severity":"I","message":"New state: DEPLOYING"}]}
            """,
            Text(next),
            "changed");
    }

    [Fact]
    public void The_way_of_a_scaling_goes_with_it()
    {
        Service scaling = TestDocuments.Read(
            """{"name":"s","roles":[{"name":"a","vm_template":1,"cardinality":1,"state":8,"nodes":[],"scale_way":0}],"state":8}""");

        Role role = scaling.Roles[0] with { State = RoleState.Cooldown, Activity = RoleActivity.CoolingDown, CooldownEnd = Noon };
        Service done = scaling with { Roles = [role] };

        Assert.DoesNotContain("scale_way", Text(done), StringComparison.Ordinal);
        Assert.Equal(Noon, Again(done).Roles[0].CooldownEnd);
    }

    [Fact]
    public void What_a_new_version_says_in_our_member_survives()
    {
        const string Body = """
            {"name":"s","roles":[{"name":"a","vm_template":1,"cardinality":0,"state":2,"nodes":[{"deploy_id":1,"oneedge_flow":{"later":1}}],
             "oneedge_flow":{"later":[2],"error":"e"}}],"state":2,"oneedge_flow":{"later":3}}
            """;

        Service service = TestDocuments.Read(Body);
        AssertSame(Body, Text(service), "unchanged");
        Role cleared = service.Roles[0] with { Error = null };
        AssertSame(Body.Replace(",\"error\":\"e\"", "", StringComparison.Ordinal), Text(service with { Roles = [cleared] }), "cleared");
    }

    [Theory]
    [InlineData("", "$")]
    [InlineData("[]", "$")]
    [InlineData("{", "$")]
    [InlineData("\"\\ud800\"", "$")]
    [InlineData("""{"x\udc00":1}""", "$")]
    [InlineData("""{"roles":{}}""", "$.roles")]
    [InlineData("""{"roles":[1]}""", "$.roles[0]")]
    [InlineData("""{"roles":[{"name":"a"},{"vm_template":1}]}""", "$.roles[1].name")]
    [InlineData("""{"roles":[{"name":"a"},{"name":"a"}]}""", "$.roles[1].name")]
    [InlineData("""{"roles":[{"name":"a","state":"RUNNING"}]}""", "$.roles[0].state")]
    [InlineData("""{"roles":[{"name":"a","nodes":7}]}""", "$.roles[0].nodes")]
    [InlineData("""{"roles":[{"name":"a","nodes":[{"deploy_id":1},{}]}]}""", "$.roles[0].nodes[1].deploy_id")]
    [InlineData("""{"roles":[{"name":"a","elasticity_policies":[3]}]}""", "$.roles[0].elasticity_policies[0]")]
    [InlineData("""{"state":{}}""", "$.state")]
    [InlineData("""{"networks_values":{}}""", "$.networks_values")]
    [InlineData("""{"networks_values":[{"n":5}]}""", "$.networks_values[0].n")]
    public void What_cannot_be_read_is_refused_with_its_path(string body, string path)
    {
        FlowException error = Assert.Throws<FlowException>(() => TestDocuments.Read(body));

        Assert.Equal(FlowErrorCodes.ServiceUnreadable, error.Code);
        Assert.StartsWith(path + ":", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_and_size_are_limited()
    {
        Assert.Throws<FlowException>(() => TestDocuments.Read("{\"x\":" + new string('[', 100) + new string(']', 100) + "}"));
        byte[] large = new byte[ServiceDocument.MaxBytes + 1];
        Assert.Throws<FlowException>(() => ServiceDocument.Read(1, "s", TestDocuments.Alice, large));
        Assert.Throws<FlowException>(() => ServiceDocument.Read(1, "s", TestDocuments.Alice, new byte[] { 0x22, 0xC3, 0x28, 0x22 }));
    }

    private static Service Again(Service service) => TestDocuments.Read(Text(service));

    private static string Rewrite(string body) => Text(TestDocuments.Read(body));

    private static string Text(Service service) => Encoding.UTF8.GetString(ServiceDocument.Write(service));

    /// <summary>Equal with the order of members.</summary>
    private static void AssertSame(string expected, string actual, string message) =>
        Assert.True(Compact(expected) == Compact(actual), $"{message}\n{Compact(expected)}\n{Compact(actual)}");

    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();
}

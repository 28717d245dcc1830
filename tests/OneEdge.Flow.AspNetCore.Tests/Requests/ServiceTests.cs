using System.Text.Json.Nodes;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore.Tests;

public sealed class ServiceTests
{
    [Fact]
    public async Task Service_is_scaled_changed_and_removed_over_http()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.RunAsync();
        Assert.Equal(204, (await world.SendAsync("POST", $"/service/{id}/scale", FlowServerWorld.Alice, """{"role_name":"web","cardinality":3}""")).Status);
        await world.ReachAsync(id, ServiceState.Cooldown);
        Reply shown = await world.SendAsync("GET", $"/service/{id}", FlowServerWorld.Alice);
        Assert.Equal((10, 3), (shown.Body.GetProperty("state").GetInt32(), shown.Body.GetProperty("roles")[0].GetProperty("nodes").GetArrayLength()));
        Assert.DoesNotContain("oneedge", shown.Text, StringComparison.Ordinal);
        Assert.Equal(204, (await world.ActAsync($"/service/{id}/action", "recover")).Status);
        await world.ReachAsync(id, ServiceState.Running);
        Assert.Equal(204, (await world.SendAsync("DELETE", $"/service/{id}", FlowServerWorld.Alice)).Status);
        Assert.Equal(204, (await world.SendAsync("DELETE", $"/service/{id}", FlowServerWorld.Alice)).Status);
        await world.ReachAsync(id, ServiceState.Done);
        Assert.Equal(404, (await world.SendAsync("GET", $"/service/{id}", FlowServerWorld.Alice)).Status);
    }

    [Fact]
    public async Task What_was_read_may_be_changed_and_sent_back()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.RunAsync();
        JsonNode body = JsonNode.Parse((await world.SendAsync("GET", $"/service/{id}", FlowServerWorld.Alice)).Body.GetRawText())!;
        body["description"] = "changed";
        body["roles"]![0]!["max_vms"] = 9;
        Reply updated = await world.SendAsync("PUT", $"/service/{id}", FlowServerWorld.Alice, body.ToJsonString());
        Assert.True(updated.Status == 204, updated.Text);
        Reply shown = await world.SendAsync("GET", $"/service/{id}", FlowServerWorld.Alice);
        Assert.Equal(("changed", 9), (shown.Body.GetProperty("description").GetString(), shown.Body.GetProperty("roles")[0].GetProperty("max_vms").GetInt32()));
        body["roles"]![0]!["cardinality"] = 4;
        Assert.Equal(409, (await world.SendAsync("PUT", $"/service/{id}", FlowServerWorld.Alice, body.ToJsonString())).Status);
    }

    [Fact]
    public async Task Machine_by_machine_is_the_default_of_actions_and_what_was_planned_can_be_taken_back()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.RunAsync(cardinality: 2);
        int[] vms = [.. (await world.Engine.GetAsync(id)).Roles[0].Nodes.Select(n => n.VmId)];
        Assert.Equal(204, (await world.ActAsync($"/service/{id}/role/web/action", "poweroff", """{"period":"600"}""")).Status);
        await world.ElapseAsync(PlannedAsync(world, vms[1], 1));
        long[] times = await Task.WhenAll(vms.Select(async vm => long.Parse(
            (await world.Client.VirtualMachines.GetAsync(vm, cancellationToken: FlowServerWorld.Ct)).ScheduledActions.Single().Time,
            System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(600, times[1] - times[0]);
        Assert.Equal(400, (await world.SendAsync("DELETE", $"/service/{id}/sched_action/x", FlowServerWorld.Alice)).Status);
        Assert.Equal(404, (await world.SendAsync("DELETE", $"/service/{id}/role/other/sched_action/0", FlowServerWorld.Alice)).Status);
        int planned = (await world.Client.VirtualMachines.GetAsync(vms[1], cancellationToken: FlowServerWorld.Ct)).ScheduledActions.Single().Id;
        Assert.Equal(204, (await world.SendAsync("DELETE", $"/service/{id}/role/web/sched_action/{planned}", FlowServerWorld.Alice)).Status);
        await world.ElapseAsync(PlannedAsync(world, vms[1], 0));
    }

    [Fact]
    public async Task Force_gives_up_what_does_not_come_up()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        using IDisposable broken = world.Cloud.Script.Fail(EmbeddedWork.Deploy);
        int id = await world.InstantiateAsync(await world.CreateTemplateAsync());
        await world.ReachAsync(id, ServiceState.FailedDeploying);
        Assert.Equal(204, (await world.ActAsync($"/service/{id}/action", "recover", """{"force":true}""")).Status);
        await world.ReachAsync(id, ServiceState.Running);
    }

    [Fact]
    public async Task Purge_deletes_what_older_versions_left_done_and_nothing_else()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int running = await world.RunAsync();
        int done = await CreateServiceAsync(world, FlowServerWorld.Alice, """{"name":"old","roles":[],"state":5}""");
        int foreign = await CreateServiceAsync(world, FlowServerWorld.Bob, """{"name":"old","roles":[],"state":5}""");
        await world.Client.Documents.ChangePermissionsAsync(foreign, PermissionChange.ToOctal("604"), FlowServerWorld.Ct);
        Assert.Equal(204, (await world.SendAsync("POST", "/service_pool/purge_done", FlowServerWorld.Alice)).Status);
        Reply list = await world.SendAsync("GET", "/service", FlowServerWorld.Oneadmin);
        string[] ids = [.. list.Json.GetProperty("DOCUMENT_POOL").GetProperty("DOCUMENT").EnumerateArray().Select(d => d.GetProperty("ID").GetString()!)
            .Order()];
        Assert.Equal([.. new[] { running, foreign }.Select(i => $"{i}").Order()], ids);
        Assert.DoesNotContain($"{done}", ids);
    }

    [Fact]
    public async Task Service_that_nobody_can_read_is_told_to_be_so()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync(starts: false);
        int id = await CreateServiceAsync(world, FlowServerWorld.Alice, """{"name":"odd","roles":7,"state":2}""");
        await world.Engine.StartAsync(FlowServerWorld.Ct).WaitAsync(HangLimit.Time, FlowServerWorld.Ct);
        Assert.Equal(200, (await world.SendAsync("GET", $"/service/{id}", FlowServerWorld.Alice)).Status);
        Reply reply = await world.SendAsync("DELETE", $"/service/{id}", FlowServerWorld.Alice);
        Assert.Equal(404, reply.Status);
        Assert.Equal(FlowErrorCodes.ServiceNotFound, reply.ErrorCode);
    }

    private static Task<int> CreateServiceAsync(FlowServerWorld world, string session, string body) =>
        world.ClientOf(session).Documents.CreateAsync($"<TEMPLATE><NAME>s</NAME><BODY><![CDATA[{body}]]></BODY></TEMPLATE>", DocumentType.Service,
            FlowServerWorld.Ct);

    private static async Task<bool> PlannedAsync(FlowServerWorld world, int vm, int count)
    {
        while ((await world.Client.VirtualMachines.GetAsync(vm, cancellationToken: FlowServerWorld.Ct)).ScheduledActions.Count != count) await Task.Delay(2,
            FlowServerWorld.Ct);
        return true;
    }
}

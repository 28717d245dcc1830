using System.Text.Json;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore.Tests;

public sealed class TemplateTests
{
    [Fact]
    public async Task Copy_with_templates_of_machines_has_its_own()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int template = await world.CreateTemplateAsync();
        world.Time.Advance(TimeSpan.FromHours(1));
        Reply copy = await world.ActAsync($"/service_template/{template}/action", "clone", """{"name":"copy","recursive":"templates"}""");
        Assert.Equal(201, copy.Status);
        int vmTemplate = copy.Body.GetProperty("roles")[0].GetProperty("vm_template").GetInt32();
        VmTemplate made = await world.Client.Templates.GetAsync(vmTemplate, cancellationToken: FlowServerWorld.Ct);
        Assert.Equal(("vm0-copy", "alice"), (made.Name, made.OwnerName));
        Assert.Equal(world.Time.GetUtcNow().ToUnixTimeSeconds(), copy.Body.GetProperty("registration_time").GetInt64());
        Assert.False(copy.Body.TryGetProperty("oneedge", out _));
        Reply shown = await world.SendAsync("GET", $"/service_template/{template}", FlowServerWorld.Alice);
        Assert.Equal(0, shown.Body.GetProperty("roles")[0].GetProperty("vm_template").GetInt32());
    }

    [Fact]
    public async Task Copy_that_fails_leaves_nothing_behind()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync(vmTemplates: 2);
        int template = await world.CreateTemplateAsync("""{"name":"t","roles":[{"name":"a","vm_template":0},{"name":"b","vm_template":77}]}""");
        Reply copy = await world.ActAsync($"/service_template/{template}/action", "clone", """{"name":"copy"}""");
        Assert.Equal(404, copy.Status);
        Assert.Contains("one.template.info", copy.Text, StringComparison.Ordinal);
        List<int> templates = [];
        await foreach (VmTemplate left in world.Client.Templates.ListAsync(cancellationToken: FlowServerWorld.Ct)) templates.Add(left.Id);
        Assert.Equal([0, 1], templates.Order());
        Reply list = await world.SendAsync("GET", "/service_template", FlowServerWorld.Oneadmin);
        Assert.Single(list.Json.GetProperty("DOCUMENT_POOL").GetProperty("DOCUMENT").EnumerateArray());
    }

    [Fact]
    public async Task Templates_of_machines_go_only_with_a_template_that_may_be_deleted()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        await world.Client.Templates.ChangeOwnerAsync(0, world.Users["bob"], cancellationToken: FlowServerWorld.Ct);
        int template = await world.CreateTemplateAsync();
        await world.ActAsync($"/service_template/{template}/action", "chmod", """{"octet":"604"}""");
        Reply refused = await world.SendAsync("DELETE", $"/service_template/{template}", FlowServerWorld.Bob, """{"delete_type":"all"}""");
        Assert.Equal(401, refused.Status);
        Assert.StartsWith("[one.document.delete] ", refused.Text, StringComparison.Ordinal);
        await world.Client.Templates.GetAsync(0, cancellationToken: FlowServerWorld.Ct);
        Assert.Equal(400, (await world.SendAsync("DELETE", $"/service_template/{template}", FlowServerWorld.Oneadmin, """{"delete_type":"some"}""")).Status);
        Assert.Equal(204, (await world.SendAsync("DELETE", $"/service_template/{template}", FlowServerWorld.Oneadmin,
            """{"delete_type":"templates"}""")).Status);
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => world.Client.Templates.GetAsync(0, cancellationToken: FlowServerWorld.Ct));
    }

    [Fact]
    public async Task Labels_are_kept_beside_the_body_and_shown()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int template = await world.CreateTemplateAsync();
        string path = $"/service_template/{template}/action";
        Assert.Equal(204, (await world.ActAsync(path, "update",
            """{"append":true,"template_raw":"LABELS = \"a,b\"\nBODY = \"{}\"\nX = [ A = 1, B = 2 ]"}""")).Status);
        JsonElement shown = (await world.SendAsync("GET", $"/service_template/{template}", FlowServerWorld.Alice)).Json.GetProperty("DOCUMENT").GetProperty(
            "TEMPLATE");
        Assert.Equal("a,b", shown.GetProperty("LABELS").GetString());
        Assert.Equal("2", shown.GetProperty("X").GetProperty("B").GetString());
        Assert.Equal("t", shown.GetProperty("BODY").GetProperty("name").GetString());
        Assert.Equal(204, (await world.ActAsync(path, "update", """{"template_raw":"Y = 1\nY = 2"}""")).Status);
        shown = (await world.SendAsync("GET", $"/service_template/{template}", FlowServerWorld.Alice)).Json.GetProperty("DOCUMENT").GetProperty("TEMPLATE");
        Assert.Equal("""["1","2"]""", JsonSerializer.Serialize(shown.GetProperty("Y")));
        Assert.False(shown.TryGetProperty("LABELS", out _));
        Assert.Equal("t", shown.GetProperty("BODY").GetProperty("name").GetString());
        Assert.Equal(400, (await world.ActAsync(path, "update", """{"template_raw":"X = [ "}""")).Status);
    }

    [Fact]
    public async Task Time_of_registration_stays_what_it_was()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int template = await world.CreateTemplateAsync(FlowServerWorld.Template(more: ",\"registration_time\":5"));
        long registered = world.Time.GetUtcNow().ToUnixTimeSeconds();
        world.Time.Advance(TimeSpan.FromHours(1));
        Reply updated = await world.SendAsync("PUT", $"/service_template/{template}", FlowServerWorld.Alice,
            FlowServerWorld.Template(more: $",\"registration_time\":{registered}"));
        Assert.Equal((200, registered), (updated.Status, updated.Body.GetProperty("registration_time").GetInt64()));
        Assert.False(updated.Body.TryGetProperty("oneedge", out _));
        Reply refused = await world.SendAsync("PUT", $"/service_template/{template}", FlowServerWorld.Alice,
            FlowServerWorld.Template(more: ",\"registration_time\":5"));
        Assert.Equal((409, FlowServerErrorCodes.Immutable), (refused.Status, refused.ErrorCode));
    }

    [Theory]
    [InlineData("""{"name":"a:b","roles":[]}""")]
    [InlineData("""{"name":"   ","roles":[]}""")]
    public async Task Name_that_the_cloud_cannot_hold_is_refused(string json)
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        Assert.Equal(400, (await world.SendAsync("POST", "/service_template", FlowServerWorld.Alice, json)).Status);
    }

    [Fact]
    public async Task Document_with_a_body_that_is_no_JSON_is_shown_as_it_is()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.Client.Documents.CreateAsync("NAME = odd\nBODY = \"no json\"", DocumentType.ServiceTemplate, FlowServerWorld.Ct);
        Reply shown = await world.SendAsync("GET", $"/service_template/{id}", FlowServerWorld.Oneadmin);
        Assert.Equal("no json", shown.Body.GetString());
        Assert.Equal(200, (await world.SendAsync("GET", "/service_template", FlowServerWorld.Oneadmin)).Status);
        Assert.Equal(400, (await world.ActAsync($"/service_template/{id}/action", "instantiate", session: FlowServerWorld.Oneadmin)).Status);
    }
}

using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore.Tests;

public sealed class PermissionTests
{
    public static TheoryData<string, string, string?> Changes => new()
    {
        { "DELETE", "", null },
        { "PUT", "", """{"append":true,"template":"{\"description\":\"x\"}"}""" },
        { "POST", "/scale", """{"role_name":"web","cardinality":2,"force":true}""" },
        { "POST", "/role_action", """{"action":{"perform":"add_role","params":{"role":{"name":"b","vm_template":0}}}}""" },
        { "POST", "/role_action", """{"action":{"perform":"remove_role","params":{"role":"web"}}}""" },
        { "POST", "/role/web/action", """{"action":{"perform":"poweroff","params":{}}}""" },
        { "POST", "/action", """{"action":{"perform":"poweroff","params":{}}}""" },
        { "POST", "/action", """{"action":{"perform":"recover","params":{"delete":true}}}""" },
        { "POST", "/action", """{"action":{"perform":"release"}}""" },
        { "POST", "/action", """{"action":{"perform":"rename","params":{"name":"mine"}}}""" },
        { "POST", "/action", """{"action":{"perform":"chmod","params":{"octet":"777"}}}""" },
        { "POST", "/action", """{"action":{"perform":"chown","params":{"owner_id":3}}}""" },
        { "DELETE", "/sched_action/0", null },
        { "DELETE", "/role/web/sched_action/0", null },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Service_that_may_be_used_is_not_changed_without_the_right_to_manage_it(string verb, string path, string? body)
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.RunAsync();
        await world.ActAsync($"/service/{id}/action", "chmod", """{"octet":"604"}""");
        Assert.Equal(200, (await world.SendAsync("GET", $"/service/{id}", FlowServerWorld.Bob)).Status);
        Service before = await world.Engine.GetAsync(id);
        Reply reply = await world.SendAsync(verb, $"/service/{id}{path}", FlowServerWorld.Bob, body);
        Assert.Equal(401, reply.Status);
        Assert.Matches(@"^\[one\.document\.\w+\] User \[\d+\] : Not authorized to perform (MANAGE|ADMIN) ", reply.Text);
        Service after = await world.Engine.GetAsync(id);
        Assert.Equal((before.State, before.Name, before.Owner, before.Roles[0].Cardinality),
            (after.State, after.Name, after.Owner, after.Roles[0].Cardinality));
        Document document = await world.Client.Documents.GetAsync(id, cancellationToken: FlowServerWorld.Ct);
        Assert.Equal("604", document.Permissions.ToString());
    }

    [Fact]
    public async Task Who_may_not_use_a_service_learns_nothing_of_it()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.RunAsync();
        foreach (string path in (string[])[$"/service/{id}", $"/service/{id}/events"])
            Assert.Equal(401, (await world.SendAsync("GET", path, FlowServerWorld.Mallory)).Status);
        Assert.Equal("{}", (await world.SendAsync("GET", "/service", FlowServerWorld.Mallory)).Json.GetProperty("DOCUMENT_POOL").GetRawText().Replace("\n",
            "").Replace(" ", ""));
    }

    [Fact]
    public async Task Template_that_may_not_be_used_makes_no_service()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int template = await world.CreateTemplateAsync();
        Reply reply = await world.ActAsync($"/service_template/{template}/action", "instantiate", session: FlowServerWorld.Mallory);
        Assert.Equal(401, reply.Status);
        Assert.Empty(await world.Engine.ListAsync());
    }

    [Fact]
    public async Task Access_rule_of_the_cloud_gives_the_right()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.RunAsync();
        long document = 0x400000000000L;
        await world.Cloud.Rpc.CallAsync(
            new OpenNebulaCall("one.acl.addrule", $"{0x100000000L + world.Users["bob"]:x}", $"{document + 0x100000000L + id:x}", "3"), FlowServerWorld.Ct);
        Assert.Equal(204, (await world.SendAsync("DELETE", $"/service/{id}", FlowServerWorld.Bob)).Status);
    }

    [Fact]
    public async Task Service_belongs_to_whoever_made_it_and_so_do_its_machines()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int template = await world.CreateTemplateAsync();
        await world.ActAsync($"/service_template/{template}/action", "chmod", """{"octet":"604"}""");
        int id = await world.InstantiateAsync(template, FlowServerWorld.Bob);
        Service service = await world.ReachAsync(id, ServiceState.Running);
        VirtualMachine vm = await world.Client.VirtualMachines.GetAsync(service.Roles[0].Nodes[0].VmId, cancellationToken: FlowServerWorld.Ct);
        Assert.Equal(("bob", "bob"), (service.Owner.UserName, vm.OwnerName));
    }

    [Fact]
    public async Task Document_of_something_else_is_not_found()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int template = await world.CreateTemplateAsync();
        int id = await world.RunAsync();
        int other = await world.Client.Documents.CreateAsync("NAME = other", (DocumentType)555, FlowServerWorld.Ct);
        foreach (string path in (string[])[$"/service/{template}", $"/service_template/{id}", $"/service/{other}", $"/service_template/{other}"])
        {
            foreach (string verb in (string[])["GET", "DELETE"]) Assert.Equal(404, (await world.SendAsync(verb, path, FlowServerWorld.Oneadmin)).Status);
        }

        Assert.Equal(200, (await world.SendAsync("GET", $"/service/{id}", FlowServerWorld.Alice)).Status);
        Assert.Equal(404, (await world.ActAsync($"/service_template/{id}/action", "rename", """{"name":"x"}""", FlowServerWorld.Oneadmin)).Status);
    }

    [Fact]
    public async Task Two_callers_at_once_are_not_taken_for_each_other()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        string[] sessions = [FlowServerWorld.Alice, FlowServerWorld.Bob];
        int[] ids = await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(i => world.CreateTemplateAsync(FlowServerWorld.Template(name: $"t{i}"), sessions[i % 2])));
        for (int i = 0; i < ids.Length; i++)
        {
            Document document = await world.Client.Documents.GetAsync(ids[i], cancellationToken: FlowServerWorld.Ct);
            Assert.Equal((sessions[i % 2].Split(':')[0], $"t{i}"), (document.OwnerName, document.Name));
        }

        Reply[] lists = await Task.WhenAll(sessions.Select(s => world.SendAsync("GET", "/service_template", s)));
        for (int i = 0; i < 2; i++)
        {
            string[] owners = [.. lists[i].Json.GetProperty("DOCUMENT_POOL").GetProperty("DOCUMENT").EnumerateArray()
                .Select(d => d.GetProperty("UNAME").GetString()!)];
            Assert.Equal(20, owners.Length);
            Assert.All(owners, o => Assert.Equal(sessions[i].Split(':')[0], o));
        }
    }

    [Fact]
    public async Task Two_changes_of_one_template_at_once_are_both_made()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int template = await world.CreateTemplateAsync();
        Task<Reply[]> all = Task.WhenAll(Enumerable.Range(0, 6).Select(i => world.ActAsync(
            $"/service_template/{template}/action", "update", $$$"""{"append":true,"template_json":{"m{{{i}}}":{{{i}}}}}""")));
        Assert.All(await world.ElapseAsync(all), r => Assert.True(r.Status == 204, r.Text));
        Reply shown = await world.SendAsync("GET", $"/service_template/{template}", FlowServerWorld.Alice);
        for (int i = 0; i < 6; i++) Assert.Equal(i, shown.Body.GetProperty($"m{i}").GetInt32());
    }
}

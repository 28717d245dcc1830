using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore.Tests;

/// <summary>A cloud and a server in the state that an exchange supposes, and the exchange as it has to be sent there.</summary>
internal sealed class ExchangeWorld : IAsyncDisposable
{
    private const string Flowuser = "flowuser:flowpass";

    private readonly FlowServerWorld _world;
    private readonly Story _story;
    private readonly Exchange _exchange;

    private ExchangeWorld(FlowServerWorld world, Story story, Exchange exchange) => (_world, _story, _exchange) = (world, story, exchange);

    /// <summary>The ids here, by those that were recorded.</summary>
    public Dictionary<int, int> Ids { get; } = [];

    private static CancellationToken Ct => FlowServerWorld.Ct;

    // Who made what the exchange is about.
    private string Owner => _exchange.Session is FlowServerWorld.Alice or FlowServerWorld.Bob or FlowServerWorld.Mallory or "alice:wrong"
        ? FlowServerWorld.Alice : FlowServerWorld.Oneadmin;

    public static async Task<ExchangeWorld> CreateAsync(Story story, Exchange exchange, TimeSpan cooldown)
    {
        FlowServerWorld world = await FlowServerWorld.CreateAsync(
            engine: o => o.Machine = MachineSettings.Default with { DefaultCooldown = cooldown }, vmTemplates: 12);
        var prepared = new ExchangeWorld(world, story, exchange);
        await prepared.PrepareAsync();
        return prepared;
    }

    public async Task<Reply> SendAsync()
    {
        string path = _exchange.Id is { } id && Ids.TryGetValue(id, out int here)
            ? _exchange.Path.Replace($"/{id}", $"/{here}", StringComparison.Ordinal) : _exchange.Path;
        return await _world.SendAsync(_exchange.Verb, path, Session(), await BodyAsync());
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    // The cloud that was behind the described exchanges let everybody give documents away; a real one, administrators.
    private string? Session() =>
        _exchange.Perform is "chown" or "chgrp" && _exchange.Session == FlowServerWorld.Alice && _exchange.Status == 204 ? FlowServerWorld.Oneadmin
            : _exchange.Session;

    private async Task PrepareAsync()
    {
        await _world.AddUserAsync(Flowuser);
        for (int i = 0; i < 2; i++)
        {
            int network = await _world.Client.VirtualNetworks.CreateAsync(
                FormattableString.Invariant($"NAME = net{i}\nVN_MAD = dummy\nBRIDGE = b\nAR = [ TYPE = IP4, IP = 10.0.{i}.1, SIZE = 100 ]"),
                    cancellationToken: Ct);
            await _world.Client.VirtualNetworks.ChangePermissionsAsync(network, PermissionChange.ToOctal("604"), Ct);
        }

        // Who deletes a service template with all that belongs to it has to be allowed to.
        if (Owner == FlowServerWorld.Alice) await _world.Client.Templates.ChangeOwnerAsync(0, _world.Users["alice"], cancellationToken: Ct);
        if (_exchange.Id is { } id && _exchange.IsOfTemplate && _story.Template(id) is { } made) await PrepareTemplateAsync(id, made);
        if (_exchange.Id is { } serviceId && !_exchange.IsOfTemplate && _story.Service(serviceId) is { } instantiated) await PrepareServiceAsync(serviceId,
            instantiated);
        if (_exchange.TopMember == "DOCUMENT_POOL") await PrepareListAsync();
    }

    private async Task PrepareListAsync()
    {
        int template = await _world.CreateTemplateAsync(session: Owner);
        if (!_exchange.IsOfTemplate) await _world.InstantiateAsync(template, Owner);
    }

    private async Task PrepareTemplateAsync(int id, Exchange made)
    {
        Ids[id] = await _world.CreateTemplateAsync(made.Body, Owner);
        foreach (Exchange update in _story.Before(_exchange).Where(e => e.Id == id && IsUpdate(e) && ServerDeviations.Of(e) is null))
            await AssertDoneAsync(update.Verb, update.Path.Replace($"/{id}", $"/{Ids[id]}", StringComparison.Ordinal), update.Body);
        await _world.Client.Documents.ChangePermissionsAsync(Ids[id], PermissionChange.ToOctal(OthersMay()), Ct);
        bool isDeleted = _exchange is { Status: 404 } && _story.Before(_exchange).Any(e => e.Id == id && e is { Verb: "DELETE", Status: 204 });
        if (isDeleted) await AssertDoneAsync("DELETE", $"/service_template/{Ids[id]}", null);

        // The image that the copy would have was there already.
        if (_exchange.Text?.Contains("NAME is already taken", StringComparison.Ordinal) == true) await PrepareImagesAsync();
    }

    private async Task PrepareImagesAsync()
    {
        string copy = _exchange.Json!.Value.GetProperty("action").GetProperty("params").GetProperty("name").GetString()!;
        RpcValue image = await _world.Cloud.Rpc.CallAsync(new OpenNebulaCall("one.image.allocate", "NAME = img\nPATH = /tmp/i\nSIZE = 1", 1), Ct);
        await _world.Client.Templates.UpdateAsync(11, FormattableString.Invariant($"DISK = [ IMAGE_ID = {image.AsInt32()} ]"), cancellationToken: Ct);
        VmTemplate template = await _world.Client.Templates.GetAsync(11, cancellationToken: Ct);
        await _world.Cloud.Rpc.CallAsync(
            new OpenNebulaCall("one.image.allocate", $"NAME = \"{template.Name}-{copy}-disk-0\"\nPATH = /tmp/j\nSIZE = 1", 1), Ct);
    }

    private static bool IsUpdate(Exchange exchange) => exchange is { Verb: "PUT", Status: 200 } or { Perform: "update", Status: 204 };

    private string OthersMay() =>
        _exchange.Session == FlowServerWorld.Bob || _exchange.Text?.Contains("perform MANAGE", StringComparison.Ordinal) == true ? "604" : "600";

    private async Task PrepareServiceAsync(int id, Exchange made)
    {
        int template = await _world.CreateTemplateAsync(_story.Template(made.Id!.Value)!.Body, Owner);
        Reply reply = await _world.SendAsync("POST", $"/service_template/{template}/action", Owner, made.Body);
        Assert.True(reply.Status == 201, reply.Text);
        Ids[id] = reply.Id;
        await _world.Client.Documents.ChangePermissionsAsync(Ids[id], PermissionChange.ToOctal(OthersMay()), Ct);
        ServiceState state = SupposedState();
        if (state == ServiceState.Deploying) return;
        await ReachAsync(id, ServiceState.Running);
        if (_exchange.Answer is { } shown) await ApplyAsync(Ids[id], shown.GetProperty("DOCUMENT"));
        Exchange[] changes = [.. _story.Before(_exchange).Where(e => e.Id == id && e.Status == 204 && IsReplayed(e))];
        for (int i = 0; i < changes.Length; i++)
        {
            await AssertDoneAsync(changes[i].Verb, changes[i].Path.Replace($"/{id}", $"/{Ids[id]}", StringComparison.Ordinal), changes[i].Body);
            bool isLast = i == changes.Length - 1 && changes[i].Path.EndsWith("/scale", StringComparison.Ordinal);
            await ReachAsync(id, isLast && state is ServiceState.Scaling or ServiceState.Cooldown ? state : ServiceState.Running);
        }

        if (state is ServiceState.Undeploying or ServiceState.Done) await AssertDoneAsync("DELETE", $"/service/{Ids[id]}", null);
        if (state == ServiceState.Done) await _world.ElapseAsync(GoneAsync(Ids[id]));
    }

    private async Task<bool> GoneAsync(int id)
    {
        while ((await _world.SendAsync("GET", $"/service/{id}", Owner)).Status != 404) await Task.Delay(2, Ct);
        return true;
    }

    private Task ReachAsync(int id, ServiceState state) => _world.ReachAsync(Ids[id], state);

    // What else was changed shows in the answer; some exchanges that changed it are not among the recorded ones.
    private static bool IsReplayed(Exchange exchange) =>
        exchange.Path.EndsWith("/scale", StringComparison.Ordinal) || exchange.Path.EndsWith("/role_action", StringComparison.Ordinal);

    private ServiceState SupposedState()
    {
        string text = _exchange.Text ?? "";
        string note = _exchange.Note.ToUpperInvariant();
        if (_exchange.Status == 404 && _story.Before(_exchange).Any(e => e.Id == _exchange.Id
            && e is { Verb: "DELETE", Status: 204 })) return ServiceState.Done;
        if (text.Contains("in state: DEPLOYING", StringComparison.Ordinal)) return ServiceState.Deploying;
        if (text.Contains("in state: SCALING", StringComparison.Ordinal)
            || note.Contains("SHOW SCALING", StringComparison.Ordinal)) return ServiceState.Scaling;
        if (text.Contains("in state: COOLDOWN", StringComparison.Ordinal) || note.Contains("COOLDOWN", StringComparison.Ordinal)) return ServiceState.Cooldown;
        bool isGoing = note.Contains("WHILE UNDEPLOYING", StringComparison.Ordinal) || note.Contains("UNDEPLOY AGAIN", StringComparison.Ordinal);
        return isGoing ? ServiceState.Undeploying : ServiceState.Running;
    }

    private async Task ApplyAsync(int id, JsonElement document)
    {
        string name = document.GetProperty("NAME").GetString()!;
        if (name != (await _world.Engine.GetAsync(id)).Name) await AssertDoneAsync("POST", $"/service/{id}/action", Action("rename", "name", name));
        string octet = string.Concat(document.GetProperty("PERMISSIONS").EnumerateObject().Chunk(3)
            .Select(c => c.Aggregate(0, (n, bit) => (n * 2) + (bit.Value.ValueEquals("1") ? 1 : 0)).ToString(CultureInfo.InvariantCulture)));
        await AssertDoneAsync("POST", $"/service/{id}/action", Action("chmod", "octet", octet));
        JsonElement body = document.GetProperty("TEMPLATE").GetProperty("BODY");
        var texts = new JsonObject();
        foreach (string member in (string[])["description", "extra_attr"])
        {
            if (body.TryGetProperty(member, out JsonElement value)) texts[member] = JsonNode.Parse(value.GetRawText());
        }

        await AssertDoneAsync("PUT", $"/service/{id}", new JsonObject { ["append"] = true, ["template"] = texts.ToJsonString() }.ToJsonString());
    }

    private static string Action(string perform, string name, string value) =>
        $$$$"""{"action":{"perform":"{{{{perform}}}}","params":{"{{{{name}}}}":"{{{{value}}}}"}}}""";

    private async Task AssertDoneAsync(string verb, string path, string? body)
    {
        Reply reply = await _world.SendAsync(verb, path, Owner, body);
        Assert.True(reply.Status is 200 or 201 or 204, $"{verb} {path} {body}: {reply.Status} {reply.Text}");
    }

    private async Task<string?> BodyAsync()
    {
        if (_exchange is { Verb: "PUT", IsOfTemplate: false } && _exchange.Json is { ValueKind: JsonValueKind.Object } sent
            && sent.TryGetProperty("start_time", out _))
            return await WholeBodyAsync(sent);
        if (_exchange.Perform is "chown" or "chgrp") return Renumbered();
        return _exchange.Body;
    }

    // Clients read a service, change it and send it back: what only the server knows is that of the service here.
    private async Task<string> WholeBodyAsync(JsonElement sent)
    {
        Reply reply = await _world.SendAsync("GET", $"/service/{Ids[_exchange.Id!.Value]}", Owner);
        JsonObject body = JsonNode.Parse(reply.Body.GetRawText())!.AsObject();
        Overlay(body, sent, ["nodes", "log", "state", "start_time", "registration_time", "last_vmname", "roles", "cooldown"]);
        var roles = new JsonArray();
        foreach (JsonElement role in sent.GetProperty("roles").EnumerateArray())
        {
            JsonNode here = body["roles"]!.AsArray().Single(r => (string?)r!["name"] == role.GetProperty("name").GetString())!.DeepClone();
            Overlay(here.AsObject(), role, ["nodes", "state", "last_vmname", "cooldown"]);
            roles.Add(here);
        }

        body["roles"] = roles;
        return body.ToJsonString();
    }

    private static void Overlay(JsonObject target, JsonElement source, string[] except)
    {
        foreach (JsonProperty member in source.EnumerateObject()
            .Where(m => !except.Contains(m.Name))) target[member.Name] = JsonNode.Parse(member.Value.GetRawText());
    }

    private string Renumbered()
    {
        JsonNode body = JsonNode.Parse(_exchange.Body!)!;
        if (body["action"]!["params"] is not JsonObject parameters) return _exchange.Body!;
        if (parameters["owner_id"]?.ToString() is { } user && user is not ("0" or "9999")) parameters["owner_id"] = _world.Users["bob"];
        if (parameters["group_id"]?.ToString() is { } group && group != "0") parameters["group_id"] = _world.Group;
        return body.ToJsonString();
    }
}

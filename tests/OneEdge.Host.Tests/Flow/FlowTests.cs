using System.Text.Json;
using OneEdge.Testing;

namespace OneEdge.Host.Tests.Flow;

/// <summary>The commands of services and templates against a server of ours.</summary>
public sealed class FlowTests(FlowServer server) : IClassFixture<FlowServer>, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_is_made_scaled_and_deleted_and_each_command_that_waits_says_what_came_of_it()
    {
        HostRun made = (await server.RunAsync("flow", "template", "instantiate", "web", "--name", "life", "--wait")).Exits(0);
        string id = made.Out.Trim();
        Assert.Equal($"Service {id}: RUNNING\n", made.Error);
        string[] row = (await server.RunAsync("flow", "list")).Exits(0).Lines.Single(line => line.StartsWith(id + "\t", StringComparison.Ordinal)).Split('\t');
        Assert.Equal([id, "life", "oneadmin", "oneadmin", "RUNNING", "3", "4"], row[..7]);
        HostRun scaled = (await server.RunAsync("flow", "scale", "life", "worker", "3", "--wait")).Exits(0);
        Assert.Matches($"^Service {id}: (COOLDOWN|RUNNING)\n$", scaled.Error);
        Assert.Contains("worker\t", (await server.RunAsync("flow", "show", "life")).Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains((await server.RunAsync("flow", "show", id)).Exits(0).Lines, line => line.Contains("\t3/3\t0..16\tdb", StringComparison.Ordinal));
        HostRun deleted = (await server.RunAsync("flow", "delete", "life", "--wait")).Exits(0);
        Assert.Equal($"Service {id}: gone\n", deleted.Error);
        HostRun gone = (await server.RunAsync("flow", "show", id)).Exits(255);
        Assert.Contains($"OEF0473: show service {id}: ", gone.Error, StringComparison.Ordinal);
        Assert.Contains("(see: oneedge flow list)", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_and_show_give_programs_what_the_server_has()
    {
        string id = await server.MakeAsync("json");
        JsonElement pool = (await server.RunAsync("flow", "list", "--json")).Exits(0).Json;
        JsonElement listed = pool.GetProperty("DOCUMENT_POOL").GetProperty("DOCUMENT").EnumerateArray().Single(d => d.GetProperty("ID").GetString() == id);
        Assert.Equal("json", listed.GetProperty("NAME").GetString());
        JsonElement shown = (await server.RunAsync("flow", "show", "json", "--output", "json")).Exits(0).Json.GetProperty("DOCUMENT");
        Assert.Equal(2, shown.GetProperty("TEMPLATE").GetProperty("BODY").GetProperty("state").GetInt32());
        JsonElement templates = (await server.RunAsync("flow", "template", "list", "--json")).Exits(0).Json;
        Assert.Contains(templates.GetProperty("DOCUMENT_POOL").GetProperty("DOCUMENT").EnumerateArray(), d => d.GetProperty("NAME").GetString() == "web");
        HostRun template = (await server.RunAsync("flow", "template", "show", "web", "--json")).Exits(0);
        Assert.Equal("web", template.Json.GetProperty("DOCUMENT").GetProperty("NAME").GetString());
    }

    [Fact]
    public async Task Show_tells_people_of_roles_machines_and_the_log()
    {
        await server.MakeAsync("shown");
        HostRun run = (await server.RunAsync("flow", "show", "shown")).Exits(0);
        Assert.Contains("STATE\tRUNNING", run.Lines);
        Assert.Contains("web\tRUNNING\t2/2\t1..8\tdb", run.Lines);
        Assert.Contains(run.Lines, line => line.StartsWith("db\t", StringComparison.Ordinal) && line.EndsWith("\tdeployed", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.EndsWith("\tI\tNew state: RUNNING", StringComparison.Ordinal));
        HostRun table = (await HostRun.OfAsync(["flow", "show", "shown"], terminal: true, variables: server.Variables)).Exits(0);
        Assert.Contains("PARENTS", table.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_is_created_changed_copied_and_deleted()
    {
        string file = Write("""{"name": "small", "roles": [{"name": "a", "cardinality": 1, "vm_template": 0}]}""");
        string id = (await server.RunAsync("flow", "template", "create", file)).Exits(0).Out.Trim();
        string change = Write("""{"description": "changed"}""");
        (await server.RunAsync("flow", "template", "update", id, change, "--append")).Exits(0);
        Assert.Contains("\"changed\"", (await server.RunAsync("flow", "template", "show", id)).Exits(0).Out, StringComparison.Ordinal);
        JsonElement copy = (await server.RunAsync("flow", "template", "clone", id, "small-2", "--json")).Exits(0).Json;
        Assert.NotEqual(id, $"{copy.GetProperty("id").GetInt32()}");
        (await server.RunAsync("flow", "template", "rename", "small-2", "small-3")).Exits(0);
        (await server.RunAsync("flow", "template", "chmod", "small-3", "640")).Exits(0);
        Assert.Contains("PERMISSIONS\t640", (await server.RunAsync("flow", "template", "show", "small-3")).Exits(0).Lines);
        (await server.RunAsync("flow", "template", "delete", id, "small-3")).Exits(0);
        Assert.DoesNotContain("small", (await server.RunAsync("flow", "template", "list")).Exits(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_comes_from_standard_input_too()
    {
        HostRun run = (await HostRun.OfAsync(
            ["flow", "template", "create", "-"], input: """{"name": "piped", "roles": []}""", variables: server.Variables)).Exits(0);
        (await server.RunAsync("flow", "template", "delete", run.Out.Trim())).Exits(0);
    }

    [Fact]
    public async Task Template_that_the_server_refuses_is_explained_with_all_its_places()
    {
        string file = Write("""{"name": "bad", "deployment": "x", "roles": [{"name": "a b", "vm_template": 0}]}""");
        HostRun run = (await server.RunAsync("flow", "template", "create", file)).Exits(255);
        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        const string refused = "oneedge: error OEF0475: create a service template: KEY: 'deployment' must be one of none, straight;";
        Assert.StartsWith(refused, lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.StartsWith($"{file}: error OEF", line, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("$.deployment", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("$.roles[0].name", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Role_is_added_and_removed()
    {
        string id = await server.MakeAsync("roles");
        (await server.RunAsync("flow", "add-role", "roles", Write("""{"name": "cache", "cardinality": 1, "vm_template": 0}"""))).Exits(0);
        await SeenAsync(id, "role\tcache\tRUNNING");
        await UntilAsync("roles", "RUNNING");
        (await server.RunAsync("flow", "remove-role", "roles", "cache")).Exits(0);
        await UntilAsync("roles", "RUNNING");
        Assert.DoesNotContain((await server.RunAsync("flow", "show", "roles")).Exits(0).Lines, line => line.StartsWith("cache\t", StringComparison.Ordinal));
        HostRun unknown = (await server.RunAsync("flow", "remove-role", "roles", "cache")).Exits(255);
        Assert.Contains("OEF0474", unknown.Error, StringComparison.Ordinal);
        Assert.Contains($"(see: oneedge flow show {id})", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_is_changed_renamed_acted_on_and_given_away()
    {
        string id = await server.MakeAsync("changed");
        (await server.RunAsync("flow", "update", "changed", Write("""{"description": "other"}"""), "--append")).Exits(0);
        Assert.Contains("other", (await server.RunAsync("flow", "show", id, "--json")).Exits(0).Out, StringComparison.Ordinal);
        (await server.RunAsync("flow", "action", id, "reboot", "--role", "web", "--period", "60", "--number", "1")).Exits(0);
        (await server.RunAsync("flow", "chmod", id, "644")).Exits(0);
        (await server.RunAsync("flow", "chown", id, "0", "--group", "1")).Exits(0);
        (await server.RunAsync("flow", "chgrp", id, "0")).Exits(0);
        (await server.RunAsync("flow", "rename", id, "renamed")).Exits(0);
        Assert.Contains("PERMISSIONS\t644", (await server.RunAsync("flow", "show", "renamed")).Exits(0).Lines);
        (await server.RunAsync("flow", "recover", id, "--delete")).Exits(0);
        (await server.RunAsync("flow", "purge")).Exits(0);
    }

    [Fact]
    public async Task Service_on_hold_is_released()
    {
        string held = Write("""{"name": "held", "on_hold": true, "roles": [{"name": "a", "cardinality": 1, "vm_template": 0}]}""");
        (await server.RunAsync("flow", "template", "create", held)).Exits(0);
        HostRun made = (await server.RunAsync("flow", "template", "instantiate", "held", "--wait")).Exits(0);
        Assert.EndsWith(": HOLD\n", made.Error, StringComparison.Ordinal);
        HostRun released = (await server.RunAsync("flow", "release", made.Out.Trim(), "--wait")).Exits(0);
        Assert.EndsWith(": RUNNING\n", released.Error, StringComparison.Ordinal);
        HostRun again = (await server.RunAsync("flow", "release", made.Out.Trim())).Exits(255);
        Assert.Contains("OEF0476", again.Error, StringComparison.Ordinal);
        (await server.RunAsync("flow", "template", "delete", "held")).Exits(0);
    }

    [Fact]
    public async Task Service_that_fails_while_it_is_waited_for_is_exit_code_1()
    {
        string broken = Write("""{"name": "broken", "roles": [{"name": "a", "cardinality": 1, "vm_template": 4711}]}""");
        string id = (await server.RunAsync("flow", "template", "create", broken)).Exits(0).Out.Trim();
        HostRun run = (await server.RunAsync("flow", "template", "instantiate", id, "--wait")).Exits(1);
        Assert.EndsWith(": FAILED_DEPLOYING\n", run.Error, StringComparison.Ordinal);
        (await server.RunAsync("flow", "recover", run.Out.Trim(), "--force")).Exits(0);
        (await server.RunAsync("flow", "delete", run.Out.Trim(), "--wait")).Exits(0);
        (await server.RunAsync("flow", "template", "delete", id)).Exits(0);
    }

    [Fact]
    public async Task Events_tell_how_a_service_is_and_end_after_the_count()
    {
        string id = await server.MakeAsync("events");
        HostRun run = (await server.RunAsync("flow", "events", "events", "--count", "3", "--json")).Exits(0);
        JsonElement[] events = [.. run.Lines.Select(line => JsonElement.Parse(line))];
        Assert.Equal(["log", "log", "log"], events.Select(e => e.GetProperty("event").GetString()));
        Assert.All(events, e => Assert.Equal(id, $"{e.GetProperty("service").GetInt32()}"));
        Assert.Equal("New state: DEPLOYING_NETS", events[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task Events_end_when_the_service_is_gone()
    {
        string id = await server.MakeAsync("leaving");
        Task<HostRun> watch = server.RunAsync("flow", "events", id);
        (await server.RunAsync("flow", "delete", id)).Exits(0);
        HostRun run = (await watch.WaitAsync(HangLimit.Time, Ct)).Exits(0);
        Assert.Equal("gone", run.Lines[^1]);
        Assert.Contains("service\tUNDEPLOYING", run.Lines);
    }

    [Fact]
    public async Task Top_elsewhere_than_on_a_terminal_tells_each_change_once()
    {
        string id = await server.MakeAsync("top");
        HostRun once = (await server.RunAsync("flow", "top", "top", "--count", "3", "--interval", "0.01")).Exits(0);
        Assert.Equal(4, once.Lines.Count);
        Assert.Equal($"service\t{id}\ttop\tRUNNING", once.Lines[0]);
        Assert.Matches($"^role\t{id}\tdb\tRUNNING\t1/1\t[0-9]+ running$", once.Lines[1]);
        HostRun json = (await server.RunAsync("flow", "top", id, "--count", "1", "--json")).Exits(0);
        JsonElement service = Assert.Single(json.Json.GetProperty("services").EnumerateArray());
        Assert.Equal(["db", "web", "worker"], service.GetProperty("roles").EnumerateArray().Select(role => role.GetProperty("name").GetString()));
        Task<HostRun> watch = server.RunAsync("flow", "top", id, "--interval", "0.01");
        (await server.RunAsync("flow", "delete", id)).Exits(0);
        Assert.Contains($"service\t{id}\t\tgone", (await watch.WaitAsync(HangLimit.Time, Ct)).Exits(0).Lines);
    }

    [Fact]
    public async Task Top_on_a_terminal_draws_over_itself_and_leaves_the_last_look()
    {
        string id = await server.MakeAsync("drawn");
        HostRun run = (await HostRun.OfAsync(
            ["flow", "top", id, "--count", "2", "--interval", "0.01"], terminal: true, variables: server.Variables)).Exits(0);
        string[] screens = run.Out.Split("\e[?1049l");
        Assert.Equal(2, screens[0].Split("\e[H").Length - 1);
        Assert.Contains("██", screens[1], StringComparison.Ordinal);
        Assert.Contains("\e[32mRUNNING\e[0m", screens[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_that_nothing_or_several_things_have_is_an_error_that_says_what_to_type()
    {
        string first = await server.MakeAsync("twin"), second = await server.MakeAsync("twin");
        HostRun several = (await server.RunAsync("flow", "show", "twin")).Exits(255);
        Assert.Contains($"OEH0030: 2 of the services are called 'twin'. (use the id: {first}, {second})", several.Error, StringComparison.Ordinal);
        HostRun none = (await server.RunAsync("flow", "show", "TWI")).Exits(255);
        Assert.Contains("There is no service 'TWI'. (did you mean 'twin'?)", none.Error, StringComparison.Ordinal);
        (await server.RunAsync("flow", "delete", first, second)).Exits(0);
    }

    [Fact]
    public async Task Wrong_password_is_an_error_that_names_where_credentials_come_from_and_not_the_password()
    {
        string auth = Write("oneadmin:very-secret\n");
        HostRun run = (await server.RunAsync("flow", "list", "--auth", auth, "--json")).Exits(255);
        Assert.Contains("OEF0471", run.Error, StringComparison.Ordinal);
        Assert.Contains("--auth", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", run.Error + run.Out, StringComparison.Ordinal);
        Assert.Equal("OEF0471", Assert.Single(run.Json.GetProperty("errors").EnumerateArray()).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("VMS is 0 or more, not -1.", "flow", "scale", "5", "web", "-1")]
    [InlineData("Permissions are three digits", "flow", "chmod", "5", "9")]
    [InlineData("--interval is from 0.001 to 86400, not 0.", "flow", "top", "--interval", "0")]
    [InlineData("--delete and --force exclude each other.", "flow", "recover", "5", "--delete", "--force")]
    [InlineData("--timeout is from 1 to 2147483, not 0.", "flow", "delete", "5", "--wait", "--timeout", "0")]
    [InlineData("--speed needs --embedded.", "flow", "serve", "--speed", "2")]
    [InlineData("--listen is an address and a port", "flow", "serve", "--listen", "nowhere:x")]
    [InlineData("sideways", "flow", "template", "clone", "5", "copy", "--recursive", "sideways")]
    public async Task Argument_that_makes_no_sense_is_refused_before_anything_is_done(string told, params string[] arguments)
    {
        HostRun run = (await HostRun.OfAsync(arguments)).Exits(255);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    public void Dispose() => _directory.Dispose();

    private string Write(string text)
    {
        string file = Path.Combine(_directory.Path, Path.GetRandomFileName());
        File.WriteAllText(file, text);
        return file;
    }

    private async Task SeenAsync(string id, string line)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        using var output = new Recovery.WatchedOutput();
        var io = new HostIo(TextReader.Null, output, TextWriter.Null) { Variable = name => server.Variables.FirstOrDefault(v => v.Name == name).Value };
        Task seen = output.Seen(line);
        Task<int> watch = HostProgram.RunAsync(["flow", "events", id], io, stop.Token);
        await seen.WaitAsync(HangLimit.Time, Ct);
        await stop.CancelAsync();
        Assert.Equal(130, await watch);
    }

    private async Task UntilAsync(string service, string state)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!(await server.RunAsync("flow", "show", service)).Exits(0).Lines.Contains($"STATE\t{state}")) HangLimit.AssertNotReached(clock);
    }
}

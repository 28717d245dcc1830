using System.Text.Json;
using OneEdge.OpenNebula;

namespace OneEdge.Host.Tests;

public sealed class OneTests
{
    // Every kind of object, by its word on the command line and the element of its XML.
    public static TheoryData<string, string> Kinds => new()
    {
        { "vm", "VM" }, { "template", "VMTEMPLATE" }, { "vmgroup", "VM_GROUP" }, { "vrouter", "VROUTER" }, { "backupjob", "BACKUPJOB" },
        { "host", "HOST" }, { "cluster", "CLUSTER" }, { "zone", "ZONE" }, { "vdc", "VDC" }, { "image", "IMAGE" }, { "datastore", "DATASTORE" },
        { "market", "MARKETPLACE" }, { "marketapp", "MARKETPLACEAPP" }, { "vnet", "VNET" }, { "vntemplate", "VNTEMPLATE" }, { "secgroup", "SECURITY_GROUP" },
        { "user", "USER" }, { "group", "GROUP" }, { "acl", "ACL" }, { "document", "DOCUMENT" }, { "hook", "HOOK" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task List_of_every_kind_comes_as_a_pool_of_its_elements(string kind, string element)
    {
        HostRun run = (await HostRun.OfAsync("one", kind, "list", "--embedded", "--json")).Exits(0);
        JsonProperty pool = Assert.Single(run.Json.EnumerateObject());
        Assert.Equal($"{element}_POOL", pool.Name);
        Assert.Equal(JsonValueKind.Array, pool.Value.GetProperty(element).ValueKind);
        (await HostRun.OfAsync("one", kind, "list", "--embedded")).Exits(0);
    }

    [Fact]
    public async Task List_of_machines_has_a_line_for_each_the_newest_first()
    {
        HostRun run = (await HostRun.OfAsync("one", "vm", "list", "--embedded")).Exits(0);
        Assert.Equal(["2", "1", "0"], run.Lines.Select(l => l.Split('\t')[0]));
        Assert.All(run.Lines, l => Assert.Equal(["oneadmin", "oneadmin", "running", "0.5", "512M"], l.Split('\t')[2..7]));
    }

    [Fact]
    public async Task List_of_machines_on_a_terminal_is_a_table()
    {
        HostRun run = (await HostRun.OfAsync(["one", "vm", "list", "--embedded"], terminal: true)).Exits(0);
        Assert.Contains("MEMORY", run.Out, StringComparison.Ordinal);
        Assert.Contains("web-3", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--state", "done", 0)]
    [InlineData("--state", "active", 3)]
    [InlineData("--lcm-state", "running", 3)]
    [InlineData("--lcm-state", "prolog", 0)]
    [InlineData("--of", "mine", 3)]
    [InlineData("--of", "1", 0)]
    public async Task List_of_machines_can_be_chosen(string option, string value, int expected)
    {
        HostRun run = (await HostRun.OfAsync("one", "vm", "list", option, value, "--embedded")).Exits(0);
        Assert.Equal(expected, run.Lines.Count);
    }

    [Theory]
    [InlineData("--of", "nobody", "--of is all, mine, group or the id of a user")]
    [InlineData("--state", "asleep", "asleep")]
    public async Task List_refuses_what_it_does_not_know(string option, string value, string told)
    {
        HostRun run = (await HostRun.OfAsync("one", "vm", "list", option, value, "--embedded")).Exits(255);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task Show_tells_every_element_for_people_and_for_programs()
    {
        HostRun text = (await HostRun.OfAsync("one", "vm", "show", "1", "--embedded")).Exits(0);
        Assert.Contains("NAME\tweb-2", text.Lines);
        Assert.Contains("TEMPLATE/MEMORY\t512", text.Lines);
        HostRun json = (await HostRun.OfAsync("one", "vm", "show", "1", "--embedded", "--json")).Exits(0);
        JsonElement vm = json.Json.GetProperty("VM");
        Assert.Equal("web-2", vm.GetProperty("NAME").GetString());
        Assert.Equal("512", vm.GetProperty("TEMPLATE").GetProperty("MEMORY").GetString());
        Assert.Equal(JsonValueKind.Object, vm.GetProperty("MONITORING").ValueKind);
    }

    [Fact]
    public async Task Show_masks_secrets_for_people_unless_they_are_asked_for()
    {
        HostRun json = (await HostRun.OfAsync("one", "user", "show", "0", "--embedded", "--json")).Exits(0);
        string password = json.Json.GetProperty("USER").GetProperty("PASSWORD").GetString()!;
        HostRun masked = (await HostRun.OfAsync("one", "user", "show", "0", "--embedded")).Exits(0);
        Assert.Contains("PASSWORD\t***", masked.Lines);
        Assert.Contains("NAME\toneadmin", masked.Lines);
        Assert.DoesNotContain(password, masked.Out, StringComparison.Ordinal);
        HostRun shown = (await HostRun.OfAsync("one", "user", "show", "0", "--embedded", "--show-secrets")).Exits(0);
        Assert.Contains($"PASSWORD\t{password}", shown.Lines);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two\r\nlines\tand a tab", "two lines and a tab")]
    [InlineData("\u009b31mred\u0007", " 31mred ")]
    public void Name_that_somebody_chose_stays_in_its_cell(string name, string shown) => Assert.Equal(shown, OneEdge.Host.Cli.Screen.Cell(name));

    [Theory]
    [InlineData("--interval is from 0.001 to 86400, not 0.", "one", "events", "--embedded", "--interval", "0")]
    [InlineData("--count is 1 or more, not 0.", "one", "events", "--embedded", "--count", "0")]
    [InlineData("--vm is 0 or more, not -1.", "one", "events", "--embedded", "--vm", "-1")]
    [InlineData("--service is 0 or more, not -1.", "one", "events", "--embedded", "--service", "-1")]
    [InlineData("--timeout is from 1 to 2147483, not 0.", "one", "vm", "wait", "0", "running", "--embedded", "--timeout", "0")]
    [InlineData("ID is 0 or more, not -1.", "one", "vm", "show", "-1", "--embedded")]
    public async Task Number_that_makes_no_sense_is_refused_before_anything_is_done(string told, params string[] arguments)
    {
        HostRun run = (await HostRun.OfAsync(arguments)).Exits(255);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task Object_that_does_not_exist_is_an_error_with_its_code()
    {
        HostRun run = (await HostRun.OfAsync("one", "vm", "show", "77", "--embedded", "--json")).Exits(255);
        Assert.Equal("oneedge: error OEN0403: one.vm.info: Error getting virtual machine [77].", Assert.Single(run.Error.Trim().Split('\n')));
        Assert.Equal("OEN0403", Assert.Single(run.Json.GetProperty("errors").EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Machine_is_made_of_a_template_and_its_id_is_printed()
    {
        HostRun run = (await HostRun.OfAsync("one", "template", "instantiate", "0", "--name", "x", "--extra", "CPU = 2", "--embedded")).Exits(0);
        Assert.Equal("3\n", run.Out);
        HostRun wrong = (await HostRun.OfAsync("one", "template", "instantiate", "0", "--extra", "CPU =", "--embedded")).Exits(255);
        Assert.Contains("--extra(1,", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("terminate")]
    [InlineData("poweroff")]
    [InlineData("suspend")]
    [InlineData("stop")]
    [InlineData("undeploy")]
    [InlineData("reboot")]
    public async Task Machine_that_runs_can_be_acted_on(string action) => (await HostRun.OfAsync("one", "vm", action, "0", "--embedded")).Exits(0);

    [Fact]
    public async Task Action_that_the_state_does_not_allow_is_an_error_of_the_cloud()
    {
        HostRun run = (await HostRun.OfAsync("one", "vm", "resume", "0", "--embedded")).Exits(255);
        Assert.Contains("This action is not available for state RUNNING", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_ends_with_the_machine_that_has_come_to_the_state()
    {
        HostRun run = (await HostRun.OfAsync("one", "vm", "wait", "0", "running", "--embedded")).Exits(0);
        Assert.Equal("VirtualMachine 0 (web-1): running\n", run.Out);
        HostRun wrong = (await HostRun.OfAsync("one", "vm", "wait", "0", "asleep", "--embedded")).Exits(255);
        Assert.Contains("There is no state 'asleep'.", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_begin_with_a_gap_and_end_after_the_count()
    {
        HostRun run = (await HostRun.OfAsync("one", "events", "--embedded", "--count", "1", "--json")).Exits(0);
        JsonElement happened = JsonDocument.Parse(Assert.Single(run.Lines)).RootElement;
        Assert.Equal("gap", happened.GetProperty("event").GetString());
        Assert.Equal("started", happened.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Call_prints_the_answer_as_it_is()
    {
        HostRun text = (await HostRun.OfAsync("one", "call", "one.vm.info", "0", "--embedded")).Exits(0);
        Assert.StartsWith("<VM><ID>0</ID>", text.Out, StringComparison.Ordinal);
        HostRun json = (await HostRun.OfAsync("one", "call", "one.vm.allocate", "s:A-B=1", "b:false", "--embedded", "--json")).Exits(255);
        Assert.Contains("OEN", json.Error, StringComparison.Ordinal);
        HostRun id = (await HostRun.OfAsync("one", "call", "one.vm.allocate", "s:CPU=1\nMEMORY=1", "false", "--embedded", "--json")).Exits(0);
        Assert.Equal(3, id.Json.GetInt32());
    }

    [Theory]
    [InlineData("5", RpcValueKind.Int32)]
    [InlineData("i:-1", RpcValueKind.Int32)]
    [InlineData("l:5", RpcValueKind.Int64)]
    [InlineData("d:0.5", RpcValueKind.Double)]
    [InlineData("true", RpcValueKind.Boolean)]
    [InlineData("b:False", RpcValueKind.Boolean)]
    [InlineData("s:5", RpcValueKind.String)]
    [InlineData("i:x", RpcValueKind.String)]
    [InlineData("", RpcValueKind.String)]
    [InlineData("99999999999", RpcValueKind.String)]
    public void Argument_of_a_call_has_the_type_that_it_says_or_looks_like(string argument, RpcValueKind kind) =>
        Assert.Equal(kind, OneEdge.Host.One.CallCommand.Read(argument).Kind);

    [Fact]
    public async Task Cloud_that_cannot_be_reached_is_an_error_that_names_its_address_and_not_the_password()
    {
        using var directory = new OneEdge.Testing.TemporaryDirectory();
        string auth = Path.Combine(directory.Path, "auth");
        await File.WriteAllTextAsync(auth, "oneadmin:very-secret\n", TestContext.Current.CancellationToken);
        // Nobody listens on port 1 of the loopback.
        HostRun run = (await HostRun.OfAsync("one", "vm", "list", "--endpoint", "http://127.0.0.1:1/RPC2", "--auth", auth)).Exits(255);
        Assert.Contains("http://127.0.0.1:1/RPC2", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", run.Error + run.Out, StringComparison.Ordinal);
    }
}

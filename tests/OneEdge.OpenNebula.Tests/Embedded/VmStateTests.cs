using System.Globalization;
using System.Xml.Linq;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>The states that each action takes a machine through, as the messages tell them.</summary>
public sealed class VmStateTests : IDisposable
{
    private const string Template = "NAME=vm\nCPU=0.5\nMEMORY=128";

    private readonly EmbeddedCloud _cloud = new(new EmbeddedCloudOptions { Hosts = 2 });
    private readonly List<string> _states = [];
    private readonly IDisposable _listener;

    public VmStateTests() => _listener = _cloud.Listen(
        m => _states.Add(m.Topic[(m.Topic.IndexOf('/', StringComparison.Ordinal) + 1)..].TrimEnd()),
        topic => topic.StartsWith("EVENT VM ", StringComparison.Ordinal));

    public void Dispose()
    {
        _listener.Dispose();
        _cloud.Dispose();
    }

    /// <summary>What is done to a running machine, in order, and the states that the last action goes through.</summary>
    public static TheoryData<string, string> Sequences => new()
    {
        { "", "PENDING/LCM_INIT ACTIVE/LCM_INIT ACTIVE/PROLOG ACTIVE/BOOT ACTIVE/RUNNING" },
        { "terminate", "ACTIVE/SHUTDOWN ACTIVE/EPILOG DONE/LCM_INIT" },
        { "terminate-hard", "ACTIVE/SHUTDOWN ACTIVE/EPILOG DONE/LCM_INIT" },
        { "terminate terminate", "" },
        { "poweroff", "ACTIVE/SHUTDOWN_POWEROFF POWEROFF/LCM_INIT" },
        { "poweroff-hard resume", "ACTIVE/BOOT_POWEROFF ACTIVE/RUNNING" },
        { "poweroff terminate", "ACTIVE/EPILOG DONE/LCM_INIT" },
        { "poweroff undeploy", "ACTIVE/EPILOG_UNDEPLOY UNDEPLOYED/LCM_INIT" },
        { "suspend", "ACTIVE/SAVE_SUSPEND SUSPENDED/LCM_INIT" },
        { "suspend resume", "ACTIVE/BOOT_SUSPENDED ACTIVE/RUNNING" },
        { "suspend stop", "ACTIVE/EPILOG_STOP STOPPED/LCM_INIT" },
        { "stop", "ACTIVE/SAVE_STOP ACTIVE/EPILOG_STOP STOPPED/LCM_INIT" },
        { "stop resume", "PENDING/LCM_INIT ACTIVE/LCM_INIT ACTIVE/PROLOG_RESUME ACTIVE/BOOT_STOPPED ACTIVE/RUNNING" },
        { "undeploy", "ACTIVE/SHUTDOWN_UNDEPLOY ACTIVE/EPILOG_UNDEPLOY UNDEPLOYED/LCM_INIT" },
        { "undeploy-hard resume", "PENDING/LCM_INIT ACTIVE/LCM_INIT ACTIVE/PROLOG_UNDEPLOY ACTIVE/BOOT_UNDEPLOY ACTIVE/RUNNING" },
        { "undeploy terminate", "ACTIVE/EPILOG DONE/LCM_INIT" },
        { "reboot", "" },
        { "reboot-hard", "" },
        { "unresched", "" },
        { "resched", "ACTIVE/SAVE_MIGRATE ACTIVE/PROLOG_MIGRATE ACTIVE/BOOT_MIGRATE ACTIVE/RUNNING" },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public async Task Action_goes_through_the_states_of_the_core(string actions, string expected)
    {
        int id = await CreateAsync();
        foreach (string action in actions.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            _states.Clear();
            Assert.Equal(id, await _cloud.Rpc.IdAsync("one.vm.action", action, id));
        }

        Assert.Equal(expected, string.Join(' ', _states));
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "", "hold release resume nonsense" },
        { "poweroff", "poweroff poweroff-hard suspend stop hold release reboot" },
        { "suspend", "suspend poweroff undeploy hold resched" },
        { "stop", "stop suspend poweroff undeploy reboot" },
        { "undeploy", "undeploy stop poweroff" },
        { "terminate", "hold poweroff resume stop suspend undeploy reboot resched release" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Action_is_refused_in_other_states_and_changes_nothing(string before, string refused)
    {
        int id = await CreateAsync();
        if (before.Length > 0) await _cloud.Rpc.CallAsync("one.vm.action", before, id);
        XElement was = await _cloud.Rpc.XmlAsync("one.vm.info", id);
        string state = was.Value("STATE") switch
        {
            "3" => "RUNNING",
            "8" => "POWEROFF",
            "5" => "SUSPENDED",
            "4" => "STOPPED",
            "9" => "UNDEPLOYED",
            _ => "DONE",
        };
        foreach (string action in refused.Split(' '))
        {
            string message = action == "nonsense" ? "Action \"nonsense\" is not supported"
                : $"Error performing action \"{action}\": This action is not available for state {state}";
            await _cloud.Rpc.AssertRefusedAsync(2048, message, "one.vm.action", action, id);
        }

        Assert.Equal(was.ToString(), (await _cloud.Rpc.XmlAsync("one.vm.info", id)).ToString());
    }

    [Fact]
    public async Task Held_machine_waits_until_it_is_released_or_deployed()
    {
        int id = await _cloud.Rpc.IdAsync("one.vm.allocate", Template, true);
        Assert.Equal(["HOLD/LCM_INIT"], _states);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Error performing action \"hold\": This action is not available for state HOLD", "one.vm.action", "hold", id);
        await _cloud.Rpc.CallAsync("one.vm.action", "release", id);
        Assert.Equal("ACTIVE/RUNNING", _states[^1]);
        int other = await _cloud.Rpc.IdAsync("one.vm.allocate", Template, true);
        await _cloud.Rpc.CallAsync("one.vm.deploy", other, 1, false, -1, "");
        XElement vm = await _cloud.Rpc.XmlAsync("one.vm.info", other);
        Assert.Equal(("3", "host1:vm:dummy", "YES"), (vm.Value("LCM_STATE"), vm.Value("DEPLOY_ID"), vm.Value("TEMPLATE/SUBMIT_ON_HOLD")));
        await _cloud.Rpc.AssertRefusedAsync(2048, "Deploy action is not available for state RUNNING", "one.vm.deploy", other, 0, false, -1, "");
        await _cloud.Rpc.AssertRefusedAsync(1024, "Error getting host [4242].", "one.vm.deploy", other, 4242, false, -1, "");
    }

    [Theory]
    [InlineData(false, "ACTIVE/SAVE_MIGRATE ACTIVE/PROLOG_MIGRATE ACTIVE/BOOT_MIGRATE ACTIVE/RUNNING")]
    [InlineData(true, "ACTIVE/MIGRATE ACTIVE/RUNNING")]
    public async Task Migration_of_a_running_machine_moves_it_and_its_room(bool isLive, string expected)
    {
        int id = await CreateAsync();
        int from = await HostOfAsync(id);
        _states.Clear();
        await _cloud.Rpc.CallAsync("one.vm.migrate", id, 1 - from, isLive, false, -1, 0);
        Assert.Equal(expected, string.Join(' ', _states));
        Assert.Equal(1 - from, await HostOfAsync(id));
        Assert.Equal(["0", "131072"], [await UsageAsync(from), await UsageAsync(1 - from)]);
        await _cloud.Rpc.AssertRefusedAsync(
            2048, $"VM is already running on host [{1 - from}] and datastore [0]", "one.vm.migrate", id, 1 - from, isLive, false, -1, 0);
    }

    [Theory]
    [InlineData("poweroff", "ACTIVE/PROLOG_MIGRATE_POWEROFF POWEROFF/LCM_INIT")]
    [InlineData("suspend", "ACTIVE/PROLOG_MIGRATE_SUSPEND SUSPENDED/LCM_INIT")]
    public async Task Migration_of_a_machine_that_rests_leaves_it_so(string action, string expected)
    {
        int id = await CreateAsync();
        int from = await HostOfAsync(id);
        await _cloud.Rpc.CallAsync("one.vm.action", action, id);
        _states.Clear();
        await _cloud.Rpc.CallAsync("one.vm.migrate", id, 1 - from, false, false, -1, 0);
        Assert.Equal(expected, string.Join(' ', _states));
        Assert.Equal(["0", "131072"], [await UsageAsync(from), await UsageAsync(1 - from)]);
    }

    public static TheoryData<EmbeddedWork, string, string, string> Failures => new()
    {
        { EmbeddedWork.Prolog, "", "PENDING/LCM_INIT ACTIVE/LCM_INIT ACTIVE/PROLOG ACTIVE/PROLOG_FAILURE", "ACTIVE/PROLOG ACTIVE/BOOT ACTIVE/RUNNING" },
        { EmbeddedWork.Deploy, "", "PENDING/LCM_INIT ACTIVE/LCM_INIT ACTIVE/PROLOG ACTIVE/BOOT ACTIVE/BOOT_FAILURE", "ACTIVE/BOOT ACTIVE/RUNNING" },
        { EmbeddedWork.Epilog, "terminate", "ACTIVE/SHUTDOWN ACTIVE/EPILOG ACTIVE/EPILOG_FAILURE", "ACTIVE/EPILOG DONE/LCM_INIT" },
        { EmbeddedWork.Epilog, "stop", "ACTIVE/SAVE_STOP ACTIVE/EPILOG_STOP ACTIVE/EPILOG_STOP_FAILURE", "ACTIVE/EPILOG_STOP STOPPED/LCM_INIT" },
        {
            EmbeddedWork.Epilog, "undeploy", "ACTIVE/SHUTDOWN_UNDEPLOY ACTIVE/EPILOG_UNDEPLOY ACTIVE/EPILOG_UNDEPLOY_FAILURE",
            "ACTIVE/EPILOG_UNDEPLOY UNDEPLOYED/LCM_INIT"
        },
        {
            EmbeddedWork.Deploy, "stop resume", "PENDING/LCM_INIT ACTIVE/LCM_INIT ACTIVE/PROLOG_RESUME ACTIVE/BOOT_STOPPED ACTIVE/BOOT_STOPPED_FAILURE",
            "ACTIVE/BOOT_STOPPED ACTIVE/RUNNING"
        },
        { EmbeddedWork.Shutdown, "terminate", "ACTIVE/SHUTDOWN ACTIVE/RUNNING", "" },
        { EmbeddedWork.Shutdown, "poweroff", "ACTIVE/SHUTDOWN_POWEROFF ACTIVE/RUNNING", "" },
        { EmbeddedWork.Save, "suspend", "ACTIVE/SAVE_SUSPEND ACTIVE/RUNNING", "" },
        { EmbeddedWork.Deploy, "poweroff resume", "ACTIVE/BOOT_POWEROFF POWEROFF/LCM_INIT", null! },
        { EmbeddedWork.Deploy, "suspend resume", "ACTIVE/BOOT_SUSPENDED SUSPENDED/LCM_INIT", null! },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failure_leads_where_it_does_in_the_core_and_can_be_retried(EmbeddedWork work, string actions, string expected, string? retried)
    {
        string[] all = actions.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int id = 0;
        if (all.Length == 0)
        {
            using (_cloud.Script.Fail(work)) id = await _cloud.Rpc.IdAsync("one.vm.allocate", Template, false);
        }
        else
        {
            id = await CreateAsync();
            foreach (string action in all[..^1]) await _cloud.Rpc.CallAsync("one.vm.action", action, id);
            _states.Clear();
            using (_cloud.Script.Fail(work)) await _cloud.Rpc.CallAsync("one.vm.action", all[^1], id);
        }

        Assert.Equal(expected, string.Join(' ', _states));
        Assert.Contains("ERROR", (await _cloud.Rpc.XmlAsync("one.vm.info", id)).Value("USER_TEMPLATE/ERROR"), StringComparison.Ordinal);
        _states.Clear();
        if (retried is null)
        {
            OpenNebulaCallException error = await _cloud.Rpc.RefusedAsync("one.vm.recover", id, 2);
            Assert.Equal(2048, error.ServerCode);
            return;
        }

        await _cloud.Rpc.CallAsync("one.vm.recover", id, 2);
        Assert.Equal(retried, string.Join(' ', _states));
    }

    [Fact]
    public async Task Terminate_of_a_failed_machine_cleans_up()
    {
        int id;
        using (_cloud.Script.Fail(EmbeddedWork.Deploy)) id = await _cloud.Rpc.IdAsync("one.vm.allocate", Template, false);
        _states.Clear();
        await _cloud.Rpc.CallAsync("one.vm.action", "terminate", id);
        Assert.Equal(["ACTIVE/CLEANUP_DELETE", "DONE/LCM_INIT"], _states);
        Assert.Equal(["0", "0"], [await UsageAsync(0), await UsageAsync(1)]);
    }

    [Theory]
    [InlineData(0, "", "BOOT_FAILURE")]
    [InlineData(1, "ACTIVE/RUNNING", "RUNNING")]
    [InlineData(2, "ACTIVE/BOOT ACTIVE/RUNNING", "RUNNING")]
    [InlineData(3, "ACTIVE/CLEANUP_DELETE DONE/LCM_INIT", "DONE")]
    [InlineData(4, "ACTIVE/CLEANUP_RESUBMIT PENDING/LCM_INIT ACTIVE/LCM_INIT ACTIVE/PROLOG ACTIVE/BOOT ACTIVE/RUNNING", "RUNNING")]
    [InlineData(5, "DONE/LCM_INIT", "DONE")]
    public async Task Recover_does_what_its_number_says(int operation, string expected, string end)
    {
        int id;
        using (_cloud.Script.Fail(EmbeddedWork.Deploy)) id = await _cloud.Rpc.IdAsync("one.vm.allocate", Template, false);
        _states.Clear();
        Assert.Equal(id, await _cloud.Rpc.IdAsync("one.vm.recover", id, operation));
        Assert.Equal(expected, string.Join(' ', _states));
        XElement vm = await _cloud.Rpc.XmlAsync("one.vm.info", id);
        Assert.Equal(end, vm.Value("STATE") == "6" ? "DONE" : vm.Value("LCM_STATE") == "3" ? "RUNNING" : "BOOT_FAILURE");
        await _cloud.Rpc.AssertRefusedAsync(2048, "Wrong recovery operation code", "one.vm.recover", id, 6);
        await _cloud.Rpc.AssertRefusedAsync(1024, "Error getting virtual machine [4242].", "one.vm.recover", 4242, 2);
    }

    [Fact]
    public async Task Host_that_dies_loses_sight_of_its_machines_and_finds_them_again()
    {
        int id = await CreateAsync();
        int host = await HostOfAsync(id);
        _states.Clear();
        _cloud.Script.StopHost(host);
        Assert.Equal(["ACTIVE/UNKNOWN"], _states);
        Assert.Equal("3", (await _cloud.Rpc.XmlAsync("one.host.info", host)).Value("STATE"));
        _cloud.Script.StartHost(host);
        Assert.Equal(["ACTIVE/UNKNOWN", "ACTIVE/RUNNING"], _states);
        _cloud.Script.StopHost(host);
        await _cloud.Rpc.CallAsync("one.vm.migrate", id, 1 - host, false, false, -1, 0);
        Assert.Equal("ACTIVE/RUNNING", _states[^1]);
        Assert.Equal(1 - host, await HostOfAsync(id));
    }

    [Fact]
    public async Task Machine_that_fits_nowhere_waits_says_why_and_is_placed_when_there_is_room()
    {
        int first = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=8\nMEMORY=128", false);
        await _cloud.Rpc.CallAsync("one.vm.allocate", "CPU=8\nMEMORY=128", false);
        int third = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=8\nMEMORY=128", false);
        XElement waiting = await _cloud.Rpc.XmlAsync("one.vm.info", third);
        Assert.Equal("1", waiting.Value("STATE"));
        Assert.EndsWith(
            "Cannot dispatch VM: No host with enough capacity to deploy the VM", waiting.Value("USER_TEMPLATE/SCHED_MESSAGE"), StringComparison.Ordinal);
        await _cloud.Rpc.CallAsync("one.vm.action", "terminate", first);
        XElement placed = await _cloud.Rpc.XmlAsync("one.vm.info", third);
        Assert.Equal(("3", "one-2"), (placed.Value("LCM_STATE"), placed.Value("NAME")));
        Assert.Null(placed.Element("USER_TEMPLATE")!.Element("SCHED_MESSAGE"));
    }

    [Theory]
    [InlineData("NAME = \\\"host1\\\"", 1)]
    [InlineData("!(ID = 0) & CLUSTER_ID = 0", 1)]
    [InlineData("(NAME = \\\"x*\\\" | NAME = \\\"*0\\\")", 0)]
    public async Task Requirements_choose_the_host(string expression, int host)
    {
        for (int i = 0; i < 4; i++)
        {
            int id = await _cloud.Rpc.IdAsync("one.vm.allocate", $"{Template}\nSCHED_REQUIREMENTS=\"{expression}\"", false);
            Assert.Equal(host, await HostOfAsync(id));
        }
    }

    private async Task<int> CreateAsync() => await _cloud.Rpc.IdAsync("one.vm.allocate", Template, false);

    private async Task<int> HostOfAsync(int id) =>
        int.Parse((await _cloud.Rpc.XmlAsync("one.vm.info", id)).Element("HISTORY_RECORDS")!.Elements().Last().Value("HID"), CultureInfo.InvariantCulture);

    private async Task<string> UsageAsync(int host) => (await _cloud.Rpc.XmlAsync("one.host.info", host)).Value("HOST_SHARE/MEM_USAGE");
}

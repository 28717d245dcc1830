using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;
using OneEdge.OpenNebula.Embedded;

namespace OneEdge.OpenNebula.Tests.Embedded;

public sealed class ScheduleTests : IDisposable
{
    // A Friday.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
    private readonly EmbeddedCloud _cloud;

    public ScheduleTests() => _cloud = new EmbeddedCloud(new EmbeddedCloudOptions { TimeProvider = _time });

    public void Dispose() => _cloud.Dispose();

    [Theory]
    [InlineData(0, "1,5", 3)]
    [InlineData(0, "6", 1)]
    [InlineData(1, "1,15", 13)]
    [InlineData(1, "1", 30)]
    [InlineData(2, "0,100", 99)]
    public void Next_day_of_a_cycle_is_the_next_one_of_the_week_month_or_year(int repeat, string days, int after)
    {
        long now = _time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(now + (after * 86_400L), ActionCycle.Of(repeat, days).Next(now, now));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(7200, 1)]
    [InlineData(7201, 2)]
    [InlineData(14_400, 2)]
    public void Hours_are_added_until_they_are_not_in_the_past(long late, int steps)
    {
        Assert.Equal(1000 + (steps * 7200L), ActionCycle.Of(ActionCycle.Hourly, "2").Next(1000, 1000 + late));
    }

    [Fact]
    public async Task Repeated_action_ends_after_its_times()
    {
        int id = await CreateAsync();
        await PlanAsync(id, "ACTION=\"snapshot-create\",TIME=\"+3600\",ARGS=\"nightly\",REPEAT=3,DAYS=\"1\",END_TYPE=1,END_VALUE=2");
        _time.Advance(TimeSpan.FromHours(10));
        XElement vm = await InfoAsync(id);
        Assert.Equal(["nightly", "nightly"], vm.Element("TEMPLATE")!.Elements("SNAPSHOT").Select(s => s.Value("NAME")));
        Assert.Equal("0", Action(vm).Value("END_VALUE"));
    }

    [Fact]
    public async Task Repeated_action_ends_at_its_date()
    {
        int id = await CreateAsync();
        long end = _time.GetUtcNow().AddHours(3).ToUnixTimeSeconds();
        await PlanAsync(id, $"ACTION=\"snapshot-create\",TIME=\"+3600\",ARGS=\"s\",REPEAT=3,DAYS=\"1\",END_TYPE=2,END_VALUE={end}");
        _time.Advance(TimeSpan.FromHours(10));
        Assert.Equal(3, (await InfoAsync(id)).Element("TEMPLATE")!.Elements("SNAPSHOT").Count());
    }

    [Fact]
    public async Task All_actions_with_snapshots_take_their_arguments()
    {
        int id = await CreateAsync();
        await PlanAsync(id, "ACTION=\"snapshot-create\",TIME=\"+1\",ARGS=\"a\"");
        await PlanAsync(id, "ACTION=\"snapshot-revert\",TIME=\"+2\",ARGS=\"0\"");
        await PlanAsync(id, "ACTION=\"disk-snapshot-create\",TIME=\"+3\",ARGS=\"0, first\"");
        await PlanAsync(id, "ACTION=\"snapshot-delete\",TIME=\"+4\",ARGS=\"0\"");
        _time.Advance(TimeSpan.FromSeconds(5));
        XElement vm = await InfoAsync(id);
        Assert.Empty(vm.Element("TEMPLATE")!.Elements("SNAPSHOT"));
        Assert.Equal("first", vm.Value("SNAPSHOTS/SNAPSHOT/NAME"));
        Assert.All(vm.Element("TEMPLATE")!.Elements("SCHED_ACTION"), a => Assert.Equal((a.Value("TIME"), ""), (a.Value("DONE"), a.Value("MESSAGE"))));
    }

    [Fact]
    public async Task Action_that_cannot_be_done_says_why_and_is_done_when_the_machine_can()
    {
        int id = await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=64", true);
        await PlanAsync(id, "ACTION=\"poweroff\",TIME=\"+10\"");
        _time.Advance(TimeSpan.FromSeconds(20));
        XElement action = Action(await InfoAsync(id));
        Assert.Equal("-1", action.Value("DONE"));
        Assert.Contains("This action is not available for state HOLD", action.Value("MESSAGE"), StringComparison.Ordinal);
        await _cloud.Rpc.CallAsync("one.vm.action", "release", id);
        XElement vm = await InfoAsync(id);
        Assert.Equal(("8", ""), (vm.Value("STATE"), Action(vm).Value("MESSAGE")));
    }

    [Theory]
    [InlineData("ACTION=\"snapshot-revert\",ARGS=\"x\"", "Missing or malformed ARGS for: snapshot-revert. Format: snapshot-id")]
    [InlineData("ACTION=\"disk-snapshot-create\",ARGS=\"0\"", "Missing or malformed ARGS for: disk-snapshot-create. Format: disk-id, snapshot-name")]
    [InlineData("ACTION=\"backup\"", "Missing or malformed ARGS for: backup. Format: datastore-id, reset")]
    public async Task Arguments_that_are_missing_are_told(string action, string message)
    {
        int id = await CreateAsync();
        await PlanAsync(id, action + ",TIME=\"+1\"");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.EndsWith(message, Action(await InfoAsync(id)).Value("MESSAGE"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TIME=1", "No ACTION in template for Scheduled Action.")]
    [InlineData("ACTION=poweroff", "Unable to parse the time value or value is empty: ")]
    [InlineData("ACTION=poweroff,TIME=x", "Unable to parse the time value or value is empty: x")]
    [InlineData("ACTION=poweroff,TIME=4102444800,REPEAT=4", "Wrong REPEAT value: 4")]
    [InlineData("ACTION=poweroff,TIME=4102444800,REPEAT=0", "Repeat set, but DAYS are empty")]
    [InlineData("ACTION=poweroff,TIME=4102444800,REPEAT=3,DAYS=\"1,2\"", "Hours have to be in [0,168] range")]
    [InlineData("ACTION=poweroff,TIME=4102444800,END_TYPE=3", "Wrong END_TYPE value: 3")]
    [InlineData("ACTION=poweroff,TIME=4102444800,END_TYPE=1,END_VALUE=-2", "Error parsing END_VALUE, times has to be greater or equal to 0")]
    public async Task Action_that_makes_no_sense_is_refused_and_not_kept(string action, string message)
    {
        int id = await CreateAsync();
        await _cloud.Rpc.AssertRefusedAsync(2048, message, "one.vm.schedadd", id, $"SCHED_ACTION=[{action}]");
        Assert.Empty((await InfoAsync(id)).Element("TEMPLATE")!.Elements("SCHED_ACTION"));
    }

    private static XElement Action(XElement vm) => vm.Element("TEMPLATE")!.Element("SCHED_ACTION")!;

    private async Task<int> CreateAsync()
    {
        await _cloud.Rpc.CallAsync("one.image.allocate", "NAME=os\nPATH=/os", 1);
        return await _cloud.Rpc.IdAsync("one.vm.allocate", "CPU=1\nMEMORY=64\nDISK=[IMAGE=os]", false);
    }

    private Task PlanAsync(int id, string action) => _cloud.Rpc.CallAsync("one.vm.schedadd", id, $"SCHED_ACTION=[{action}]");

    private Task<XElement> InfoAsync(int id) => _cloud.Rpc.XmlAsync("one.vm.info", id);
}

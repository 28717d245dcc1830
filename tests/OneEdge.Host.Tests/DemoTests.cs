using System.Text.Json;

namespace OneEdge.Host.Tests;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_patches_upgrades_and_restores()
    {
        HostRun run = (await HostRun.OfAsync("demo")).Exits(0);
        Assert.Contains("+PORT                = 2634\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("conflict /etc/one/oned.conf MONITORING_INTERVAL: changed by both", run.Out, StringComparison.Ordinal);
        Assert.Contains("byte for byte", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("demo-secret", run.Out, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Demo_deploys_scales_heals_and_removes_a_service()
    {
        HostRun run = (await HostRun.OfAsync("demo")).Exits(0);
        Assert.Contains("web is Running\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("app has VM 5\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("It is whole again, without the host:\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("the service is gone\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_with_json_is_a_list_of_steps()
    {
        HostRun run = (await HostRun.OfAsync("demo", "--output", "json")).Exits(0);
        Assert.All(run.Json.GetProperty("steps").EnumerateArray(), step => Assert.NotEmpty(step.GetProperty("step").GetString()!));
        Assert.NotEqual(JsonValueKind.Undefined, run.Json.GetProperty("steps")[0].ValueKind);
    }

    [Fact]
    public async Task Demo_is_coloured_on_a_terminal() =>
        Assert.Contains("\u001b[", (await HostRun.OfAsync(["demo"], terminal: true)).Exits(0).Out, StringComparison.Ordinal);
}

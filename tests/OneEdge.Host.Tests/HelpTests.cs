namespace OneEdge.Host.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Commands =>
    [
        "config", "config patch", "config diff", "config get", "config set", "config validate", "config upgrade",
        "config backups", "config backups list", "config backups restore", "config backups prune", "demo", "completion",
        "one", "one vm list", "one vm show", "one vm wait", "one vm terminate", "one template instantiate", "one events", "one call",
        "replica", "replica status", "replica sync", "replica evict", "recovery", "recovery plan", "recovery run", "recovery list", "recovery restore",
        "tm", "tm install", "tm probe",
        "flow", "flow list", "flow show", "flow top", "flow events", "flow template", "flow template list", "flow template show", "flow template create",
        "flow template update", "flow template clone", "flow template delete", "flow template instantiate", "flow scale", "flow recover", "flow release",
        "flow update", "flow delete", "flow purge", "flow add-role", "flow remove-role", "flow action", "flow serve", "flow rename", "flow chown", "flow chgrp",
        "flow chmod",
    ];

    private static readonly string[] WithoutResult =
    [
        "config", "config backups", "completion", "one", "one vm terminate", "replica", "recovery", "tm", "tm probe", "flow", "flow template",
        "flow template update", "flow template delete", "flow scale", "flow recover", "flow release", "flow update", "flow delete", "flow purge",
        "flow add-role", "flow remove-role", "flow action", "flow rename", "flow chown", "flow chgrp", "flow chmod",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_of_every_command_has_examples(string command)
    {
        HostRun run = (await HostRun.OfAsync([.. command.Split(' '), "--help"])).Exits(0);
        Assert.Contains("Examples:\n  oneedge " + command.Split(' ')[0], run.Out, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_of_every_command_names_the_json_output(string command)
    {
        if (WithoutResult.Contains(command)) return;
        HostRun run = await HostRun.OfAsync([.. command.Split(' '), "--help"]);
        Assert.Contains("--output", run.Out, StringComparison.Ordinal);
        Assert.Contains("--json", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_help_lists_all_commands()
    {
        HostRun run = (await HostRun.OfAsync("--help")).Exits(0);
        string[] names = ["config", "one", "replica", "recovery", "tm", "flow", "demo", "completion"];
        Assert.All(names, name => Assert.Contains(name, run.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Config_help_lists_all_commands()
    {
        HostRun run = (await HostRun.OfAsync("config", "--help")).Exits(0);
        Assert.All(["patch", "diff", "get", "set", "validate", "upgrade", "backups"], name => Assert.Contains(name, run.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Version_is_the_informational_version()
    {
        HostRun run = (await HostRun.OfAsync("--version")).Exits(0);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", run.Out);
    }

    [Theory]
    [InlineData("config", "pach")]
    [InlineData("config", "patch", "--no-such-option", "a", "b")]
    [InlineData("nonsense")]
    [InlineData("config")]
    [InlineData("config", "backups", "prune")]
    [InlineData("config", "backups", "prune", "--keep", "-1")]
    [InlineData("config", "diff", "a", "b", "--release", "six")]
    [InlineData("config", "get", "a", "b", "--type", "nonsense")]
    public async Task Wrong_arguments_are_one_clickable_line_with_a_hint_and_exit_255(params string[] args)
    {
        HostRun run = (await HostRun.OfAsync(args)).Exits(255);
        Assert.Empty(run.Out);
        Assert.All(run.Error.TrimEnd('\n').Split('\n'), line => Assert.Matches(@"^oneedge: error OEH0001: .+ \(see: oneedge.* --help\)$", line));
    }

    [Fact]
    public async Task Wrong_arguments_are_json_when_json_is_asked_for()
    {
        HostRun run = (await HostRun.OfAsync("config", "backups", "prune", "--output", "json")).Exits(255);
        Assert.Equal("OEH0001", run.Json.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_argument_that_starts_with_at_is_no_response_file()
    {
        HostRun run = (await HostRun.OfAsync("config", "patch", "@nothing")).Exits(255);
        Assert.Contains("@nothing", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("esponse", run.Error, StringComparison.Ordinal);
    }
}

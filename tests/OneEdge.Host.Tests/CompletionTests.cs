using System.Diagnostics;
using OneEdge.Testing;

namespace OneEdge.Host.Tests;

public sealed class CompletionTests
{
    [Fact]
    public async Task Suggestions_name_the_commands_that_fit()
    {
        HostRun run = (await HostRun.OfAsync("[suggest:8]", "config p")).Exits(0);
        Assert.Contains("patch", run.Lines);
        Assert.DoesNotContain("diff", run.Lines);
    }

    [Fact]
    public async Task Suggestions_follow_the_tree_of_flow_commands()
    {
        HostRun commands = (await HostRun.OfAsync("[suggest:5]", "flow ")).Exits(0);
        Assert.All(["list", "show", "top", "events", "template", "scale", "recover", "serve"], name => Assert.Contains(name, commands.Lines));
        HostRun templates = (await HostRun.OfAsync("[suggest:16]", "flow template in")).Exits(0);
        Assert.Equal(["instantiate"], templates.Lines);
        HostRun actions = (await HostRun.OfAsync("[suggest:19]", "flow action web powe")).Exits(0);
        Assert.Equal(["poweroff", "poweroff-hard"], actions.Lines);
    }

    [Fact]
    public async Task Suggestions_name_the_values_of_an_option()
    {
        HostRun run = (await HostRun.OfAsync("[suggest:25]", "config diff a b --format ")).Exits(0);
        Assert.All(["text", "line", "yaml", "unified"], f => Assert.Contains(f, run.Lines));
    }

    [Theory]
    [InlineData("bash", "complete -o")]
    [InlineData("zsh", "#compdef oneedge")]
    [InlineData("fish", "complete -c oneedge")]
    public async Task Each_shell_has_a_script(string shell, string part)
    {
        HostRun run = (await HostRun.OfAsync("completion", shell)).Exits(0);
        Assert.Contains(part, run.Out, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bash_completes_a_command_through_the_script()
    {
        string bash = Tool.Require("bash", "bash");
        using var directory = new TemporaryDirectory();
        string program = Path.Combine(AppContext.BaseDirectory, "oneedge.dll");
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string shim = directory.Write("oneedge", $"#!/bin/sh\nexec \"{dotnet}\" \"{program}\" \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(shim, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        directory.Write("script", (await HostRun.OfAsync("completion", "bash")).Out + """

            COMP_LINE='oneedge config up' COMP_POINT=17 COMP_WORDS=(oneedge config up) COMP_CWORD=2
            _oneedge
            printf '%s\n' "${COMPREPLY[@]}"
            """);
        var start = new ProcessStartInfo(bash, [directory["script"]]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["PATH"] = directory.Path + ":" + Environment.GetEnvironmentVariable("PATH");
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("upgrade\n", output);
    }
}

using System.Text.Json;

namespace OneEdge.Host.Tests;

public sealed class PatchTests
{
    [Fact]
    public async Task Patch_from_a_file_changes_only_its_line_and_leaves_a_backup()
    {
        using var at = new Installation();
        string patch = at.Write("changes.txt", "/etc/one/oned.conf set PORT 2634\n");
        HostRun run = (await HostRun.OfAsync("config", "patch", patch, "--root", at.Root)).Exits(0);
        Assert.Equal(Installation.Oned.Replace("2633", "2634", StringComparison.Ordinal), at.Read("etc/one/oned.conf"));
        Assert.Empty(run.Out);
        Assert.Matches(@"^ANY   : Backup stored in '.+'\n$", run.Error);
    }

    [Theory]
    [InlineData("-")]
    [InlineData(null)]
    public async Task Patch_is_read_from_standard_input(string? file)
    {
        using var at = new Installation();
        string[] args = ["config", "patch", .. file is null ? Array.Empty<string>() : [file], "--prefix", at.Root, "-d"];
        HostRun run = (await HostRun.OfAsync(args, "/etc/one/oned.conf set PORT 2634\n/etc/one/oned.conf rm NOTHING\n")).Exits(1);
        Assert.Contains("INFO  : Patched '/etc/one/oned.conf' with 1/2 changes\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("INFO  : Applied 1/2 changes\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_without_input_on_a_terminal_says_so()
    {
        HostRun run = (await HostRun.OfAsync(["config", "patch"], terminal: true)).Exits(255);
        Assert.Equal("No patch file or data on standard input found.\n", run.Error);
    }

    [Fact]
    public async Task Patch_of_a_missing_file_fails_before_anything_else()
    {
        using var at = new Installation();
        HostRun run = (await HostRun.OfAsync("config", "patch", at["no-such-file"], "--root", at.Root)).Exits(255);
        Assert.Contains("no-such-file", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(at["var/lib/one/backups"]));
    }

    [Fact]
    public async Task Patch_of_an_unknown_format_names_the_known_ones()
    {
        HostRun run = (await HostRun.OfAsync(["config", "patch", "--format", "xml"], "")).Exits(255);
        Assert.Equal("Unsupported format 'xml'. Available formats - line, yaml\n", run.Error);
    }

    [Fact]
    public async Task All_saves_nothing_when_a_change_does_not_apply()
    {
        using var at = new Installation();
        HostRun run = (await HostRun.OfAsync(["config", "patch", "-a", "--root", at.Root], "/etc/one/oned.conf set PORT 2634\n/etc/one/oned.conf rm NOTHING\n"))
            .Exits(255);
        Assert.Contains("ERROR : Modifications not saved due to 1 unapplied changes!", run.Error, StringComparison.Ordinal);
        Assert.Equal(Installation.Oned, at.Read("etc/one/oned.conf"));
    }

    [Fact]
    public async Task Noop_writes_nothing_at_all()
    {
        using var at = new Installation();
        HostRun run = (await HostRun.OfAsync(["config", "patch", "-n", "--verbose", "--unprivileged", "--root", at.Root], "/etc/one/oned.conf set PORT 2634\n"))
            .Exits(0);
        Assert.Contains("INFO  : Changes ARE NOT saved in no-op mode!\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(Installation.Oned, at.Read("etc/one/oned.conf"));
        Assert.False(Directory.Exists(at["var/lib/one/backups"]));
    }

    [Fact]
    public async Task Json_holds_the_plan_and_the_log_stays_on_standard_error()
    {
        using var at = new Installation();
        HostRun run = (await HostRun.OfAsync(["config", "patch", "--output", "json", "--debug", "--root", at.Root],
            "/etc/one/oned.conf set DB/PASSWD \"\\\"new-secret\\\"\"\n/etc/one/oned.conf rm NOTHING\n")).Exits(1);
        Assert.Contains("DEBUG : Patching file '/etc/one/oned.conf'\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            (1, 2, true), (run.Json.GetProperty("applied").GetInt32(), run.Json.GetProperty("total").GetInt32(), run.Json.GetProperty("saved").GetBoolean()));
        Assert.NotEmpty(run.Json.GetProperty("backup").GetProperty("id").GetString()!);
        JsonElement[] changes = [.. run.Json.GetProperty("files")[0].GetProperty("changes").EnumerateArray()];
        Assert.Equal(["applied", "not-applied"], changes.Select(c => c.GetProperty("status").GetString()));
        Assert.NotNull(changes[1].GetProperty("reason").GetString());
        Assert.DoesNotContain("new-secret", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Debug_masks_secrets_unless_asked_to_show_them()
    {
        const string patch = "/etc/one/oned.conf set DB/PASSWD \"\\\"new-secret\\\"\"\n/etc/one/oned.conf set PORT 2634\n";
        using var at = new Installation();
        HostRun masked = (await HostRun.OfAsync(["config", "patch", "--noop", "--debug", "--root", at.Root], patch)).Exits(0);
        Assert.Contains("DEBUG : Patch [OK] replace set DB/PASSWD \"***\" \n", masked.Error, StringComparison.Ordinal);
        Assert.Contains("set PORT 2634 \n", masked.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("new-secret", masked.Error, StringComparison.Ordinal);
        HostRun shown = (await HostRun.OfAsync(["config", "patch", "--noop", "--debug", "--show-secrets", "--root", at.Root], patch)).Exits(0);
        Assert.Contains("set DB/PASSWD \"\\\"new-secret\\\"\" \n", shown.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/one/cli/onevm.yaml rm :ID/:tokens \"new-secret\"")]
    [InlineData("/var/lib/one/remotes/etc/vmm/kvm/kvmrc set PASSWORD \"new-secret'\"")]
    public async Task Reason_of_a_refusal_does_not_tell_a_secret(string line)
    {
        using var at = new Installation();
        HostRun run = await HostRun.OfAsync(
            ["config", "patch", "--debug", "--output", "json", "--root", at.Root], $"/etc/one/cli/onevm.yaml ins :ID/:tokens [1]\n{line}\n");
        Assert.DoesNotContain("new-secret", run.Error + run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_patch_is_told_with_file_line_and_column()
    {
        using var at = new Installation();
        string patch = at.Write("changes.txt", "\n/etc/one/oned.conf frobnicate PORT\n/etc/one/onde.conf set PORT 1\n");
        HostRun run = (await HostRun.OfAsync("config", "patch", patch, "--root", at.Root, "--json")).Exits(255);
        Assert.Contains($"{patch}(2,1): error OEC1203: ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{patch}(3,1): error OEC1202: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.Json.GetProperty("errors")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task Backups_go_where_the_option_or_else_the_environment_says()
    {
        using var at = new Installation();
        string named = at["named"], chosen = at["chosen"];
        (await HostRun.OfAsync(["config", "patch", "--root", at.Root], "/etc/one/oned.conf set PORT 1\n", variables: [("ONECFG_BACKUP_DIR", named)])).Exits(0);
        Assert.Single(Directory.GetDirectories(named), d => !Path.GetFileName(d).StartsWith('.'));
        (await HostRun.OfAsync(
            ["config", "patch", "--root", at.Root, "--backup-dir", chosen], "/etc/one/oned.conf set PORT 2\n", variables: [("ONECFG_BACKUP_DIR", named)]))
            .Exits(0);
        Assert.Single(Directory.GetDirectories(chosen), d => !Path.GetFileName(d).StartsWith('.'));
    }

    [Fact]
    public async Task A_cancelled_run_exits_130_and_writes_nothing()
    {
        using var at = new Installation();
        using var error = new StringWriter();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var io = new HostIo(new StringReader("/etc/one/oned.conf set PORT 1\n"), TextWriter.Null, error);
        Assert.Equal(130, await HostProgram.RunAsync(["config", "patch", "--root", at.Root], io, stop.Token));
        Assert.Equal(Installation.Oned, at.Read("etc/one/oned.conf"));
        Assert.Contains("cancelled", error.ToString(), StringComparison.Ordinal);
    }
}

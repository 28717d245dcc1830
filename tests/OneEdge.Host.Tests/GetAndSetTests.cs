namespace OneEdge.Host.Tests;

public sealed class GetAndSetTests
{
    [Theory]
    [InlineData("/etc/one/oned.conf", "PORT", "2633\n")]
    [InlineData("/etc/one/oned.conf", "DB/BACKEND", "\"sqlite\"\n")]
    [InlineData("/etc/one/cli/onevm.yaml", ":ID/:size", "6\n")]
    [InlineData("/var/lib/one/remotes/etc/vmm/kvm/kvmrc", "SHUTDOWN_TIMEOUT", "180\n")]
    public async Task Get_prints_the_value_as_it_stands_in_the_file(string file, string path, string expected)
    {
        using var at = new Installation();
        Assert.Equal(expected, (await HostRun.OfAsync("config", "get", file, path, "--root", at.Root)).Exits(0).Out);
    }

    [Fact]
    public async Task Get_reads_an_ordinary_file_by_the_end_of_its_path_or_its_type()
    {
        using var at = new Installation();
        Assert.Equal("2633\n", (await HostRun.OfAsync("config", "get", at.OnedFile, "PORT")).Exits(0).Out);
        string copy = at.Write("copy.txt", Installation.Oned);
        Assert.Equal("2633\n", (await HostRun.OfAsync("config", "get", copy, "PORT", "--type", "oned")).Exits(0).Out);
    }

    [Fact]
    public async Task Get_prints_json()
    {
        using var at = new Installation();
        HostRun run = (await HostRun.OfAsync("config", "get", "/etc/one/cli/onevm.yaml", ":ID", "--root", at.Root, "--json")).Exits(0);
        Assert.Equal(6, run.Json.GetProperty("value").GetProperty(":size").GetInt32());
    }

    [Fact]
    public async Task Get_masks_secrets_inside_of_a_section_and_shows_one_that_is_asked_for()
    {
        using var at = new Installation();
        await HostRun.OfAsync("config", "set", "/etc/one/oned.conf", "DB/PASSWD", "\"\\\"sesame\\\"\"", "--root", at.Root);
        string[] all = ["config", "get", "/etc/one/oned.conf", "DB", "--root", at.Root];
        HostRun masked = (await HostRun.OfAsync(all)).Exits(0);
        Assert.Contains("\"PASSWD\":\"***\"", masked.Out, StringComparison.Ordinal);
        Assert.Contains("sqlite", masked.Out, StringComparison.Ordinal);
        Assert.Contains("sesame", (await HostRun.OfAsync([.. all, "--show-secrets"])).Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("sesame", (await HostRun.OfAsync([.. all, "--json"])).Exits(0).Out, StringComparison.Ordinal);
        Assert.Equal("\"sesame\"\n", (await HostRun.OfAsync("config", "get", "/etc/one/oned.conf", "DB/PASSWD", "--root", at.Root)).Exits(0).Out);
    }

    [Fact]
    public async Task Get_of_nothing_exits_1_and_names_the_keys_that_are_there()
    {
        using var at = new Installation();
        HostRun run = (await HostRun.OfAsync("config", "get", "/etc/one/oned.conf", "DB/BACKENT", "--root", at.Root)).Exits(1);
        Assert.Empty(run.Out);
        Assert.StartsWith("/etc/one/oned.conf: error OEH0004: There is no value at DB/BACKENT. (DB has BACKEND, PASSWD)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_of_an_unknown_file_is_an_error()
    {
        using var at = new Installation();
        HostRun run = (await HostRun.OfAsync("config", "get", "/etc/one/onde.conf", "PORT", "--root", at.Root)).Exits(255);
        Assert.Contains("error OEC1202: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_changes_one_value_and_leaves_a_backup()
    {
        using var at = new Installation();
        HostRun run = (await HostRun.OfAsync("config", "set", "/etc/one/oned.conf", "PORT", "2634", "--root", at.Root)).Exits(0);
        Assert.Equal(Installation.Oned.Replace("2633", "2634", StringComparison.Ordinal), at.Read("etc/one/oned.conf"));
        Assert.StartsWith("/etc/one/oned.conf set PORT 2634\nbackup ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_masks_a_secret_in_what_it_prints()
    {
        using var at = new Installation();
        HostRun run = (await HostRun.OfAsync("config", "set", "/etc/one/oned.conf", "DB/PASSWD", "\"\\\"sesame\\\"\"", "--root", at.Root)).Exits(0);
        Assert.Contains("sesame", at.Read("etc/one/oned.conf"), StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_takes_negative_numbers_and_symbols()
    {
        using var at = new Installation();
        (await HostRun.OfAsync("config", "set", "/etc/one/cli/onevm.yaml", ":ID/:size", "-5", "--root", at.Root)).Exits(0);
        (await HostRun.OfAsync("config", "set", "/etc/one/cli/onevm.yaml", ":ID/:kind", "\":wide\"", "--root", at.Root)).Exits(0);
        Assert.Contains(":size: -5   # columns\n", at.Read("etc/one/cli/onevm.yaml"), StringComparison.Ordinal);
        Assert.Contains(":kind: :wide\n", at.Read("etc/one/cli/onevm.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_of_an_ordinary_file_replaces_it_in_place()
    {
        using var at = new Installation();
        string file = at.Write("my.yaml", "a: 1 # one\nb: 2\n");
        HostRun run = (await HostRun.OfAsync("config", "set", file, "a", "3", "--type", "yaml", "-o", "json")).Exits(0);
        Assert.Equal("a: 3 # one\nb: 2\n", File.ReadAllText(file));
        Assert.True(run.Json.GetProperty("saved").GetBoolean());
    }

    [Fact]
    public async Task Set_of_what_is_no_json_names_the_error()
    {
        using var at = new Installation();
        HostRun run = (await HostRun.OfAsync("config", "set", "/etc/one/oned.conf", "PORT", "{", "--root", at.Root)).Exits(255);
        Assert.StartsWith("JSON: error OEC1101: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(Installation.Oned, at.Read("etc/one/oned.conf"));
    }
}

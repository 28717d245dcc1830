using System.Text.Json;

namespace OneEdge.Host.Tests;

public sealed class DiffTests
{
    private static readonly string Newer = Installation.Oned.Replace("2633", "2634", StringComparison.Ordinal)
        .Replace("hush-hush", "sesame", StringComparison.Ordinal);

    [Fact]
    public async Task Equal_files_differ_in_nothing()
    {
        using var at = new Installation();
        HostRun run = (await HostRun.OfAsync("config", "diff", at.OnedFile, at.OnedFile)).Exits(0);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task Text_masks_secrets_unless_asked_to_show_them()
    {
        using Installation old = new(), @new = new(Newer);
        HostRun masked = (await HostRun.OfAsync("config", "diff", old.OnedFile, @new.OnedFile)).Exits(1);
        Assert.Equal("/etc/one/oned.conf\n- set PORT \"2634\"\n- set DB/PASSWD \"***\"\n", masked.Out);
        HostRun shown = (await HostRun.OfAsync("config", "diff", old.OnedFile, @new.OnedFile, "--show-secrets")).Exits(1);
        Assert.Contains("sesame", shown.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("line")]
    [InlineData("yaml")]
    public async Task A_patch_of_two_trees_turns_the_old_tree_into_the_new_one(string format)
    {
        using Installation old = new(), @new = new(Newer, Installation.Kvmrc.Replace("180", "300", StringComparison.Ordinal));
        HostRun diff = (await HostRun.OfAsync("config", "diff", old.Root, @new.Root, "--format", format)).Exits(1);
        Assert.Contains("sesame", diff.Out, StringComparison.Ordinal);
        (await HostRun.OfAsync(["config", "patch", "--all", "--root", old.Root, "--format", format], diff.Out)).Exits(0);
        (await HostRun.OfAsync("config", "diff", old.Root, @new.Root)).Exits(0);
        Assert.Equal(@new.Read("etc/one/oned.conf"), old.Read("etc/one/oned.conf"));
    }

    [Fact]
    public async Task Unified_is_the_difference_of_the_texts_with_secrets_masked()
    {
        using Installation old = new(), @new = new(Newer);
        HostRun run = (await HostRun.OfAsync("config", "diff", old.OnedFile, @new.OnedFile, "--format", "unified")).Exits(1);
        Assert.StartsWith($"--- {old.OnedFile}\n+++ {@new.OnedFile}\n@@ ", run.Out, StringComparison.Ordinal);
        Assert.Contains("+PORT = 2634  # clients\n", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_in_one_tree_only_are_told()
    {
        using Installation old = new(), @new = new();
        File.Delete(@new["etc/one/cli/onevm.yaml"]);
        HostRun text = (await HostRun.OfAsync("config", "diff", old.Root, @new.Root)).Exits(1);
        Assert.Equal("/etc/one/cli/onevm.yaml\n- only in OLD\n", text.Out);
        HostRun line = (await HostRun.OfAsync("config", "diff", old.Root, @new.Root, "--format", "line")).Exits(1);
        Assert.Empty(line.Out);
        Assert.Contains("/etc/one/cli/onevm.yaml: warning OEH0006: ", line.Error, StringComparison.Ordinal);
        HostRun unified = (await HostRun.OfAsync("config", "diff", old.Root, @new.Root, "--format", "unified")).Exits(1);
        Assert.StartsWith("--- a/etc/one/cli/onevm.yaml\n+++ /dev/null\n", unified.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_carries_paths_and_values()
    {
        using Installation old = new(), @new = new(Newer);
        HostRun run = (await HostRun.OfAsync("config", "diff", old.Root, @new.Root, "-o", "json")).Exits(1);
        JsonElement file = Assert.Single(run.Json.GetProperty("files").EnumerateArray());
        JsonElement change = file.GetProperty("changes")[0];
        Assert.Equal(("set", "PORT", "2634", "2633"), (
            change.GetProperty("action").GetString(), change.GetProperty("path").GetString(), change.GetProperty("value").GetString(), change.GetProperty("old")
                .GetString()));
    }

    [Fact]
    public async Task An_unknown_format_is_refused_in_the_words_of_the_original()
    {
        HostRun run = (await HostRun.OfAsync("config", "diff", "a", "b", "--format", "xml")).Exits(255);
        Assert.Equal("Unsupported format 'xml'. Available formats - text, line, yaml, unified\n", run.Error);
    }

    [Fact]
    public async Task A_file_of_an_unknown_name_needs_a_type()
    {
        using var at = new Installation();
        string old = at.Write("a.txt", "x: 1\n"), @new = at.Write("b.txt", "x: 2\n");
        HostRun refused = (await HostRun.OfAsync("config", "diff", old, @new)).Exits(255);
        Assert.StartsWith($"{old}: error OEH0003: ", refused.Error, StringComparison.Ordinal);
        HostRun typed = (await HostRun.OfAsync("config", "diff", old, @new, "--type", "yaml")).Exits(1);
        Assert.Contains("- set x 2\n", typed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_does_not_parse_is_told_with_its_place()
    {
        using Installation old = new(), @new = new(Installation.Oned + "THIS IS NOTHING\n");
        HostRun run = (await HostRun.OfAsync("config", "diff", old.Root, @new.Root)).Exits(255);
        Assert.Matches(@"etc/one/oned\.conf\(\d+,\d+\): error OEC1011: ", run.Error);
    }
}

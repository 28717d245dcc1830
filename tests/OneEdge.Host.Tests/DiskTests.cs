using System.Diagnostics;
using OneEdge.Storage;
using OneEdge.Testing;

namespace OneEdge.Host.Tests;

public sealed class DiskTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Top => _directory["top.qcow2"];

    [Fact]
    public async Task Chain_is_made_shown_checked_verified_and_flattened()
    {
        await MakeAsync();
        HostRun chain = (await HostRun.OfAsync("disk", "chain", Top)).Exits(0);
        Assert.Equal(2, chain.Lines.Count);
        Assert.Contains("└ ", chain.Lines[1], StringComparison.Ordinal);
        Assert.Contains("base.qcow2", chain.Lines[1], StringComparison.Ordinal);
        Assert.Contains("no errors", (await HostRun.OfAsync("disk", "check", Top)).Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("all 10 MiB of the guest can be read", (await HostRun.OfAsync("disk", "verify", Top)).Exits(0).Out, StringComparison.Ordinal);
        (await HostRun.OfAsync("disk", "flatten", Top, _directory["flat.qcow2"])).Exits(0);
        HostRun info = (await HostRun.OfAsync("disk", "info", _directory["flat.qcow2"], "--json")).Exits(0);
        Assert.Equal(10 << 20, info.Json.GetProperty("virtual-size").GetInt64());
        Assert.False(info.Json.TryGetProperty("backing-filename", out _));
    }

    [Fact]
    public async Task Snapshot_is_copied_by_its_name_and_one_that_is_none_is_told()
    {
        await MakeAsync();
        using Process snapshot = Process.Start(Tool.Require("qemu-img", "qemu-utils"), ["snapshot", "-c", "before", Top]);
        await snapshot.WaitForExitAsync(TestContext.Current.CancellationToken);
        (await HostRun.OfAsync("disk", "flatten", Top, _directory["flat.qcow2"], "--snapshot", "before")).Exits(0);
        HostRun info = (await HostRun.OfAsync("disk", "info", _directory["flat.qcow2"], "--json")).Exits(0);
        Assert.Equal(10 << 20, info.Json.GetProperty("virtual-size").GetInt64());
        HostRun none = (await HostRun.OfAsync("disk", "flatten", Top, _directory["x"], "--snapshot", "nosuch")).Exits(255);
        Assert.Contains("1 (before)", none.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_directory["x"]));
    }

    [Fact]
    public async Task Data_file_is_made_with_the_image()
    {
        string image = _directory["image"], data = _directory["data"];
        (await HostRun.OfAsync("disk", "create", image, "--size", "10M", "--data-file", data, "--raw-data")).Exits(0);
        Assert.Equal(10 << 20, new FileInfo(data).Length);
        HostRun info = (await HostRun.OfAsync("disk", "info", image, "--json")).Exits(0);
        Assert.Equal(data, info.Json.GetProperty("format-specific").GetProperty("data").GetProperty("data-file").GetString());
        (await HostRun.OfAsync("disk", "verify", image)).Exits(0);
    }

    [Fact]
    public async Task Json_is_that_of_qemu_img()
    {
        await MakeAsync();
        Assert.Equal(2, (await HostRun.OfAsync("disk", "chain", Top, "--json")).Exits(0).Json.GetArrayLength());
        Assert.Equal(10 << 20, (await HostRun.OfAsync("disk", "map", Top, "--json")).Exits(0).Json[0].GetProperty("length").GetInt64());
        Assert.Equal(0, (await HostRun.OfAsync("disk", "check", Top, "--json")).Exits(0).Json.GetProperty("check-errors").GetInt32());
        Assert.Equal(10 << 20, (await HostRun.OfAsync("disk", "measure", Top, "--json")).Exits(0).Json.GetProperty("required").GetInt64());
    }

    [Fact]
    public async Task Damaged_image_has_the_exit_code_of_qemu_img()
    {
        await MakeAsync();
        // The first refcount block: the header cluster gets the refcount 0.
        await using (FileStream file = File.OpenWrite(Top))
        {
            file.Position = 2 << 16;
            file.Write([0, 0]);
        }

        HostRun check = (await HostRun.OfAsync("disk", "check", Top)).Exits(2);
        Assert.Contains("corruptions", check.Out, StringComparison.Ordinal);
        (await HostRun.OfAsync("disk", "verify", Top)).Exits(255);
    }

    [Theory]
    [InlineData("disk", "info", "nosuch", "OES0001")]
    [InlineData("disk", "chain", "nosuch", "OES0001")]
    [InlineData("disk", "create", "x.qcow2", "OEH0001")]
    [InlineData("disk", "create", "x.qcow2", "--size", "many", "OEH0001")]
    [InlineData("disk", "create", "x.qcow2", "--size", "1M", "--raw-data", "OEH0001")]
    [InlineData("disk", "create", "x.qcow2", "many", "OEH0001")]
    [InlineData("disk", "create", "x.qcow2", "1M", "--size", "1M", "OEH0001")]
    [InlineData("disk", "create", "x.qcow2", "--size", "99999999999G", "OEH0001")]
    public async Task Wrong_arguments_are_told_and_nothing_is_made(params string[] words)
    {
        string[] args = [.. words[..^1].Select(w => w is "nosuch" or "x.qcow2" ? _directory[w] : w)];
        HostRun run = (await HostRun.OfAsync(args)).Exits(255);
        Assert.Contains(words[^1], run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_directory.Path));
    }

    [Fact]
    public async Task File_of_that_name_is_not_replaced()
    {
        await MakeAsync();
        byte[] before = await File.ReadAllBytesAsync(Top, TestContext.Current.CancellationToken);
        Assert.Contains(
            StorageErrorCodes.AlreadyExists, (await HostRun.OfAsync("disk", "create", Top, "--size", "1M")).Exits(255).Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Top, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _directory.Dispose();

    private async Task MakeAsync()
    {
        (await HostRun.OfAsync("disk", "create", _directory["base.qcow2"], "10M")).Exits(0);
        (await HostRun.OfAsync("disk", "create", Top, "--backing", "base.qcow2")).Exits(0);
    }
}

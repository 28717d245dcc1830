namespace OneEdge.Storage.Tests;

public sealed class SampleTests
{
    [Fact]
    public async Task Sample_shows_chain_cache_and_recovery_and_leaves_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Its hosts run Linux.");
        Tool.Require("rsync", "rsync");
        using var temporary = new TemporaryDirectory();
        SampleProgram sample = await SampleProgram.RunAsync("Storage", temporary.Path);
        Assert.Empty(sample.Error);
        Assert.Equal(0, sample.ExitCode);
        Assert.Contains("the guest sees what was written: True\n", sample.Out, StringComparison.Ordinal);
        Assert.Contains("two asked for datastores/1/0a1b2c3d, 1 copied it\n", sample.Out, StringComparison.Ordinal);
        Assert.Contains("evicted: 1/0a1b2c3d\n", sample.Out, StringComparison.Ordinal);
        Assert.EndsWith("the disk is back: True\n", sample.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
    }
}

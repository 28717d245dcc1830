namespace OneEdge.Flow.Tests;

public sealed class SampleTests
{
    [Fact]
    public async Task Sample_deploys_scales_heals_and_undeploys()
    {
        using var temporary = new TemporaryDirectory();
        SampleProgram sample = await SampleProgram.RunAsync("Flow", temporary.Path);
        Assert.Empty(sample.Error);
        Assert.Equal(0, sample.ExitCode);

        // Machines of a role are created at the same time: which of the first two is older, and goes, is not said.
        string[] told =
        [
            "db is Running", "web is Running", "app has VM 5", "app is without VM ", "the service is Warning", "It is whole again", "the service is gone",
        ];
        int place = 0;
        foreach (string said in told)
        {
            place = sample.Out.IndexOf(said, place, StringComparison.Ordinal);
            Assert.True(place >= 0, $"'{said}' is missing, or too early:\n{sample.Out}");
        }
    }
}

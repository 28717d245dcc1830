namespace OneEdge.Config.Tests.Typed;

public sealed class NearNamesTests
{
    [Theory]
    [InlineData("PROT", "PORT")]
    [InlineData("port", "PORT")]
    [InlineData("POTR", "PORT")]
    [InlineData("BACKENDS", "BACKEND")]
    [InlineData("BACK", "BACKEND")]
    public void Find_gives_what_was_meant(string name, string meant) => Assert.Equal([meant], NearNames.Find(name, ["PORT", "BACKEND", "SCRIPTS_REMOTE_DIR"]));

    [Theory]
    [InlineData("XYZZY")]
    [InlineData("")]
    public void Find_gives_nothing_when_nothing_is_near(string name) => Assert.Empty(NearNames.Find(name, ["PORT", "BACKEND"]));

    [Fact]
    public void Find_gives_the_nearest_first() => Assert.Equal(["PORT", "PORTS", "SORT"], NearNames.Find("PORT", ["SORT", "PORTS", "PORT"]));

    [Fact]
    public void Find_ends_soon_for_long_names() => Assert.Empty(NearNames.Find(new string('a', 100_000), [new string('a', 100_001)]));
}

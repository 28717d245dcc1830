namespace OneEdge.Config.Tests.Typed;

public sealed class TypedAccessTests
{
    private static readonly ConfigDocument Document = ConfigFormat.Text.Parse("YES", "switch.txt");

    [Fact]
    public void Get_reads_a_value() => Assert.True(Document.Get<bool>(ConfigPath.Root));

    [Fact]
    public void Get_of_an_absent_path_names_file_and_path()
    {
        var e = Assert.Throws<ConfigPathNotFoundException>(() => Document.Get<int>("PORT"));
        Assert.Equal("switch.txt: error OEC1111: There is no value at 'PORT'.", e.Message);
        Assert.Equal(ConfigErrorCodes.PathNotFound, e.Code);
    }

    [Fact]
    public void Not_found_hints_at_near_paths() =>
        Assert.EndsWith("(did you mean 'DB/BACKEND'?)", new ConfigPathNotFoundException("f", "DB/BACKED", ["DB/BACKEND"]).Message, StringComparison.Ordinal);

    [Fact]
    public void Get_of_another_type_names_file_path_found_and_expected()
    {
        var e = Assert.Throws<ConfigTypeException>(() => Document.Get<int>(ConfigPath.Root));
        Assert.Equal("switch.txt: error OEC1112: The value at '/' is the text 'YES'; expected a whole number of 32 bits.", e.Message);
        Assert.Equal(ConfigValueKind.String, e.Found);
    }

    [Fact]
    public void A_type_error_does_not_show_a_secret() =>
        Assert.DoesNotContain("hunter2", new ConfigTypeException("f", "DB/PASSWD", "hunter2", "a number").Message, StringComparison.Ordinal);

    [Fact]
    public void TryGet_and_GetOrDefault_tell_an_absent_value_from_a_wrong_one()
    {
        Assert.False(Document.TryGet("PORT", out int _));
        Assert.Equal(2633, Document.GetOrDefault("PORT", 2633));
        Assert.Null(Document.GetOrDefault<string>("PORT"));
        Assert.Throws<ConfigTypeException>(() => Document.GetOrDefault(ConfigPath.Root, 5));
    }

    [Fact]
    public void ToJsonNode_gives_the_data() => Assert.Equal("\"YES\"", Document.ToJsonNode()!.ToJsonString());
}

using System.Text.Json;
using OneEdge.Flow.Instantiation;

namespace OneEdge.Flow.Tests.Instantiation;

public sealed class TemplateMergeTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"c":1,"d":2}}""", """{"b":{"d":3,"e":4},"f":null}""", """{"a":1,"b":{"c":1,"d":3,"e":4},"f":null}""")]
    [InlineData("""{"a":[{"b":1},{"c":2}]}""", """{"a":[{"b":3}]}""", """{"a":[{"b":3},{"c":2}]}""")]
    [InlineData("""{"a":[{"b":1}]}""", """{"a":[{"c":3},{"d":4}]}""", """{"a":[{"c":3},{"d":4}]}""")]
    [InlineData("""{"a":[{"b":1},{"c":1}]}""", """{"a":[{"c":3},4]}""", """{"a":[{"c":3},4]}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[3]}""", """{"a":[3]}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[]}""", """{"a":[1,2]}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":{}}""", """{"a":{}}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":[]}""", """{"a":[]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":null}""", """{"a":null}""")]
    [InlineData("""{"a":1}""", "null", """{"a":1}""")]
    [InlineData("""{"a":1.50}""", """{"b":1e3,"b":2e1}""", """{"a":1.50,"b":2e1}""")]
    public void Objects_are_merged_by_member_and_arrays_by_place(string template, string merge, string expected) =>
        Assert.Equal(expected, Merge(template, merge, MergeMatching.Position));

    [Theory]
    [InlineData(
        """{"roles":[{"name":"a","n":1},{"name":"b","n":2}]}""",
        """{"roles":[{"name":"b","n":3}]}""",
        """{"roles":[{"name":"a","n":1},{"name":"b","n":3}]}""")]
    [InlineData("""{"roles":[{"name":"a","n":1}]}""", """{"roles":[{"n":3},{"name":"c"}]}""", """{"roles":[{"name":"a","n":3},{"name":"c"}]}""")]
    [InlineData(
        """{"networks_values":[{"a":{"id":"1"}},{"b":{"id":"2"}}]}""",
        """{"networks_values":[{"b":{"id":"3"}},{"c":{}}]}""",
        """{"networks_values":[{"a":{"id":"1"}},{"b":{"id":"3"}},{"c":{}}]}""")]
    [InlineData("""{"x":[1]}""", """{"x":[2]}""", """{"x":[1,2]}""")]
    public void Roles_and_networks_are_found_by_their_names_when_asked(string template, string merge, string expected) =>
        Assert.Equal(expected, Merge(template, merge, MergeMatching.Name));

    [Theory]
    [InlineData("[]", "{}")]
    [InlineData("{}", "[]")]
    [InlineData("{}", "\"x\"")]
    public void What_is_no_object_is_refused(string template, string merge) =>
        Assert.Equal(FlowErrorCodes.InstantiationInvalid, Assert.Throws<FlowException>(() => Merge(template, merge, MergeMatching.Position)).Code);

    private static string Merge(string template, string merge, MergeMatching matching) =>
        TemplateMerge.Merge(JsonElement.Parse(template), JsonElement.Parse(merge), matching).GetRawText();
}

using System.Text.Json;
using OneEdge.Flow.Instantiation;

namespace OneEdge.Flow.Tests.Instantiation;

public sealed class InstantiationRequestTests
{
    private const string Attributes = """{"custom_attrs":{"A":"M|text|a","B":"O|text|b"}}""";
    private const string RoleAttributes = """{"roles":[{"name":"db"},{"name":"web","custom_attrs":{"A":"M|text|a"}}]}""";
    private const string Networks = """{"networks":{"N":"M|network|n||id:0","O":"M|network|o| |reserve_from:1:SIZE=3"}}""";

    private const string NoRoleValues = "The Service template specifies custom attributes for the role web but no values have been found";

    [Theory]
    [InlineData(Attributes, "{}", "The Service template specifies custom attributes but no values have been found")]
    [InlineData(Attributes, """{"custom_attrs_values":"x"}""", "Wrong custom_attrs or custom_attrs_values format")]
    [InlineData("""{"custom_attrs":[1]}""", """{"custom_attrs_values":{}}""", "Wrong custom_attrs or custom_attrs_values format")]
    [InlineData(Attributes, """{"custom_attrs_values":{"B":"1"}}""", "Verify that every custom attribute have its corresponding value defined")]
    [InlineData(Attributes, """{"custom_attrs_values":{}}""", "Verify that every custom attribute have its corresponding value defined")]
    [InlineData(RoleAttributes, "{}", NoRoleValues)]
    [InlineData(RoleAttributes, """{"roles":[]}""", "The role custom attributes are empty or do not have a valid format")]
    [InlineData(RoleAttributes, """{"roles":{}}""", "The role custom attributes are empty or do not have a valid format")]
    [InlineData(RoleAttributes, """{"roles":[{"name":"zz"}]}""", NoRoleValues)]
    [InlineData(RoleAttributes, """{"roles":[{"name":"web"}]}""", "The Service template specifies custom attributes but no values have been found")]
    [InlineData("""{"networks":[1]}""", "{}", "Wrong networks format")]
    [InlineData("""{"networks":{"N":"M|network|n||"}}""", "{}", "Wrong networks format")]
    [InlineData("""{"networks":{"N":"M|vnet_id|"}}""", "{}", "Wrong networks format")]
    [InlineData("""{"networks":{"N":5}}""", "{}", "Wrong networks format")]
    [InlineData(Networks, """{"networks_values":{}}""", "Wrong networks_values format")]
    [InlineData(Networks, """{"networks_values":["x"]}""", "Wrong networks_values format")]
    [InlineData(Networks, """{"networks_values":[{"N":{"id":"1"}}]}""", "Every network key must have its value defined at networks_value")]
    public void What_is_missing_is_said_as_the_original_says_it(string template, string request, string expected) =>
        Assert.Equal(expected, Assert.Throws<FlowException>(() => Prepare(template, request)).Message);

    [Fact]
    public void Networks_have_defaults_when_nothing_is_said_of_any() => Assert.Equal(
        """{"x":1,"networks_values":[{"N":{"id":"0"}},{"O":{"reserve_from":"1"}}]}""", Prepare(Networks, """{"x":1}""").GetRawText());

    [Theory]
    [InlineData(Attributes, """{"custom_attrs_values":{"A":"1","B":null}}""")]
    [InlineData("""{"custom_attrs":{}}""", "{}")]
    [InlineData(RoleAttributes, """{"roles":[{"name":"web","custom_attrs_values":{"A":"1"}}]}""")]
    [InlineData(Networks, """{"networks_values":[{"N":{},"O":{}}]}""")]
    [InlineData("""{"networks":{}}""", "{}")]
    public void What_is_complete_is_left_alone(string template, string request) => Assert.Equal(request, Prepare(template, request).GetRawText());

    [Fact]
    public void No_request_is_an_empty_one() => Assert.Equal("{}", InstantiationRequest.Prepare(JsonElement.Parse("{}"), default).GetRawText());

    private static JsonElement Prepare(string template, string request) =>
        InstantiationRequest.Prepare(JsonElement.Parse(template), JsonElement.Parse(request));
}

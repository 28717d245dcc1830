using System.Text.Json;

namespace OneEdge.Flow.Tests;

public sealed class FlowMembersTests
{
    [Fact]
    public void Two_are_equal_when_they_say_the_same_in_the_same_order()
    {
        Assert.Equal(Of("""{"a":1,"b":null}"""), Of("""{"a":1,"b":null}"""));
        Assert.NotEqual(Of("""{"a":1,"b":null}"""), Of("""{"b":null,"a":1}"""));
        Assert.NotEqual(Of("{}"), default);
    }

    [Fact]
    public void Something_else_than_an_object_is_refused() => Assert.Throws<ArgumentException>(() => Of("[]"));

    private static FlowMembers Of(string json) => new(JsonDocument.Parse(json).RootElement);
}

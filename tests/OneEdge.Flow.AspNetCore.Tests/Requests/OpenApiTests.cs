using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace OneEdge.Flow.AspNetCore.Tests;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Document_has_every_path_that_is_mapped_and_no_other_one()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        Reply reply = await world.SendAsync("GET", "/openapi.json");
        Assert.Equal((200, "application/json"), (reply.Status, reply.ContentType));
        string[] described = [.. reply.Json.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Where(m => m.Name != "parameters").Select(m => $"{m.Name.ToUpperInvariant()} {p.Name}"))
                .Order(StringComparer.Ordinal)];
        string[] mapped = [.. world.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Where(m => m != "HEAD")
                .Select(m => $"{m} {e.RoutePattern.RawText}"))
            .Order(StringComparer.Ordinal)];
        Assert.Equal(mapped, described);
        Assert.Equal(21, mapped.Length);
    }

    [Fact]
    public async Task Every_reference_leads_somewhere_and_every_operation_has_a_name_of_its_own()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        JsonElement document = (await world.SendAsync("GET", "/openapi.json")).Json;
        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        HashSet<string> schemas = [.. document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(s => s.Name)];
        string[] used = [.. Find(document, "$ref").Select(r => r.Split('/')[^1])];
        Assert.Empty(used.Except(schemas));
        Assert.Empty(schemas.Except(used));
        string[] operations = [.. Find(document, "operationId")];
        Assert.Equal(operations.Distinct(), operations);
        Assert.All(operations, o => Assert.NotEqual("", o));
    }

    [Fact]
    public async Task Both_answers_of_template_actions_are_described()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        JsonElement paths = (await world.SendAsync("GET", "/openapi.json")).Json.GetProperty("paths");
        JsonElement responses = paths.GetProperty("/service_template/{id}/action").GetProperty("post").GetProperty("responses");
        Assert.Equal(["201", "204", "default"], responses.EnumerateObject().Select(r => r.Name));
    }

    [Fact]
    public async Task Path_without_credentials_is_one_that_the_document_says_is_open()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        foreach (FlowRoute route in FlowRoutes.All)
        {
            string path = route.Pattern.Replace("{id}", "0", StringComparison.Ordinal).Replace("{role}", "web", StringComparison.Ordinal).Replace("{action}",
                "0", StringComparison.Ordinal);
            int status = (await world.SendAsync(route.Method, path)).Status;
            Assert.Equal(route.IsOpen ? 200 : 401, status);
        }
    }

    private static IEnumerable<string> Find(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject()
            .SelectMany(m => m.Name == name && m.Value.ValueKind == JsonValueKind.String ? [m.Value.GetString()!] : Find(m.Value, name)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(e => Find(e, name)),
        _ => [],
    };
}

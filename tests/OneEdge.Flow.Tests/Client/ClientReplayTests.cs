using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OneEdge.Flow.Client;

namespace OneEdge.Flow.Tests.Client;

/// <summary>Each recorded exchange, made by the member of the client: the request means the recorded one, and the answer becomes what it says.</summary>
public sealed partial class ClientReplayTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Member_of_the_client_sends_the_recorded_request_and_decodes_the_recorded_answer()
    {
        var problems = new List<string>();
        int made = 0;
        foreach (RecordedExchange exchange in RecordedExchange.All())
        {
            try
            {
                if (TypedCall.Find(exchange) is not { } call) continue;
                await ReplayAsync(exchange, call);
                made++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                problems.Add($"{exchange.Name}: {e.Message}");
            }
        }

        Assert.True(problems.Count == 0, string.Join("\n", problems));
        Assert.NotEqual(0, made);
    }

    [Fact]
    public void Request_that_the_types_rule_out_is_one_that_the_server_refused_or_ignored()
    {
        foreach (RecordedExchange exchange in RecordedExchange.All().Where(e => TypedCall.Find(e) is null))
            Assert.True(!exchange.IsSuccess || exchange is { Status: 200, ResponseBody: "" }, exchange.Name);
    }

    [Fact]
    public async Task Recorded_answer_to_any_request_is_decoded()
    {
        foreach (RecordedExchange exchange in RecordedExchange.All())
        {
            using var server = new RecordedServer(exchange);
            using var caller = new FlowCaller(
                Credentials(exchange), new OneFlowClientOptions(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, server);
            bool isTemplateAction = exchange.Path.StartsWith("/service_template/", StringComparison.Ordinal) && exchange.Method == "POST";
            var request = new FlowRequest(new HttpMethod(exchange.Method), exchange.Path.TrimStart('/'), "replay")
            {
                Body = exchange.RequestBody is { } body ? System.Text.Encoding.UTF8.GetBytes(body) : null,
                IsTemplateAction = isTemplateAction,
            };
            Task call = !exchange.IsSuccess || exchange.ResponseBody.Length == 0 ? caller.SendAsync(request, Ct)
                : exchange.ResponseBody.Contains("DOCUMENT_POOL", StringComparison.Ordinal) ? caller.ReadPoolAsync(request, Ct)
                : caller.ReadOneAsync(request, Ct);
            if (exchange.Status is 201 or 204 || (exchange.Status == 200 && exchange.ResponseBody.Length > 0)) await call;
            else AssertRefusal(exchange, await Assert.ThrowsAsync<OneFlowRefusedException>(() => call));
            var sent = server.Requests[0];
            Assert.Equal((exchange.Method, exchange.Path, exchange.RequestBody ?? ""), (sent.Method, sent.Path, sent.Body ?? ""));
        }
    }

    private static async Task ReplayAsync(RecordedExchange exchange, Func<IOneFlowClient, Task<object?>> call)
    {
        using var server = new RecordedServer(exchange);
        using var client = new OneFlowClient(Credentials(exchange), handler: server);
        object? result = null;
        OneFlowRefusedException? error = null;
        try
        {
            result = await call(client);
        }
        catch (OneFlowRefusedException e)
        {
            error = e;
        }

        var request = Assert.Single(server.Requests);
        Assert.Equal((exchange.Method, exchange.Path), (request.Method, request.Path));
        if (exchange.User is not null) Assert.Equal(exchange.User, request.Authorization);
        Assert.True(SameMeaning(exchange, request.Body), $"sent {request.Body} instead of {exchange.RequestBody}");
        if (exchange.IsSuccess) AssertResult(exchange, result, error);
        else AssertRefusal(exchange, Assert.IsType<OneFlowRefusedException>(error));
    }

    // A name that is recorded without credentials cannot be sent: the client always has some.
    private static OneFlowCredentials Credentials(RecordedExchange exchange) => OneFlowCredentials.FromAuthText(exchange.User ?? "nobody:nothing");

    // What the client says and the recorded request leaves to the server.
    private static bool SameMeaning(RecordedExchange exchange, string? sent)
    {
        if (string.IsNullOrEmpty(sent) || !sent.StartsWith('{')) return (sent ?? "") == (exchange.RequestBody ?? "");
        JsonNode recorded = JsonNode.Parse(string.IsNullOrEmpty(exchange.RequestBody) ? "{}" : exchange.RequestBody)!;
        if (exchange.Method == "DELETE") recorded["delete_type"] ??= "none";
        if (exchange.Path.EndsWith("/scale", StringComparison.Ordinal)) recorded["force"] ??= false;
        if (recorded["action"] is JsonObject action)
        {
            action["params"] ??= new JsonObject();
            if (action["perform"]!.GetValue<string>() == "clone") action["params"]!["recursive"] ??= "templates";
        }

        return JsonNode.DeepEquals(recorded, JsonNode.Parse(sent));
    }

    private static void AssertResult(RecordedExchange exchange, object? result, OneFlowRefusedException? error)
    {
        Assert.Null(error);
        if (exchange.ResponseBody.Length == 0)
        {
            Assert.Null(result);
            return;
        }

        if (exchange.Method == "PUT") return;
        JsonElement answer = JsonElement.Parse(exchange.ResponseBody);
        if (answer.TryGetProperty("DOCUMENT_POOL", out JsonElement pool))
        {
            int count = pool.TryGetProperty("DOCUMENT", out JsonElement all) ? all.GetArrayLength() : 0;
            Assert.Equal(count, Assert.IsAssignableFrom<IReadOnlyList<OneFlowDocument>>(result).Count);
            return;
        }

        AssertDocument(answer.GetProperty("DOCUMENT"), Assert.IsAssignableFrom<OneFlowDocument>(result));
    }

    private static void AssertDocument(JsonElement recorded, OneFlowDocument read)
    {
        string Text(string name) => recorded.GetProperty(name).GetString()!;
        Assert.Equal(
            (Text("ID"), Text("NAME"), Text("UID"), Text("GID"), Text("UNAME"), Text("GNAME")),
            ($"{read.Id}", read.Name, $"{read.Owner.UserId}", $"{read.Owner.GroupId}", read.Owner.UserName, read.Owner.GroupName));
        string rights = string.Concat(recorded.GetProperty("PERMISSIONS").EnumerateObject().Select(right => right.Value.GetString()));
        Assert.Equal(rights, Convert.ToString(read.Permissions.Bits, 2).PadLeft(9, '0'));
        JsonElement body = recorded.GetProperty("TEMPLATE").GetProperty("BODY");
        Assert.True(JsonElement.DeepEquals(body, read.Body.Value));
        string[] roles = [.. body.GetProperty("roles").EnumerateArray().Select(role => role.GetProperty("name").GetString()!)];
        if (read is OneFlowTemplate template)
        {
            Assert.Equal("101", Text("TYPE"));
            Assert.Equal(roles, template.RoleNames);
            Assert.Equal(body.GetProperty("registration_time").GetInt64(), template.RegistrationTime!.Value.ToUnixTimeSeconds());
            return;
        }

        var service = Assert.IsType<OneFlowService>(read);
        Assert.Equal("100", Text("TYPE"));
        Assert.Null(service.Problem);
        Assert.Equal(body.GetProperty("state").GetInt32(), (int)service.State);
        Assert.Equal(roles, service.Service!.Roles.Select(role => role.Name));
    }

    private static void AssertRefusal(RecordedExchange exchange, OneFlowRefusedException error)
    {
        Assert.Equal(exchange.Status, error.HttpStatus);
        Assert.Equal($"{exchange.Method} {exchange.Path}", error.Request);
        (OneFlowRefusal kind, string text) = Expected(exchange);
        Assert.True(kind == error.Kind, $"{error.Kind} instead of {kind}: {error.Message}");
        Assert.Equal(text, error.ServerMessage);
        if (text.Length > 0) Assert.EndsWith(text, error.Message, StringComparison.Ordinal);
    }

    private static (OneFlowRefusal Kind, string Text) Expected(RecordedExchange exchange)
    {
        string text = exchange.ResponseBody;
        if (exchange.Status == 200) return (OneFlowRefusal.Ignored, "");
        if (text == "<h1>Not Found</h1>") return (OneFlowRefusal.NoOperation, "");
        if (text.StartsWith("{\"message\"", StringComparison.Ordinal))
        {
            JsonElement failure = JsonElement.Parse(text);
            return (OneFlowRefusal.Fault, $"{failure.GetProperty("message").GetString()}: {failure.GetProperty("reason").GetString()!.Split('\n')[0].Trim()}");
        }

        return (exchange.Status switch
        {
            400 => OneFlowRefusal.Invalid,
            401 => text.Contains("Not authorized", StringComparison.Ordinal) ? OneFlowRefusal.Authorization : OneFlowRefusal.Authentication,
            404 => OneFlowRefusal.NotFound,
            _ => KindOfText(text),
        }, text);
    }

    [GeneratedRegex("^Role '?[^ ]*'? (not found|does not exist)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RoleUnknown();

    // The refusals with status 500, each by its words.
    private static OneFlowRefusal KindOfText(string text) => text switch
    {
        _ when text.Contains("in state:", StringComparison.Ordinal) || text == "Service has no roles in HOLD" => OneFlowRefusal.WrongState,
        _ when RoleUnknown().IsMatch(text) => OneFlowRefusal.RoleNotFound,
        _ when text.EndsWith(" already exists", StringComparison.Ordinal) => OneFlowRefusal.Conflict,
        _ when text.Contains(" is already at ", StringComparison.Ordinal) => OneFlowRefusal.Conflict,
        _ when text.StartsWith("[one.", StringComparison.Ordinal) => OneFlowRefusal.Other,
        _ => OneFlowRefusal.Invalid,
    };
}

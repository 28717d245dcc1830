using System.Collections;
using System.Text.Json;
using System.Xml.Linq;
using OneEdge.OpenNebula.Tests.Rpc;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Clients;

/// <summary>Each recorded exchange, made by the typed member of its method: the call is the recorded one, and the answer becomes what it says.</summary>
public sealed class TypedReplayTests
{
    private static readonly HashSet<string> Methods =
    [
        .. JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ConformanceData.Area("opennebula"), "methods.json")))
            .RootElement.EnumerateArray().Select(m => m.GetProperty("name").GetString()!),
    ];

    [Fact]
    public async Task Typed_member_sends_the_recorded_call_and_decodes_the_recorded_answer()
    {
        var problems = new List<string>();
        int made = 0;
        foreach (RecordedExchange exchange in RecordedExchange.All())
        {
            try
            {
                if (await ReplayAsync(exchange)) made++;
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
    public void Method_of_every_recorded_exchange_that_the_server_has_is_a_typed_member_but_for_the_batch()
    {
        string[] missing = [.. RecordedExchange.All().Select(e => e.Request()?.Method).OfType<string>()
            .Where(m => Methods.Contains(m) && TypedCalls.Find(m) is null && m != "system.multicall").Distinct()];
        Assert.Empty(missing);
    }

    [Fact]
    public void Mapped_method_is_one_of_the_server()
    {
        Assert.Empty(TypedCalls.Methods.Except(Methods));
        Assert.True(TypedCalls.Methods.Count > 280, $"only {TypedCalls.Methods.Count}");
    }

    private static async Task<bool> ReplayAsync(RecordedExchange exchange)
    {
        if (WhyNotReplayed(exchange) is not null) return false;
        (string method, RpcValue[] parameters) = exchange.Request()!.Value;
        RpcValue[] recorded = method.StartsWith("system.", StringComparison.Ordinal) ? parameters : parameters[1..];
        var arguments = new RecordedArguments(recorded);
        var rpc = new RecordedRpc(exchange);
        object? result = null;
        OpenNebulaCallException? error = null;
        try
        {
            result = await TypedCalls.Find(method)!(new OpenNebulaClient(rpc), arguments);
        }
        catch (NoTypedCallException)
        {
            // Recorded with parameters of wrong types or too few: the types of C# rule that out. The server refused it, too.
            Assert.Empty(rpc.Calls);
            Assert.True(exchange.Decoded.TryGetProperty("fault", out _) || !exchange.Decoded.GetProperty("result")[0].GetBoolean(), "the server took it");
            return false;
        }
        catch (OpenNebulaCallException e)
        {
            error = e;
        }

        OpenNebulaCall call = Assert.Single(rpc.Calls);
        Assert.Equal(method, call.Method);
        AssertSameMeaning(recorded, arguments.Used, call.Parameters);
        AssertAnswer(exchange, result, error);
        return true;
    }

    /// <summary>The rules by which an exchange is not one of a typed member.</summary>
    private static string? WhyNotReplayed(RecordedExchange exchange)
    {
        if (exchange.Request() is not { } request) return "the request is no XML-RPC";
        if (!exchange.HasAnswer || exchange.Status != 200) return "the answer is not one of OpenNebula: its transport is tested elsewhere";
        bool hasSession = request.Method.StartsWith("system.", StringComparison.Ordinal) || request.Parameters is [{ Kind: RpcValueKind.String }, ..];
        if (!hasSession) return "a call without a session";
        if (!Methods.Contains(request.Method)) return "the server has no such method";
        return TypedCalls.Find(request.Method) is null ? "a method without a typed member" : null;
    }

    // The server passes over parameters that are too many, and takes false, -1, 0 or nothing for those at the end that are missing.
    private static void AssertSameMeaning(RpcValue[] recorded, int used, IReadOnlyList<RpcValue> sent)
    {
        int common = Math.Min(Math.Min(recorded.Length, used), sent.Count);
        Assert.Equal(recorded[..common], sent.Take(common));
        Assert.True(used == common, "a parameter was not sent");
        Assert.All(sent.Skip(common), extra => Assert.Contains(extra, new RpcValue[] { false, -1, 0, "" }));
    }

    private static void AssertAnswer(RecordedExchange exchange, object? result, OpenNebulaCallException? error)
    {
        if (exchange.Decoded.TryGetProperty("fault", out JsonElement fault))
        {
            Assert.Equal(fault.GetProperty("faultCode").GetInt32(), error?.ServerCode);
            return;
        }

        JsonElement value = exchange.Decoded.GetProperty("result");
        if (!exchange.Request()!.Value.Method.StartsWith("system.", StringComparison.Ordinal))
        {
            if (!value[0].GetBoolean())
            {
                Assert.Equal((value[2].GetInt32(), value[1].GetString()), (error?.ServerCode ?? 0, error?.ServerMessage));
                return;
            }

            value = value[1];
        }

        Assert.Null(error);
        AssertValue(value, result);
    }

    private static void AssertValue(JsonElement value, object? result)
    {
        switch (result)
        {
            case null:
                break;
            case int id:
                Assert.Equal(value.GetInt32(), id);
                break;
            case string text:
                Assert.Equal(value.GetString(), text);
                break;
            case Quotas or RaftStatus:
                Assert.StartsWith("<", value.GetString(), StringComparison.Ordinal);
                break;
            case StoredTemplate template:
                Assert.NotEmpty(template);
                break;
            case OpenNebulaObject item:
                Assert.Equal(
                    XDocument.Parse(value.GetString()!).Root!.Element("ID")!.Value, item.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            case ICollection list when value.ValueKind == JsonValueKind.Array:
                Assert.Equal(value.GetArrayLength(), list.Count);
                break;
            case ICollection list:
                Assert.Equal(
                    XDocument.Parse(value.GetString()!).Root!.Elements().Count(
                        e => e.Name != "QUOTAS" && !e.Name.LocalName.StartsWith("DEFAULT_", StringComparison.Ordinal)), list.Count);
                break;
            default:
                Assert.Fail($"a result of type {result.GetType()}");
                break;
        }
    }
}

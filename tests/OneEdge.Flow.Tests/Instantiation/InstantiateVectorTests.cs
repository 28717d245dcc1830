using System.Text;
using System.Text.Json;
using OneEdge.Flow.Documents;
using OneEdge.Flow.Instantiation;

namespace OneEdge.Flow.Tests.Instantiation;

public sealed class InstantiateVectorTests
{
    public static TheoryData<string> Ids() => [.. InstantiateCase.All().Select(c => c.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_service_is_made_as_the_original_makes_it(string id)
    {
        InstantiateCase test = InstantiateCase.All().Single(c => c.Id == id);
        // Whether the merged template is valid is not asked here.
        if (test.Json.TryGetProperty("error", out _)) return;
        string? rule = InstantiationDeviations.RuleFor(test.Json);

        if (rule == InstantiationDeviations.ValuesAreEscaped && IsRefused(test)) return;
        Service created = test.Create();
        (Service connected, List<NetworkOrder> networks) = InstantiateCase.MakeNetworks(created);
        (Service deployed, List<VmOrder> vms) = InstantiateCase.MakeVms(connected);

        // Where a rule selects a case its own test says what comes out.
        if (rule is not null) return;
        AssertBody(test.Json.GetProperty("service_body"), created);
        AssertNetworks(test.Json.GetProperty("network_calls"), networks);
        AssertVms(test.Json.GetProperty("instantiations"), vms);
        AssertRoles(test.Json.GetProperty("roles_after"), deployed);
    }

    [Fact]
    public void Few_cases_are_deviations()
    {
        string?[] rules = [.. InstantiateCase.All().Where(c => !c.Json.TryGetProperty("error", out _)).Select(c => InstantiationDeviations.RuleFor(c.Json))];

        Assert.True(rules.Count(r => r is not null) * 2 < rules.Length, string.Join(' ', rules.OfType<string>()));
    }

    // A value that cannot stand where its name does.
    private static bool IsRefused(InstantiateCase test)
    {
        try
        {
            test.Create();
            return false;
        }
        catch (FlowException error)
        {
            return error.Code == FlowErrorCodes.ValueUnwritable;
        }
    }

    private static void AssertBody(JsonElement expected, Service service)
    {
        JsonElement actual = JsonElement.Parse(ServiceDocument.Write(service));
        Assert.True(JsonElement.DeepEquals(expected, actual), $"{expected.GetRawText()}\n{actual.GetRawText()}");
    }

    private static void AssertNetworks(JsonElement expected, List<NetworkOrder> actual)
    {
        var calls = new StringBuilder();
        foreach (JsonElement call in expected.EnumerateArray())
        {
            calls.AppendLine(call.GetProperty("call").GetString() == "vn.reserve"
                ? $"reserve {call.GetProperty("from")} {call.GetProperty("extra")}"
                : $"template {call.GetProperty("template_id")} {call.GetProperty("name")} {call.GetProperty("extra")}");
        }

        var orders = new StringBuilder();
        foreach (NetworkOrder order in actual)
        {
            orders.AppendLine(order.Kind == NetworkKind.Reservation
                ? $"reserve {order.Source} {order.Text}"
                : $"template {order.Source} {order.Name} {order.Text}");
        }

        Assert.Equal(calls.ToString(), orders.ToString());
    }

    private static void AssertVms(JsonElement expected, List<VmOrder> actual)
    {
        Assert.Equal(
            expected.EnumerateArray().Select(v => (
                v.GetProperty("template_id").GetInt32(),
                v.GetProperty("name").GetString()!,
                v.GetProperty("hold").GetBoolean(),
                v.GetProperty("extra_template").GetString()!)),
            actual.Select(o => (o.TemplateId, o.Name, o.OnHold, o.ExtraTemplate)));
        Assert.All(actual, o => Assert.True(o.References.IsEmpty && o.Appended.IsEmpty));
    }

    private static void AssertRoles(JsonElement expected, Service service)
    {
        JsonElement written = JsonElement.Parse(ServiceDocument.Write(service with { State = ServiceState.Deploying })).GetProperty("roles");
        foreach ((JsonElement role, JsonElement actual) in expected.EnumerateArray().Zip(written.EnumerateArray()))
        {
            Assert.True(JsonElement.DeepEquals(role.GetProperty("nodes"), actual.GetProperty("nodes")), actual.GetRawText());
            Assert.Equal(role.GetProperty("last_vmname").GetInt32(), actual.GetProperty("last_vmname").GetInt32());
            Assert.Equal(role.GetProperty("on_hold").GetBoolean(), actual.GetProperty("on_hold").GetBoolean());
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using OneEdge.Flow.Documents;

namespace OneEdge.Flow.Tests.Documents;

public sealed class ServiceDocumentPropertyTests
{
    private const long Samples = 1000;

    [Fact]
    public void What_is_written_is_read_again() => RandomServices.Any.Sample(
        service => Assert.Equal(RandomServices.Print(service), RandomServices.Print(Again(service))), iter: Samples);

    [Fact]
    public void What_is_read_is_written_byte_by_byte() => RandomServices.Any.Sample(
        service =>
        {
            byte[] first = ServiceDocument.Write(service);
            Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(ServiceDocument.Write(Read(first))));
        },
        iter: Samples);

    [Fact]
    public void A_service_that_becomes_another_one_is_written_as_that_one() => Gen.Select(RandomServices.Any, RandomServices.Any).Sample(
        (before, after) =>
        {
            Service read = Again(before);
            Service next = after with
            {
                Definition = after.Definition with { Members = read.Definition.Members },
                Roles = [.. after.Roles.Select((r, i) => i < read.Roles.Length ? Over(r, read.Roles[i]) : r)],
                Networks = [.. after.Networks.Select((n, i) => i < read.Networks.Length ? n with { Members = read.Networks[i].Members } : n)],
            };

            Assert.Equal(RandomServices.Print(next), RandomServices.Print(Again(next)));
        },
        iter: Samples);

    [Fact]
    public void Members_that_nobody_knows_survive_changes() => Gen.Select(RandomServices.Any, Gen.Int[0, int.MaxValue]).Sample(
        (service, seed) =>
        {
            JsonNode body = JsonNode.Parse(ServiceDocument.Write(service))!;
            int count = 0;
            Mark(body, new Random(seed), ref count, "");
            Service read = Read(Encoding.UTF8.GetBytes(body.ToJsonString()));

            string changed = Encoding.UTF8.GetString(ServiceDocument.Write(Changed(read)));

            for (int i = 0; i < count; i++) Assert.Contains(Mark(i), changed, StringComparison.Ordinal);
        },
        iter: Samples);

    [Fact]
    public void Nothing_but_a_clear_error_comes_of_damaged_documents() => Gen.Select(RandomServices.Any, Gen.Int[0, int.MaxValue]).Sample(
        (service, seed) =>
        {
            byte[] document = ServiceDocument.Write(service);
            var random = new Random(seed);
            for (int i = 0; i < 3; i++) document[random.Next(document.Length)] = (byte)"{}[],:\"\\0a-u\n"[random.Next(13)];
            try
            {
                ServiceDocument.Write(Read(document.AsMemory(0, random.Next(4) == 0 ? random.Next(document.Length) : document.Length)));
            }
            catch (FlowException error)
            {
                Assert.Equal(FlowErrorCodes.ServiceUnreadable, error.Code);
            }
        },
        iter: Samples);

    private static Role Over(Role role, Role read) => role with { Definition = role.Definition with { Members = read.Definition.Members } };

    // Not where a name is that of something, and not in what is written as a whole.
    private static void Mark(JsonNode? node, Random random, ref int count, string name)
    {
        if (node is JsonObject owner)
        {
            foreach ((string child, JsonNode? value) in owner.ToArray())
            {
                if (child is not ("vm_info" or "networks")) Mark(value, random, ref count, child);
            }

            if (name is "networks_values") return;
            owner.Insert(random.Next(owner.Count + 1), Mark(count++), random.Next(2) == 0 ? null : JsonValue.Create(1.50m));
        }
        else if (node is JsonArray array)
        {
            foreach (JsonNode? element in array) Mark(element, random, ref count, name);
        }
    }

    private static string Mark(int number) => string.Create(CultureInfo.InvariantCulture, $"unknown_{number}_");

    private static Service Changed(Service service) => service with
    {
        State = ServiceState.Warning,
        Goal = ServiceGoal.Run,
        Networks = [.. service.Networks.Select(n => n with { NetworkId = 5, IsLeaving = false, Error = null })],
        Log = [.. service.Log, new(DateTimeOffset.UnixEpoch.AddDays(1), "I", "more")],
        Roles =
        [
            .. service.Roles.Select(r => r with
            {
                State = RoleState.Running,
                Activity = RoleActivity.Serving,
                Error = null,
                Cardinality = 9,
                NextVmNumber = 10,
                Nodes =
                [
                    .. r.Nodes.Select(n => n with { IsDeployed = true, Termination = NodeTermination.None, Error = null }),
                    new RoleNode { VmId = 2_000_000 },
                ],
                ElasticityPolicies = [.. r.ElasticityPolicies.Select(p => p with { LastEvaluation = DateTimeOffset.UnixEpoch.AddDays(2) })],
            }),
        ],
    };

    private static Service Again(Service service) => Read(ServiceDocument.Write(service));

    private static Service Read(ReadOnlyMemory<byte> body) => ServiceDocument.Read(7, "svc", TestDocuments.Alice, body);
}

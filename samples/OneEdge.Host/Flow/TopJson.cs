using System.Text.Json;
using OneEdge.Flow;
using OneEdge.Flow.Client;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Flow;

/// <summary>A JSON object for each look.</summary>
/// <param name="io">The outside.</param>
internal sealed class TopJson(HostIo io) : ITopScreen
{
    public void Show(IReadOnlyList<OneFlowService> services, Func<int, VmCondition?>? live = null) => io.Out.WriteLine(JsonLine.Of(json =>
    {
        json.WriteStartArray("services");
        foreach (OneFlowService service in services) Write(json, service, live);
        json.WriteEndArray();
    }));

    public void Dispose()
    {
    }

    private static void Write(Utf8JsonWriter json, OneFlowService service, Func<int, VmCondition?>? live)
    {
        json.WriteStartObject();
        json.WriteNumber("id", service.Id);
        json.WriteString("name", service.Name);
        json.WriteString("state", FlowText.Of(service.State));
        json.WriteStartArray("roles");
        foreach (Role role in service.Service?.Roles ?? [])
        {
            json.WriteStartObject();
            json.WriteString("name", role.Name);
            json.WriteString("state", FlowText.Of(role.State));
            json.WriteNumber("cardinality", role.Cardinality);
            json.WriteStartArray("vms");
            foreach (RoleNode node in role.Nodes)
            {
                json.WriteStartObject();
                json.WriteNumber("id", node.VmId);
                json.WriteString("name", node.Info?.Name);
                json.WriteString("condition", FlowText.Of(node, live?.Invoke(node.VmId)));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

using OneEdge.Flow.Client;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Flow;

/// <summary><c>oneedge flow list</c>, <c>oneedge flow template list</c>.</summary>
internal static class ListCommand
{
    public static HostCommand Services(HostIo io) => FlowCall.Command(
        io,
        new HostCommand("list", "Lists services.", "flow list", "flow list --output json", "flow list --server http://front-end:2474"),
        async (call, cancellationToken) =>
        {
            IReadOnlyList<OneFlowService> services = await call.Services.ListAsync(cancellationToken);
            if (call.IsJson) JsonOutput.Write(io, json => FlowText.WritePool(json, services.Select(service => service.Document.Value)));
            else call.Screen.Table(["ID", "NAME", "USER", "GROUP", "STATE", "ROLES", "VMS", "STARTED"], services.OrderByDescending(s => s.Id).Select(Row));
            return ExitCode.Done;
        });

    public static HostCommand Templates(HostIo io) => FlowCall.Command(
        io,
        new HostCommand("list", "Lists service templates.", "flow template list", "flow template list --output json"),
        async (call, cancellationToken) =>
        {
            IReadOnlyList<OneFlowTemplate> templates = await call.Templates.ListAsync(cancellationToken);
            if (call.IsJson) JsonOutput.Write(io, json => FlowText.WritePool(json, templates.Select(template => template.Document.Value)));
            else call.Screen.Table(["ID", "NAME", "USER", "GROUP", "ROLES", "REGISTERED"], templates.OrderByDescending(t => t.Id).Select(Row));
            return ExitCode.Done;
        });

    private static IReadOnlyList<string> Row(OneFlowService service) =>
    [
        One.Text.Of(service.Id), service.Name, service.Owner.UserName, service.Owner.GroupName, FlowText.Of(service.State),
        service.Service is { } read ? One.Text.Of(read.Roles.Length) : "?",
        service.Service is { } known ? One.Text.Of(known.Roles.Sum(role => role.Nodes.Length)) : "?",
        service.Service is { } begun ? FlowText.Of(begun.StartTime) : "",
    ];

    private static IReadOnlyList<string> Row(OneFlowTemplate template) =>
    [
        One.Text.Of(template.Id), template.Name, template.Owner.UserName, template.Owner.GroupName, string.Join(',', template.RoleNames),
        One.Text.Of(template.RegistrationTime),
    ];
}

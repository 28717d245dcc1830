using OneEdge.Flow;
using OneEdge.Flow.Client;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Flow;

/// <summary><c>oneedge flow show</c>, <c>oneedge flow template show</c>.</summary>
internal static class ShowCommand
{
    public static HostCommand Service(HostIo io)
    {
        var service = new Target(FlowKind.Service);
        var command = new HostCommand("show", "Shows a service: its roles, virtual machines, networks, and its log.", "flow show 5", "flow show web --json");
        return FlowCall.Command(io, command.With(service.Argument), async (call, cancellationToken) =>
        {
            OneFlowService found = await call.Services.GetAsync(await service.FindAsync(call, cancellationToken), cancellationToken);
            if (call.IsJson) JsonOutput.Write(io, json => FlowText.WriteDocument(json, found.Document.Value));
            else Write(call.Screen, found);
            return ExitCode.Done;
        });
    }

    public static HostCommand Template(HostIo io)
    {
        var template = new Target(FlowKind.Template);
        var command = new HostCommand(
            "show", "Shows a service template; as JSON, with everything that the cloud knows of it.", "flow template show 3", "flow template show web --json");
        return FlowCall.Command(io, command.With(template.Argument), async (call, cancellationToken) =>
        {
            OneFlowTemplate found = await call.Templates.GetAsync(await template.FindAsync(call, cancellationToken), cancellationToken);
            if (call.IsJson)
            {
                JsonOutput.Write(io, json => FlowText.WriteDocument(json, found.Document.Value));
                return ExitCode.Done;
            }

            WriteHead(call.Screen, $"Service template {One.Text.Of(found.Id)} ({found.Name})", found, ("REGISTERED", One.Text.Of(found.RegistrationTime)));
            JsonOutput.Write(io, found.Body.Value.WriteTo);
            return ExitCode.Done;
        });
    }

    private static void Write(Screen screen, OneFlowService found)
    {
        Service? service = found.Service;
        WriteHead(
            screen,
            $"Service {One.Text.Of(found.Id)} ({found.Name})",
            found,
            ("STATE", FlowText.Of(found.State)),
            ("STARTED", service is null ? "" : FlowText.Of(service.StartTime)),
            ("DEPLOYMENT", service is null ? "" : One.Text.Of(service.Definition.Deployment)),
            ("PROBLEM", found.Problem ?? ""));
        if (service is null) return;
        screen.Table(["ROLE", "STATE", "VMS", "LIMITS", "PARENTS"], service.Roles.Select(Row));
        screen.Table(["ROLE", "VM", "NAME", "CONDITION"], service.Roles.SelectMany(role => role.Nodes.Select(node => Row(role, node))));
        if (!service.Networks.IsEmpty) screen.Table(["NETWORK", "ID", "KIND"], service.Networks.Select(Row));
        screen.Table(["TIME", "", "LOG"], service.Log.Select(entry => (IReadOnlyList<string>)[FlowText.Of(entry.Time), entry.Severity, entry.Message]));
    }

    private static void WriteHead(Screen screen, string heading, OneFlowDocument document, params IEnumerable<(string Heading, string Value)> known)
    {
        screen.Heading(heading);
        IEnumerable<(string Heading, string Value)> rows =
        [
            ("ID", One.Text.Of(document.Id)), ("NAME", document.Name), ("USER", document.Owner.UserName), ("GROUP", document.Owner.GroupName),
            ("PERMISSIONS", document.Permissions.ToString()), .. known,
        ];
        screen.Table(["", ""], rows.Where(row => row.Value.Length > 0).Select(row => (IReadOnlyList<string>)[row.Heading, row.Value]));
    }

    private static IReadOnlyList<string> Row(Role role) =>
    [
        role.Name, FlowText.Of(role.State), FlowText.Machines(role),
        role.Definition is { MinVms: null, MaxVms: null } ? "" : $"{One.Text.Of(role.Definition.MinVms)}..{One.Text.Of(role.Definition.MaxVms)}",
        string.Join(',', role.Definition.Parents),
    ];

    private static IReadOnlyList<string> Row(Role role, RoleNode node) => [role.Name, One.Text.Of(node.VmId), node.Info?.Name ?? "", FlowText.Of(node)];

    private static IReadOnlyList<string> Row(ServiceNetwork network) =>
        [network.Name, network.NetworkId is { } id ? One.Text.Of(id) : "", One.Text.Of(network.Kind)];
}

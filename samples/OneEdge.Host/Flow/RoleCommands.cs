using System.CommandLine;
using OneEdge.Flow.Lifecycle;
using OneEdge.Host.Cli;
using OneEdge.Host.One;

namespace OneEdge.Host.Flow;

/// <summary>What can be asked of the roles of a service.</summary>
internal static class RoleCommands
{
    public static HostCommand Scale(HostIo io)
    {
        var service = new Target(FlowKind.Service);
        Argument<string> role = Role();
        var number = new Argument<int>("VMS") { Description = "How many virtual machines it shall have." };
        number.Validators.Add(result => Limits.Check(result, "VMS", 0, int.MaxValue));
        var force = new Option<bool>("--force") { Description = "Also out of the limits of the role." };
        var wait = new WaitOption("Waits until the service is at rest again, or fails.");
        var command = new HostCommand(
            "scale", "Gives a role another number of virtual machines.",
            "flow scale web worker 5", "flow scale 5 worker 9 --force", "flow scale web worker 3 --wait");
        return FlowCall.Command(
            io,
            command.With(service.Argument, role, number, force, wait.Option, wait.Timeout),
            async (call, cancellationToken) =>
            {
                int id = await service.FindAsync(call, cancellationToken);
                await call.Services.ScaleAsync(id, call.Required(role), call.Required(number), call.Value(force), cancellationToken);
                return await wait.UntilAtRestAsync(call, id, cancellationToken);
            },
            hasResult: false);
    }

    public static HostCommand Add(HostIo io)
    {
        var service = new Target(FlowKind.Service);
        var file = new JsonFileArgument("The role, as templates have it. '-' for standard input.");
        var command = new HostCommand("add-role", "Adds a role to a service that runs.", "flow add-role web cache.json");
        return FlowCall.Quiet(io, command.With(service.Argument, file.Argument), async (call, cancellationToken) =>
        {
            string json = await file.ReadAsync(call, cancellationToken);
            await call.Services.AddRoleAsync(await service.FindAsync(call, cancellationToken), json, cancellationToken);
        });
    }

    public static HostCommand Remove(HostIo io)
    {
        var service = new Target(FlowKind.Service);
        Argument<string> role = Role();
        var command = new HostCommand(
            "remove-role", "Removes a role with its virtual machines; with the last one the service goes.", "flow remove-role web cache");
        return FlowCall.Quiet(io, command.With(service.Argument, role), async (call, cancellationToken) =>
            await call.Services.RemoveRoleAsync(await service.FindAsync(call, cancellationToken), call.Required(role), cancellationToken));
    }

    public static HostCommand Act(HostIo io)
    {
        var service = new Target(FlowKind.Service);
        var action = new Argument<string>("ACTION") { Description = "What OpenNebula shall do with them: reboot, poweroff, snapshot-create..." };
        action.CompletionSources.Add(
            "terminate", "terminate-hard", "undeploy", "undeploy-hard", "hold", "release", "stop", "suspend", "resume", "reboot", "reboot-hard", "poweroff",
            "poweroff-hard", "snapshot-create", "snapshot-revert", "snapshot-delete", "disk-snapshot-create", "disk-snapshot-revert", "disk-snapshot-delete");
        var role = new Option<string?>("--role") { Description = "Only the virtual machines of a role.", HelpName = "ROLE" };
        var arguments = new Option<string?>("--args") { Description = "The arguments of the action, as OpenNebula has them.", HelpName = "TEXT" };
        var period = new Option<int?>("--period") { Description = "The seconds between two groups; else what the server says.", HelpName = "SECONDS" };
        var number = new Option<int?>("--number") { Description = "How many virtual machines are a group; else what the server says.", HelpName = "N" };
        Limits.Apply(period, 0, int.MaxValue);
        Limits.Apply(number, 0, int.MaxValue);
        var command = new HostCommand(
            "action", "Plans something for the virtual machines of a service, one group after the other.",
            "flow action web reboot --role worker --period 300 --number 2", "flow action 5 snapshot-create --args before-upgrade");
        return FlowCall.Quiet(io, command.With(service.Argument, action, role, arguments, period, number), async (call, cancellationToken) =>
        {
            TimeSpan? pause = call.Value(period) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
            var request = new RoleActionRequested(call.Value(role), call.Required(action), call.Value(arguments), pause, call.Value(number));
            await call.Services.RoleActionAsync(await service.FindAsync(call, cancellationToken), request, cancellationToken);
        });
    }

    private static Argument<string> Role() => new("ROLE") { Description = "The role." };
}

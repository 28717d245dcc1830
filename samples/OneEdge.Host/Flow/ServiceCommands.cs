using System.CommandLine;
using OneEdge.Flow.Lifecycle;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Flow;

/// <summary>What can be asked of a service as a whole.</summary>
internal static class ServiceCommands
{
    public static HostCommand Delete(HostIo io)
    {
        var services = new Argument<string[]>("SERVICE") { Description = "The services: ids or names.", Arity = ArgumentArity.OneOrMore };
        var wait = new WaitOption("Waits until they are gone.");
        var command = new HostCommand(
            "delete", "Undeploys services: their virtual machines and networks go, then the services.", "flow delete web", "flow delete 5 6 --wait");
        return FlowCall.Quiet(io, command.With(services, wait.Option, wait.Timeout), async (call, cancellationToken) =>
        {
            List<int> ids = [];
            foreach (string service in call.Required(services)) ids.Add(await Target.FindAsync(FlowKind.Service, call, service, cancellationToken));
            foreach (int id in ids) await call.Services.UndeployAsync(id, cancellationToken);
            foreach (int id in ids) await wait.UntilGoneAsync(call, id, cancellationToken);
        });
    }

    public static HostCommand Recover(HostIo io)
    {
        var service = new Target(FlowKind.Service);
        var delete = new Option<bool>("--delete") { Description = "Removes the service, whatever its state." };
        var force = new Option<bool>("--force") { Description = "Gives up what did not come up; OneFlow itself does not know this and tries again." };
        var command = new HostCommand(
            "recover", "Tries again what failed of a service, and ends its cooldown.",
            "flow recover web", "flow recover web --force", "flow recover 5 --delete");
        command.Validators.Add(result =>
        {
            if (result.GetValue(delete) && result.GetValue(force)) result.AddError("--delete and --force exclude each other.");
        });
        return FlowCall.Quiet(io, command.With(service.Argument, delete, force), async (call, cancellationToken) =>
        {
            RecoveryMode mode = call.Value(delete) ? RecoveryMode.Delete : call.Value(force) ? RecoveryMode.Force : RecoveryMode.Retry;
            await call.Services.RecoverAsync(await service.FindAsync(call, cancellationToken), mode, cancellationToken);
        });
    }

    public static HostCommand Release(HostIo io)
    {
        var service = new Target(FlowKind.Service);
        var wait = new WaitOption("Waits until the service runs, or fails.");
        var command = new HostCommand("release", "Deploys the virtual machines of a service that were created on hold.", "flow release web --wait");
        return FlowCall.Command(
            io,
            command.With(service.Argument, wait.Option, wait.Timeout),
            async (call, cancellationToken) =>
            {
                int id = await service.FindAsync(call, cancellationToken);
                await call.Services.ReleaseAsync(id, cancellationToken);
                return await wait.UntilAtRestAsync(call, id, cancellationToken);
            },
            hasResult: false);
    }

    public static HostCommand Update(HostIo io)
    {
        var service = new Target(FlowKind.Service);
        var file = new JsonFileArgument("The new body; with --append the members that are replaced. '-' for standard input.");
        var append = new Option<bool>("--append") { Description = "What the file does not name stays as it is." };
        var command = new HostCommand(
            "update", "Changes what a service should be: policies, limits, texts.", "flow update web new.json", "flow update 5 --append policies.json");
        return FlowCall.Quiet(io, command.With(service.Argument, file.Argument, append), async (call, cancellationToken) =>
        {
            string json = await file.ReadAsync(call, cancellationToken);
            await call.Services.UpdateAsync(await service.FindAsync(call, cancellationToken), json, call.Value(append), cancellationToken);
        });
    }

    public static HostCommand Purge(HostIo io) => FlowCall.Quiet(
        io,
        new HostCommand("purge", "Deletes the documents of services that are DONE, which old versions left behind.", "flow purge"),
        (call, cancellationToken) => call.Services.PurgeDoneAsync(cancellationToken));
}

using System.CommandLine;
using OneEdge.Flow.Client;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Flow;

/// <summary><c>oneedge flow template</c>.</summary>
internal static class TemplateCommands
{
    private static readonly string[] Depths = ["none", "templates", "all"];

    public static HostCommand Create(HostIo io) => new HostCommand(
        "template", "Service templates: what services are made of.",
        "flow template list", "flow template create web.json", "flow template instantiate web --wait").With(
        ListCommand.Templates(io),
        ShowCommand.Template(io),
        CreateTemplate(io),
        Update(io),
        Clone(io),
        Delete(io),
        Instantiate(io),
        OwnershipCommands.Rename(io, FlowKind.Template),
        OwnershipCommands.Chown(io, FlowKind.Template),
        OwnershipCommands.Chgrp(io, FlowKind.Template),
        OwnershipCommands.Chmod(io, FlowKind.Template));

    private static HostCommand CreateTemplate(HostIo io)
    {
        var file = new JsonFileArgument("The template. '-' for standard input.");
        var command = new HostCommand(
            "create", "Stores a service template and prints its id.", "flow template create web.json", "flow template create - < web.json");
        return FlowCall.Command(io, command.With(file.Argument), async (call, cancellationToken) =>
        {
            string json = await file.ReadAsync(call, cancellationToken);
            return call.Made(await TemplateRefusal.ExplainAsync(json, call.Required(file.Argument), async () =>
                (await call.Templates.CreateAsync(json, cancellationToken)).Id));
        });
    }

    private static HostCommand Update(HostIo io)
    {
        var template = new Target(FlowKind.Template);
        var file = new JsonFileArgument("The whole template; with --append the members that are replaced. '-' for standard input.");
        var append = new Option<bool>("--append") { Description = "What the file does not name stays as it is." };
        var command = new HostCommand(
            "update", "Changes a service template.", "flow template update web web.json", "flow template update 3 --append description.json");
        return FlowCall.Quiet(io, command.With(template.Argument, file.Argument, append), async (call, cancellationToken) =>
        {
            string json = await file.ReadAsync(call, cancellationToken);
            int id = await template.FindAsync(call, cancellationToken);
            if (call.Value(append)) await call.Templates.UpdateAsync(id, json, append: true, cancellationToken);
            else await TemplateRefusal.ExplainAsync(json, call.Required(file.Argument), async () =>
            {
                await call.Templates.UpdateAsync(id, json, cancellationToken: cancellationToken);
                return id;
            });
        });
    }

    private static HostCommand Clone(HostIo io)
    {
        var template = new Target(FlowKind.Template);
        var name = new Argument<string>("NAME") { Description = "The name of the copy." };
        Option<string> depth = Depth("--recursive", "What is copied with it: none, the templates of its virtual machines, or all, their images included.");
        var command = new HostCommand(
            "clone", "Copies a service template and prints the id of the copy.",
            "flow template clone web web-2", "flow template clone 3 web-2 --recursive all");
        return FlowCall.Command(io, command.With(template.Argument, name, depth), async (call, cancellationToken) => call.Made(
            (await call.Templates.CloneAsync(
                await template.FindAsync(call, cancellationToken), call.Required(name), DepthOf(call.Value(depth)), cancellationToken)).Id));
    }

    private static HostCommand Delete(HostIo io)
    {
        var templates = new Argument<string[]>("TEMPLATE") { Description = "The service templates: ids or names.", Arity = ArgumentArity.OneOrMore };
        Option<string> depth = Depth("--with", "What goes with them: none, the templates of their virtual machines, or all, their images included.");
        var command = new HostCommand("delete", "Deletes service templates.", "flow template delete web", "flow template delete 3 4 --with templates");
        return FlowCall.Quiet(io, command.With(templates, depth), async (call, cancellationToken) =>
        {
            List<int> ids = [];
            foreach (string name in call.Required(templates)) ids.Add(await Target.FindAsync(FlowKind.Template, call, name, cancellationToken));
            foreach (int id in ids) await call.Templates.DeleteAsync(id, DepthOf(call.Value(depth)), cancellationToken);
        });
    }

    private static HostCommand Instantiate(HostIo io)
    {
        var template = new Target(FlowKind.Template);
        var merge = new Option<string?>("--merge")
        {
            Description = "A file with what goes into the template, as JSON: values of attributes and networks, other numbers... '-' for standard input.",
            HelpName = "FILE",
        };
        var name = new Option<string?>("--name") { Description = "The name of the service; else that of the template." };
        var wait = new WaitOption("Waits until the service runs, or fails.");
        var command = new HostCommand(
            "instantiate", "Makes a service of a template and prints its id. With --wait, exit code 1: the service failed, or is not well.",
            "flow template instantiate web", "flow template instantiate 3 --merge values.json --name shop --wait");
        return FlowCall.Command(io, command.With(template.Argument, merge, name, wait.Option, wait.Timeout), async (call, cancellationToken) =>
        {
            string? values = call.Value(merge) is { } file ? await JsonFileArgument.ReadAsync(call, file, cancellationToken) : null;
            string? mergeTemplate = MergeText.WithName(values, call.Value(name));
            int id = (await call.Templates.InstantiateAsync(await template.FindAsync(call, cancellationToken), mergeTemplate, cancellationToken)).Id;
            call.Made(id);
            await io.Out.FlushAsync(cancellationToken);
            return await wait.UntilAtRestAsync(call, id, cancellationToken);
        });
    }

    private static Option<string> Depth(string name, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "none|templates|all", DefaultValueFactory = _ => Depths[0] };
        return option.AcceptOnlyFromAmong(Depths);
    }

    private static TemplateDepth DepthOf(string? word) => (TemplateDepth)Math.Max(0, Array.IndexOf(Depths, word));
}

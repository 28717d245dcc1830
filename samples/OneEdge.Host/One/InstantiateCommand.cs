using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary><c>oneedge one template instantiate</c>.</summary>
internal static class InstantiateCommand
{
    public static HostCommand Create(HostIo io)
    {
        var cloud = new CloudOptions();
        Argument<int> id = IdArgument.Create();
        var name = new Option<string>("--name") { Description = "The name of the virtual machine.", DefaultValueFactory = _ => "" };
        var hold = new Option<bool>("--hold") { Description = "It waits until it is released." };
        var extra = new Option<string>("--extra")
        {
            Description = "Attributes in place of those of the template: 'CPU = 2'.",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "",
        };
        var command = new HostCommand(
            "instantiate", "Makes a virtual machine of a template and prints its id.", "one template instantiate 0 --name web-1 --extra 'MEMORY = 2048'");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using OpenCloud open = await cloud.OpenAsync(parsed, io, cancellationToken);
            var options = new InstantiateOptions
            {
                Name = parsed.GetValue(name)!,
                OnHold = parsed.GetValue(hold),
                Extra = OpenNebulaTemplate.Parse(parsed.GetValue(extra)!, "--extra"),
            };
            int machine = await open.Client.Templates.InstantiateAsync(parsed.GetRequiredValue(id), options, cancellationToken);
            if (!OutputOption.IsJson(parsed)) io.Out.WriteLine(Text.Of(machine));
            else JsonOutput.Write(io, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("id", machine);
                json.WriteEndObject();
            });
            return ExitCode.Done;
        });
        return cloud.AddTo(command.With(id, name, hold, extra));
    }
}

using System.CommandLine;
using OneEdge.Config;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Config;

/// <summary><c>oneedge config get</c>: prints one value.</summary>
internal static class GetCommand
{
    private const int MostKeys = 8;

    public static HostCommand Create(HostIo io)
    {
        var file = new FileArguments();
        var path = new Argument<string>("PATH")
        {
            Description = "The path of the value, for example DB/BACKEND, VM_MAD/\"kvm\"/THREADS or :USER/:size; / for everything.",
        };
        var command = new HostCommand("get", "Prints a value as it stands in the file; a section, list or map as JSON. Exit code 1: there is none.",
            "config get /etc/one/oned.conf PORT",
            "config get /etc/one/oned.conf 'VM_MAD/\"kvm\"/ARGUMENTS' --root /srv/front-end",
            "config get ./onevm.yaml :ID/:size --type yaml-strict --output json");
        Option<bool> showSecrets = SecretsOption.Create(
            "Don't mask secret-looking values inside of a section, list or map; a single value and JSON always show them.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ConfigDocument document = await file.ReadAsync(parsed, io, cancellationToken);
            ConfigPath at = parsed.GetRequiredValue(path);
            ConfigValue? value = document.Find(at);
            if (value is null) return Missing(io, document, at, OutputOption.IsJson(parsed));
            if (OutputOption.IsJson(parsed)) WriteJson(io, parsed.GetRequiredValue(file.File), at, value);
            else io.Out.WriteLine(parsed.GetValue(showSecrets) || !IsCollection(value) ? value : ConfigSecrets.Mask(at, value));
            return ExitCode.Done;
        });
        return command.With(file.File, path, file.Tree.Root, file.Type, showSecrets, OutputOption.Create(), OutputOption.CreateShort());
    }

    private static bool IsCollection(ConfigValue value) => value.Kind is ConfigValueKind.Array or ConfigValueKind.Map;

    private static int Missing(HostIo io, ConfigDocument document, ConfigPath path, bool isJson)
    {
        new ErrorReport(io, isJson).Show(
        [
            new Diagnostic(HostErrorCodes.NoValue, DiagnosticSeverity.Error, $"There is no value at {path}.")
            {
                File = document.Source.Name,
                Hint = Hint(document, path),
            },
        ]);
        return ExitCode.Partly;
    }

    private static string? Hint(ConfigDocument document, ConfigPath path)
    {
        while (path.Count > 0)
        {
            path = path.Parent;
            if (document.Find(path) is not { } container) continue;
            if (container.Kind != ConfigValueKind.Map) return $"{path} is {container.Kind.ToString().ToLowerInvariant()}, not a map or section";
            string keys = string.Join(", ", container.Members.Take(MostKeys).Select(m => m.Key));
            return $"{path} has {keys}{(container.Members.Count > MostKeys ? "..." : "")}";
        }

        return null;
    }

    private static void WriteJson(HostIo io, string file, ConfigPath path, ConfigValue value) => JsonOutput.Write(io, json =>
    {
        json.WriteStartObject();
        json.WriteString("file", file);
        json.WriteString("path", path.ToString());
        JsonOutput.WriteValue(json, "value", value);
        json.WriteEndObject();
    });
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OneEdge.Host.Cli;
using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary><c>oneedge one call</c>: any method.</summary>
internal static class CallCommand
{
    public static HostCommand Create(HostIo io)
    {
        var cloud = new CloudOptions();
        var method = new Argument<string>("METHOD") { Description = "The method, such as one.vm.info." };
        var values = new Argument<string[]>("ARG")
        {
            Description = "Its parameters after the session: 5 and i:5 are numbers, true and b:true booleans, l:5 long numbers, d:0.5 fractions, "
                + "f:FILE the content of a file, anything else and s:5 texts.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new HostCommand(
            "call", "Calls a method and prints its answer as it is.",
            "one call one.vm.info 4", "one call one.template.allocate f:web.tmpl", "one call system.listMethods --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RpcValue[] parameters = await ReadAllAsync(parsed.GetValue(values) ?? [], cancellationToken);
            using OpenCloud open = await cloud.OpenAsync(parsed, io, cancellationToken);
            RpcValue answer = await open.Client.CallAsync(parsed.GetRequiredValue(method), parameters, cancellationToken);
            if (OutputOption.IsJson(parsed)) JsonOutput.Write(io, json => WriteJson(json, answer));
            else WriteText(io.Out, answer);
            return ExitCode.Done;
        });
        return cloud.AddTo(command.With(method, values));
    }

    private static async Task<RpcValue[]> ReadAllAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var values = new RpcValue[arguments.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i] is ['f', ':', .. var file] ? await File.ReadAllTextAsync(file, cancellationToken) : Read(arguments[i]);
        }

        return values;
    }

    internal static RpcValue Read(string argument)
    {
        string text = argument.Length > 2 && argument[1] == ':' ? argument[2..] : "";
        return argument switch
        {
            ['s', ':', ..] => text,
            ['i', ':', ..] when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) => number,
            ['l', ':', ..] when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
            ['d', ':', ..] when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            ['b', ':', ..] when bool.TryParse(text, out bool flag) => flag,
            "true" => true,
            "false" => false,
            _ => int.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : argument,
        };
    }

    private static void WriteText(TextWriter output, RpcValue value)
    {
        switch (value.Kind)
        {
            case RpcValueKind.String:
                output.WriteLine(value.AsString());
                break;
            case RpcValueKind.Array:
                foreach (RpcValue item in value.AsArray()) WriteText(output, item);
                break;
            case RpcValueKind.Struct:
                foreach ((string name, RpcValue member) in value.AsStruct())
                {
                    output.Write($"{name}: ");
                    WriteText(output, member);
                }

                break;
            default:
                output.WriteLine(value.ToString());
                break;
        }
    }

    private static void WriteJson(Utf8JsonWriter json, RpcValue value)
    {
        switch (value.Kind)
        {
            case RpcValueKind.String:
                json.WriteStringValue(value.AsString());
                break;
            case RpcValueKind.Boolean:
                json.WriteBooleanValue(value.AsBoolean());
                break;
            case RpcValueKind.Double:
                json.WriteNumberValue(value.AsDouble());
                break;
            case RpcValueKind.Array:
                json.WriteStartArray();
                foreach (RpcValue item in value.AsArray()) WriteJson(json, item);
                json.WriteEndArray();
                break;
            case RpcValueKind.Struct:
                json.WriteStartObject();
                foreach ((string name, RpcValue member) in value.AsStruct())
                {
                    json.WritePropertyName(name);
                    WriteJson(json, member);
                }

                json.WriteEndObject();
                break;
            default:
                json.WriteNumberValue(value.AsInt64());
                break;
        }
    }
}

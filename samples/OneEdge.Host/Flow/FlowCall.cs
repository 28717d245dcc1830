using System.CommandLine;
using OneEdge.Flow.Client;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Flow;

/// <summary>What a command of a OneFlow server has at hand.</summary>
/// <param name="Io">The outside.</param>
/// <param name="Parsed">The command line.</param>
/// <param name="Client">The server.</param>
internal sealed record FlowCall(HostIo Io, ParseResult Parsed, OneFlowClient Client)
{
    public IOneFlowServices Services => Client.Services;

    public IOneFlowTemplates Templates => Client.Templates;

    public bool IsJson => OutputOption.IsJson(Parsed);

    public Screen Screen => new(Io);

    public T Required<T>(Argument<T> argument) => Parsed.GetRequiredValue(argument);

    public T? Value<T>(Option<T> option) => Parsed.GetValue(option);

    /// <summary>Prints the id of what was made.</summary>
    public int Made(int id)
    {
        if (!IsJson) Io.Out.WriteLine(One.Text.Of(id));
        else JsonOutput.Write(Io, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteEndObject();
        });
        return ExitCode.Done;
    }

    /// <summary>Lets a command talk to a server; errors of the server say what to try.</summary>
    /// <param name="io">The outside.</param>
    /// <param name="command">The command, with its arguments and options.</param>
    /// <param name="act">What it does; gives the exit code.</param>
    /// <param name="hasResult">Whether it prints a result that programs may want as JSON.</param>
    public static HostCommand Command(HostIo io, HostCommand command, Func<FlowCall, CancellationToken, Task<int>> act, bool hasResult = true)
    {
        var server = new ServerOptions();
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using OneFlowClient client = await server.OpenAsync(parsed, io, cancellationToken);
            try
            {
                return await act(new FlowCall(io, parsed, client), cancellationToken);
            }
            catch (OneFlowException error) when (FlowHints.Of(error) is { } hint)
            {
                throw new HintException(error.Code, error.Message, hint);
            }
        });
        command.With(server.Server, server.Auth);
        return hasResult ? command.With(OutputOption.Create(), OutputOption.CreateShort()) : command;
    }

    /// <inheritdoc cref="Command(HostIo, HostCommand, Func{FlowCall, CancellationToken, Task{int}}, bool)"/>
    public static HostCommand Quiet(HostIo io, HostCommand command, Func<FlowCall, CancellationToken, Task> act) => Command(
        io,
        command,
        async (call, cancellationToken) =>
        {
            await act(call, cancellationToken);
            return ExitCode.Done;
        },
        hasResult: false);
}

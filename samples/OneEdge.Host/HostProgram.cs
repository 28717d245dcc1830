using System.CommandLine;
using System.CommandLine.Invocation;
using OneEdge.Host.Cli;

namespace OneEdge.Host;

/// <summary>The program without its process: arguments in, exit code out.</summary>
internal static class HostProgram
{
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args, HostIo io, CancellationToken cancellationToken = default)
    {
        try
        {
            return await InvokeAsync(CommandTree.Create(args, io).Parse(args, Parsing), io, cancellationToken);
        }
        finally
        {
            await io.Out.FlushAsync(CancellationToken.None);
            await io.Error.FlushAsync(CancellationToken.None);
        }
    }

    private static async Task<int> InvokeAsync(ParseResult parsed, HostIo io, CancellationToken cancellationToken)
    {
        var errors = new ErrorReport(io, OutputOption.IsJson(parsed));
        if (parsed.Action is ParseErrorAction) return errors.Usage(parsed);
        var invocation = new InvocationConfiguration
        {
            Output = io.Out,
            Error = io.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await io.Error.WriteLineAsync("oneedge: cancelled");
            return ExitCode.Cancelled;
        }
        catch (Exception e)
        {
            return errors.Failure(e);
        }
    }
}

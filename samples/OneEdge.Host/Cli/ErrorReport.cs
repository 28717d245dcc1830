using System.CommandLine;
using System.CommandLine.Parsing;

namespace OneEdge.Host.Cli;

/// <summary>Tells why a command ended without its result: clickable lines on standard error and, when asked for, JSON on standard output.</summary>
/// <param name="io">The outside.</param>
/// <param name="isJson">Whether JSON was asked for.</param>
internal sealed class ErrorReport(HostIo io, bool isJson)
{
    private const string Program = "oneedge";

    public int Usage(ParseResult parsed)
    {
        string path = string.Join(' ', CommandNames(parsed).Reverse());
        string hint = $"see: {path} --help";
        return Show(
            [.. parsed.Errors.Select(e => new Diagnostic(HostErrorCodes.Usage, DiagnosticSeverity.Error, OneLine(e.Message)) { File = Program, Hint = hint })]);
    }

    public int Failure(Exception exception) => Show(exception switch
    {
        OneEdgeException { Diagnostics: { Count: > 0 } findings } => findings,
        OneEdgeException known => [Finding(known.Code, known.Message)],
        IOException or UnauthorizedAccessException => [Finding(HostErrorCodes.Storage, exception.Message)],
        _ => [Fault(exception)],
    });

    public int Show(IReadOnlyList<Diagnostic> findings)
    {
        foreach (Diagnostic finding in findings) io.Error.WriteLine(finding);
        if (isJson) WriteJson(io, findings);
        return ExitCode.Failed;
    }

    public static void WriteJson(HostIo io, IReadOnlyList<Diagnostic> findings) => JsonOutput.Write(io, json =>
    {
        json.WriteStartObject();
        JsonOutput.WriteFindings(json, "errors", findings);
        json.WriteEndObject();
    });

    private static Diagnostic Fault(Exception exception) => Finding(HostErrorCodes.Fault, $"{exception.GetType().Name}: {exception.Message}") with
    {
        Hint = "this is a fault of the program; please report it",
    };

    private static Diagnostic Finding(string code, string message) => new(code, DiagnosticSeverity.Error, message) { File = Program };

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> CommandNames(ParseResult parsed)
    {
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = result.Parent)
            yield return command.Command is RootCommand ? Program : command.Command.Name;
    }
}

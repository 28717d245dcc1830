using System.Text.Json;

namespace OneEdge.Host.Tests;

/// <summary>One run of the program in process.</summary>
internal sealed record HostRun(int ExitCode, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public IReadOnlyList<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static async Task<HostRun> OfAsync(
        IReadOnlyList<string> args, string? input = null, bool terminal = false, params IReadOnlyList<(string Name, string Value)> variables)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var reader = new StringReader(input ?? "");
        var io = new HostIo(reader, output, error)
        {
            IsInteractive = terminal,
            IsInputTerminal = terminal,
            Variable = name => variables.FirstOrDefault(v => v.Name == name).Value,
        };
        int exitCode = await HostProgram.RunAsync([.. args], io, TestContext.Current.CancellationToken);
        return new HostRun(exitCode, output.ToString(), error.ToString());
    }

    public static Task<HostRun> OfAsync(params IReadOnlyList<string> args) => OfAsync(args, input: null);

    public HostRun Exits(int expected)
    {
        Assert.True(expected == ExitCode, $"exit code {ExitCode} instead of {expected}\n{Out}\n{Error}");
        return this;
    }
}

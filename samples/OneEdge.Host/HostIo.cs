namespace OneEdge.Host;

/// <summary>The outside of the program, so that tests run commands in process.</summary>
/// <param name="In">Standard input.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record HostIo(TextReader In, TextWriter Out, TextWriter Error)
{
    /// <summary>Whether standard input is a terminal, so that nothing can be read from it.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Whether a person reads standard output: colours, tables and questions are welcome.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>The real console and environment.</summary>
    public static HostIo Real() => new(Console.In, Console.Out, Console.Error)
    {
        IsInputTerminal = !Console.IsInputRedirected,
        IsInteractive = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("CI") is null,
        Variable = Environment.GetEnvironmentVariable,
    };
}

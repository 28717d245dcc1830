namespace OneEdge.Host;

/// <summary>The outside of the program, so that tests run commands in process.</summary>
/// <param name="In">Standard input.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record HostIo(TextReader In, TextWriter Out, TextWriter Error)
{
    private const int DefaultWidth = 120;

    /// <summary>Whether standard input is a terminal, so that a patch can't be read from it but a question can be answered.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Whether a person reads standard output: colours, tables and questions are welcome.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>The columns of the terminal.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>The lines of the terminal.</summary>
    public int Height { get; init; } = int.MaxValue;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>Whether tables and colours are welcome.</summary>
    public bool IsRich => IsInteractive && string.IsNullOrEmpty(Variable("NO_COLOR"));

    /// <summary>Whether a question can be asked.</summary>
    public bool CanAsk => IsInteractive && IsInputTerminal;

    /// <summary>The real console and environment.</summary>
    public static HostIo Real()
    {
        bool interactive = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("CI") is null;
        return new HostIo(
            new StandardInput(Console.OpenStandardInput()),
            new StandardOutput(Console.OpenStandardOutput(), isLineBuffered: false),
            new StandardOutput(Console.OpenStandardError(), isLineBuffered: true))
        {
            IsInputTerminal = !Console.IsInputRedirected,
            IsInteractive = interactive,
            Width = interactive ? TerminalWidth() : DefaultWidth,
            Height = interactive && Console.WindowHeight > 0 ? Console.WindowHeight : int.MaxValue,
            Variable = Environment.GetEnvironmentVariable,
        };
    }

    private static int TerminalWidth()
    {
        const int narrowest = 40;
        return Math.Max(Console.WindowWidth, narrowest);
    }
}

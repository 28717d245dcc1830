using System.Text;

namespace OneEdge.Commands;

/// <summary>A program ended with an exit code that its caller does not accept.</summary>
public sealed class CommandFailedException : OneEdgeException
{
    private const int ShownLines = 20;

    /// <summary>Creates the exception.</summary>
    /// <param name="command">The program; its secrets are masked in the message.</param>
    /// <param name="result">How it ended.</param>
    public CommandFailedException(CommandSpec command, CommandResult result)
        : this(MaskOf(command), command, result ?? throw new ArgumentNullException(nameof(result)))
    {
    }

    private CommandFailedException(SecretMask mask, CommandSpec command, CommandResult result)
        : this(command, result, LastLines(mask.Apply(result.StandardOutput)), LastLines(mask.Apply(result.StandardError)))
    {
        FileName = mask.Apply(command.FileName);
        Arguments = [.. mask.Apply(command.Arguments)];
        WorkingDirectory = command.WorkingDirectory;
    }

    private CommandFailedException(CommandSpec command, CommandResult result, IReadOnlyList<string> output, IReadOnlyList<string> error)
        : base(CoreErrorCodes.CommandFailed, Describe(command, result, output, error))
    {
        FileName = "";
        Arguments = [];
        ExitCode = result.ExitCode;
        Duration = result.Duration;
        LastOutputLines = output;
        LastErrorLines = error;
    }

    /// <summary>The program.</summary>
    public string FileName { get; }

    /// <summary>The arguments, with secrets masked.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>The directory in which the program ran; <see langword="null"/> means that of this process.</summary>
    public string? WorkingDirectory { get; }

    /// <summary>The exit code.</summary>
    public int ExitCode { get; }

    /// <summary>The signal that ended the program, as far as the exit code tells (128 and its number).</summary>
    public int? Signal => SignalOf(ExitCode);

    /// <summary>How long the program ran.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The last 20 lines of output, with secrets masked.</summary>
    public IReadOnlyList<string> LastOutputLines { get; }

    /// <summary>The last 20 lines of errors, with secrets masked.</summary>
    public IReadOnlyList<string> LastErrorLines { get; }

    private static SecretMask MaskOf(CommandSpec? command) => new((command ?? throw new ArgumentNullException(nameof(command))).Secrets);

    private static int? SignalOf(int exitCode) => !OperatingSystem.IsWindows() && exitCode is > 128 and <= 128 + 64 ? exitCode - 128 : null;

    private static string Describe(CommandSpec command, CommandResult result, IReadOnlyList<string> output, IReadOnlyList<string> error)
    {
        var text = new StringBuilder();
        string signal = SignalOf(result.ExitCode) is { } number ? FormattableString.Invariant($" (signal {number})") : "";
        string ending = FormattableString.Invariant($"exit code {result.ExitCode}{signal} after {result.Duration.TotalSeconds:0.###} s");
        text.Append("The command failed with ").Append(ending).Append(": ").Append(command);
        if (command.WorkingDirectory is not null) text.Append("\n  in ").Append(command.WorkingDirectory);
        AppendLines(text, "errors", error);
        AppendLines(text, "output", output);
        return text.ToString();
    }

    private static void AppendLines(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0) return;
        text.Append("\n  ").Append(title).Append(':');
        foreach (string line in lines) text.Append("\n    ").Append(line);
    }

    private static string[] LastLines(string text)
    {
        const int MaxLineLength = 1000;
        string[] lines = text.TrimEnd().Split('\n');
        if (lines is [""]) return [];
        return [.. lines.TakeLast(ShownLines).Select(line => line.TrimEnd('\r'))
            .Select(line => line.Length > MaxLineLength ? line[..MaxLineLength] + "..." : line)];
    }
}

/// <summary>A program ran for longer than <see cref="CommandSpec.Timeout"/> and was stopped.</summary>
public sealed class CommandTimeoutException : OneEdgeException
{
    internal CommandTimeoutException(CommandSpec command, TimeSpan limit)
        : base(
            CoreErrorCodes.CommandTimeout,
            FormattableString.Invariant($"The command was stopped after its limit of {limit.TotalSeconds:0.###} s: {command}")) => Limit = limit;

    /// <summary>How long it might run.</summary>
    public TimeSpan Limit { get; }
}

/// <summary>A program is not installed.</summary>
public sealed class ToolMissingException : OneEdgeException
{
    internal ToolMissingException(string fileName, IReadOnlyList<string> searched)
        : base(CoreErrorCodes.ToolMissing, searched.Count == 0
            ? $"The program '{fileName}' cannot be found: PATH names no directory."
            : $"The program '{fileName}' is missing or not executable. Searched: {string.Join(", ", searched)}. Install it, or give its path.")
    {
        FileName = fileName;
        SearchedDirectories = searched;
    }

    /// <summary>The program.</summary>
    public string FileName { get; }

    /// <summary>Where it was looked for.</summary>
    public IReadOnlyList<string> SearchedDirectories { get; }
}

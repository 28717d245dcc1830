namespace OneEdge.Commands;

/// <summary>A program to run. Arguments reach it one by one as they are; no shell sees them.</summary>
public sealed record CommandSpec
{
    /// <summary>Names a program and its arguments.</summary>
    /// <param name="fileName">The program: a name to be found on PATH, or a path.</param>
    /// <param name="arguments">The arguments.</param>
    public CommandSpec(string fileName, params IEnumerable<string> arguments)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentNullException.ThrowIfNull(arguments);
        FileName = fileName;
        Arguments = [.. arguments];
    }

    /// <summary>The program: a name to be found on PATH, or a path.</summary>
    public string FileName { get; init; }

    /// <summary>The arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The directory in which the program runs.</summary>
    /// <value>Default: <see langword="null"/>, that of this process.</value>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to the environment of this process; a <see langword="null"/> value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>What the program reads.</summary>
    /// <value>Default: nothing.</value>
    public ReadOnlyMemory<byte> StandardInput { get; init; }

    /// <summary>How long the program may run before it is stopped and <see cref="CommandTimeoutException"/> is thrown.</summary>
    /// <value>Default: <see langword="null"/>, for ever.</value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long a program that was asked to stop may take before it is killed.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How the program is asked to stop.</summary>
    /// <value>Default: <see cref="StopSignal.Terminate"/>.</value>
    public StopSignal StopSignal { get; init; }

    /// <summary>How many bytes of each of the two output streams are kept: the first half and the last half.</summary>
    /// <value>Default: 16 MiB.</value>
    public int OutputLimit { get; init; } = 16 << 20;

    /// <summary>Texts that must never appear in messages, logs, events or results.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Whether <see cref="Secrets"/> are replaced in results and events too; messages and logs never show them.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool MaskOutput { get; init; } = true;

    /// <summary>The exit codes that are no failure; empty accepts every one.</summary>
    /// <value>Default: 0 alone.</value>
    public IReadOnlyList<int> AcceptedExitCodes { get; init; } = [0];

    /// <summary>The command for people, with secrets masked. Not meant for a shell.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join(' ', new SecretMask(Secrets).Apply([FileName, .. Arguments]).Select(Quote));

    internal static string Quote(string argument) =>
        argument.Length > 0 && !argument.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '"' or '\'' or '\\') ? argument
        : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}

/// <summary>How a program is asked to stop; on Windows every program is killed.</summary>
public enum StopSignal
{
    /// <summary>SIGTERM.</summary>
    Terminate,

    /// <summary>SIGINT, as Ctrl+C sends it.</summary>
    Interrupt,
}

namespace OneEdge.Commands;

/// <summary>Something that happened to a running program.</summary>
public abstract record CommandEvent
{
    private protected CommandEvent()
    {
    }
}

/// <summary>The program runs.</summary>
/// <param name="ProcessId">Its process number.</param>
public sealed record CommandStarted(int ProcessId) : CommandEvent;

/// <summary>The program wrote a line. Lines of more than 64 KiB come in pieces.</summary>
/// <param name="Text">The line without its end.</param>
public sealed record CommandOutputLine(string Text) : CommandEvent;

/// <summary>The program wrote a line of errors. Lines of more than 64 KiB come in pieces.</summary>
/// <param name="Text">The line without its end.</param>
public sealed record CommandErrorLine(string Text) : CommandEvent;

/// <summary>The program ended with an accepted exit code.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Duration">How long the program ran.</param>
public sealed record CommandExited(int ExitCode, TimeSpan Duration) : CommandEvent;

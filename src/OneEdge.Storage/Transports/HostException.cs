namespace OneEdge.Storage;

/// <summary>A script that failed on a host, or a host that cannot be reached.</summary>
public sealed class HostException : StorageException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="code">A code of <see cref="StorageErrorCodes"/>.</param>
    /// <param name="host">The host.</param>
    /// <param name="script">What was to be done.</param>
    /// <param name="exitCode">The exit code; <see langword="null"/> when there was none.</param>
    /// <param name="errorText">What was written to standard error.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public HostException(string code, string host, string script, int? exitCode, string errorText, Exception? innerException = null)
        : base(code, Text(code, host, script, exitCode, errorText), innerException)
    {
        (Host, Script, ExitCode, ErrorText) = (host, script, exitCode, errorText);
    }

    /// <summary>The host.</summary>
    public string Host { get; }

    /// <summary>What was to be done.</summary>
    public string Script { get; }

    /// <summary>The exit code; <see langword="null"/> when there was none.</summary>
    public int? ExitCode { get; }

    /// <summary>What was written to standard error.</summary>
    public string ErrorText { get; }

    private static string Text(string code, string host, string script, int? exitCode, string errorText)
    {
        string what = code == StorageErrorCodes.HostUnreachable ? $"Host '{host}' cannot be reached to do '{script}'"
            : exitCode is { } number ? $"'{script}' failed on host '{host}' with exit code {number}" : $"'{script}' failed on host '{host}'";
        string[] lines = errorText.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? what + "." : $"{what}:\n  {string.Join("\n  ", lines.TakeLast(20))}";
    }
}

namespace OneEdge.Host.Config;

/// <summary>The log of the original, line for line, on standard error.</summary>
/// <param name="error">Where it goes.</param>
/// <param name="level">How much is told.</param>
internal sealed class PatchLog(TextWriter error, LogLevel level)
{
    public void Debug(string text)
    {
        if (level >= LogLevel.Debug) error.WriteLine("DEBUG : " + text);
    }

    public void Info(string text)
    {
        if (level >= LogLevel.Info) error.WriteLine("INFO  : " + text);
    }

    public void Warn(string text) => error.WriteLine("WARN  : " + text);

    public void Error(string text) => error.WriteLine("ERROR : " + text);

    /// <summary>More about the error before it than the original tells.</summary>
    public void Detail(string text) => error.WriteLine("        " + text);

    public void Fatal(string reason) => error.WriteLine("FATAL : FAILED - " + reason);

    public void Any(string text) => error.WriteLine("ANY   : " + text);

    /// <summary>A finding in the form that editors and terminals can click; it follows a line of the log.</summary>
    public void Finding(Diagnostic finding) => error.WriteLine(finding);
}

namespace OneEdge;

/// <summary>The base of every exception that a OneEdge library throws on purpose.</summary>
/// <remarks>Cancelled work throws <see cref="OperationCanceledException"/>, misuse of an argument <see cref="ArgumentException"/>.</remarks>
public class OneEdgeException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="code">The stable code of the error, for example <c>OEC1001</c>.</param>
    /// <param name="message">What failed, on which object, and what to try.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public OneEdgeException(string code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        Code = code;
    }

    /// <summary>Creates an exception that collects what was found in a text: its code is that of the first error, its message has a line for each.</summary>
    /// <param name="diagnostics">The findings; at least one is an error.</param>
    /// <exception cref="ArgumentException">None of the findings is an error.</exception>
    protected OneEdgeException(IReadOnlyList<Diagnostic> diagnostics)
        : this(FirstError(diagnostics).Code, string.Join('\n', diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)))
    {
        Diagnostics = diagnostics;
    }

    /// <summary>The stable code of the error; messages may change between versions, codes do not.</summary>
    public string Code { get; }

    /// <summary>The findings in the order of the text, errors and warnings; empty for an error that is not about a text.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = [];

    private static Diagnostic FirstError(IReadOnlyList<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        return diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error)
            ?? throw new ArgumentException("There is no error among the findings.", nameof(diagnostics));
    }
}

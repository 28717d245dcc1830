using System.Globalization;
using System.Text;
using OneEdge.Text;

namespace OneEdge;

/// <summary>One finding about a text: where, how bad, what was expected and what to do.</summary>
public sealed record Diagnostic
{
    /// <summary>Creates a finding.</summary>
    /// <param name="code">The stable code, for example <c>OEC1001</c>.</param>
    /// <param name="severity">How much it matters.</param>
    /// <param name="message">What is wrong and what was expected, without the place.</param>
    public Diagnostic(string code, DiagnosticSeverity severity, string message)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        ArgumentNullException.ThrowIfNull(message);
        Code = code;
        Severity = severity;
        Message = message;
    }

    /// <summary>The stable code of the finding.</summary>
    public string Code { get; }

    /// <summary>How much it matters.</summary>
    public DiagnosticSeverity Severity { get; }

    /// <summary>What is wrong and what was expected, without the place.</summary>
    public string Message { get; }

    /// <summary>The name of the text, usually a file name; <see langword="null"/> when it has none.</summary>
    public string? File { get; init; }

    /// <summary>The place in the text, 1-based; <see langword="null"/> when the finding is about the whole text.</summary>
    public LinePosition? Position { get; init; }

    /// <summary>What to try, if there is something to try.</summary>
    public string? Hint { get; init; }

    /// <summary>Creates an error at a place of a text.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="message">What is wrong and what was expected.</param>
    /// <param name="source">The text.</param>
    /// <param name="offset">The byte offset of the place.</param>
    /// <param name="hint">What to try.</param>
    /// <returns>The finding.</returns>
    public static Diagnostic Error(string code, string message, SourceText source, int offset, string? hint = null) =>
        At(code, DiagnosticSeverity.Error, message, source, offset, hint);

    /// <summary>Creates a warning at a place of a text.</summary>
    /// <inheritdoc cref="Error(string, string, SourceText, int, string?)"/>
    public static Diagnostic Warning(string code, string message, SourceText source, int offset, string? hint = null) =>
        At(code, DiagnosticSeverity.Warning, message, source, offset, hint);

    /// <summary>The compiler-style form that editors and terminals can click: <c>file(line,column): error CODE: text</c>.</summary>
    /// <returns>One line, with the hint at its end.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(File);
        if (Position is { } position) text.Append(CultureInfo.InvariantCulture, $"({position.Line},{position.Column})");
        if (text.Length > 0) text.Append(": ");
        text.Append(Severity switch
        {
            DiagnosticSeverity.Error => "error ",
            DiagnosticSeverity.Warning => "warning ",
            _ => "info ",
        });
        text.Append(Code).Append(": ").Append(Message);
        if (Hint is not null) text.Append(" (").Append(Hint).Append(')');
        return text.ToString();
    }

    private static Diagnostic At(string code, DiagnosticSeverity severity, string message, SourceText source, int offset, string? hint)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Diagnostic(code, severity, message) { File = source.Name, Position = source.GetPosition(offset), Hint = hint };
    }
}

namespace OneEdge.Host.Cli;

/// <summary>An error of a command that says what to try.</summary>
internal sealed class HintException(string code, string message, string hint)
    : OneEdgeException([new Diagnostic(code, DiagnosticSeverity.Error, message) { File = "oneedge", Hint = hint }]);

using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>What a top-level statement is.</summary>
internal enum ShellStatementKind
{
    /// <summary>Anything that is neither a variable nor a list of exports.</summary>
    Other,

    /// <summary><c>NAME=VALUE</c>, maybe exported.</summary>
    Variable,

    /// <summary><c>export NAME NAME</c>.</summary>
    Export,
}

/// <summary>One top-level statement; the offsets are those of the source.</summary>
internal sealed class ShellStatement
{
    /// <summary>What the statement is.</summary>
    public required ShellStatementKind Kind { get; init; }

    /// <summary>The name of the variable, or the name that Augeas gives to the kind of statement: <c>.source</c>, <c>@if</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where the statement begins, its indentation included.</summary>
    public required int Start { get; init; }

    /// <summary>The statement without indentation, separator and comment.</summary>
    public required TextSpan Content { get; init; }

    /// <summary>Where the line of the statement ends, the line end included; when another statement follows on the line, where that begins.</summary>
    public required int Next { get; init; }

    /// <summary>The length of the line end at the end of the line, in bytes; -1 when another statement follows on the line.</summary>
    public required int LineEndLength { get; init; }

    /// <summary>Whether no other statement stands before this one on its line.</summary>
    public required bool StartsLine { get; init; }

    /// <summary>A variable: the word <c>export</c> and the blanks after it; empty when it is not exported here.</summary>
    public TextSpan Export { get; init; }

    /// <summary>A variable: its value with quotes.</summary>
    public TextSpan Value { get; init; }

    /// <summary>A list of exports: the names.</summary>
    public IReadOnlyList<TextSpan> Names { get; init; } = [];

    /// <summary>Whether no other statement follows on the line.</summary>
    public bool EndsLine => LineEndLength >= 0;
}

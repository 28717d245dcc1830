using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>
/// Reads the grammar of the Augeas lens Shellvars: the top level here, simple statements, commands and blocks in the other parts.
/// </summary>
/// <remarks>
/// A method for a part of the grammar takes an offset and gives the offset behind the part, or <see cref="ShellTokens.None"/>. The place of an
/// error is the furthest offset that any part reached, as in the original.
/// </remarks>
internal sealed partial class ShellReader
{
    private const int None = ShellTokens.None;

    private readonly SourceText _source;
    private readonly ConfigLimits _limits;
    private readonly ShellFindings _findings;
    private readonly ShellView _view;
    private readonly ShellTokens _tokens;
    private readonly List<ShellStatement> _statements = [];
    private int _furthest;
    private string _expected = "";
    private bool _tooDeep;

    // The offset behind the word or bracket that closed a block most recently.
    private int _closed;

    public ShellReader(SourceText source, ConfigLimits limits, ShellFindings findings)
    {
        _source = source;
        _limits = limits;
        _findings = findings;
        _view = new ShellView(source);
        _tokens = _view.Tokens;
    }

    public IReadOnlyList<ShellStatement> Read()
    {
        int binary = _source.Span.IndexOf((byte)0);
        if (binary >= 0)
        {
            _findings.NullByte(binary);
            return [];
        }

        int i = _tokens.EmptyLines(0);
        while (i < _tokens.Length && !_findings.IsFull) i = TopLevel(i) is int next && next != None ? next : Recover(i);
        return _statements;
    }

    private int TopLevel(int i)
    {
        Reach(i, "a variable NAME=VALUE, a comment or a shell statement");
        int end = Entry(i, depth: 0, inCase: false, out Found found);
        if (end != None && found.Label.Length > 0) Keep(i, found, end);
        return end;
    }

    // Reports the error and goes on with the next line, so that one run tells of every bad line; after a block that is not closed nothing can be told.
    private int Recover(int start)
    {
        if (_tooDeep)
        {
            _findings.TooDeep(_view.ToSource(_furthest), _limits.MaxDepth);
            return _tokens.Length;
        }

        _findings.Syntax(_view.ToSource(_furthest), _expected);
        int content = _tokens.Blanks(start);
        int line = _tokens.Slice(Math.Min(_furthest, _tokens.Length), _tokens.Length).IndexOf((byte)'\n');
        if (line < 0 || IsBlock(content)) return _tokens.Length;
        return _tokens.EmptyLines(_furthest + line + 1);
    }

    private void Keep(int start, Found found, int next)
    {
        int content = _tokens.Blanks(start);
        (int lineEnd, int rest) = LineEnd(found.End, next);
        bool ends = lineEnd != None;
        _statements.Add(new ShellStatement
        {
            Kind = found.Kind,
            Name = found.Label,
            Start = _view.ToSource(start),
            Content = _view.ToSource(content, found.End),
            Next = _view.ToSource(rest),
            LineEndLength = ends ? _view.ToSource(rest) - _view.ToSource(lineEnd) : None,
            StartsLine = StartsLine(start),
            Export = found.Kind == ShellStatementKind.Variable ? _view.ToSource(content, found.NameStart) : default,
            Value = found.Kind == ShellStatementKind.Variable ? _view.ToSource(found.ValueStart, found.End) : default,
            Names = found.Kind == ShellStatementKind.Export ? ExportedNames(found.NameStart, found.End) : [],
        });
    }

    private bool StartsLine(int start)
    {
        ReadOnlySpan<byte> before = _tokens.Slice(0, start).TrimEnd(" \t"u8);
        return before.IsEmpty || before[^1] == '\n';
    }

    // The line feed that ends the line of a statement and the offset behind it; no line feed when another statement follows on the line.
    private (int LineFeed, int Next) LineEnd(int end, int next)
    {
        int i = _tokens.Blanks(Math.Min(end, next));
        if (_tokens.At(i) == ';') i = _tokens.Blanks(i + 1);
        if (_tokens.At(i) == '#') i += _tokens.Slice(i, _tokens.Length).IndexOf((byte)'\n');
        return _tokens.At(i) == '\n' ? (i, i + 1) : (None, i);
    }

    private List<TextSpan> ExportedNames(int start, int end)
    {
        List<TextSpan> names = [];
        for (int i = start; i < end;)
        {
            int stop = i;
            while (stop < end && _tokens.At(stop) is not ((byte)' ' or (byte)'\t')) stop++;
            names.Add(_view.ToSource(i, stop));
            i = _tokens.Blanks(stop);
        }

        return names;
    }

    private int Reach(int i, string expected)
    {
        if (i > _furthest || _expected.Length == 0)
        {
            _furthest = i;
            _expected = expected;
        }

        return i;
    }

    private string Text(int start, int end) => SourceEncoding.GetString(_tokens.Slice(start, end));

    /// <summary>What was found at the top level; the offsets are those of the view.</summary>
    private struct Found
    {
        public ShellStatementKind Kind;
        public string Label;
        public int NameStart;
        public int ValueStart;
        public int End;
    }
}

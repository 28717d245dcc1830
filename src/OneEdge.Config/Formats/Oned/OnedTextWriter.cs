using System.Text;
using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Turns the changed nodes into edits of the text; what no change touched is not even looked at.</summary>
internal sealed class OnedTextWriter
{
    private readonly OnedTree _tree;
    private readonly OnedSyntax _syntax;
    private readonly SourceText _source;
    private readonly string _newLine;
    private readonly List<TextEdit> _edits = [];

    public OnedTextWriter(OnedTree tree)
    {
        _tree = tree;
        _syntax = tree.Syntax;
        _source = tree.Syntax.Source;
        int lineEnd = _source.Span.IndexOf((byte)'\n');
        _newLine = lineEnd > 0 && _source.Span[lineEnd - 1] == '\r' ? "\r\n" : "\n";
    }

    public SourceText Write()
    {
        foreach (OnedEditNode node in _tree.Changed)
        {
            if (node.IsRemoved) _edits.Add(new TextEdit(LinesOf(node.Original), ReadOnlyMemory<byte>.Empty));
            else if (node.IsSection) new OnedSectionText(_syntax, node, _newLine).AddEdits(_edits);
            else if (node.HasNewValue) _edits.Add(ValueEdit(node));
        }

        AppendNew();
        _edits.RemoveAll(IsNothing);
        return _source.WithEdits(_edits);
    }

    internal static TextEdit ValueEdit(OnedEditNode node) =>
        new(TextSpan.FromBounds(node.Original.ValueStart, node.Original.ValueEnd), node.Value);

    // The lines of the node with their ends: a trailing comment goes with it.
    private TextSpan LinesOf(in OnedNode node)
    {
        ReadOnlySpan<byte> text = _source.Span;
        int start = Math.Max(text[..node.NameStart].LastIndexOf((byte)'\n') + 1, _source.ByteOrderMarkLength);
        if (start > node.NameStart) start = node.NameStart;
        int rest = text[node.ValueEnd..].IndexOf((byte)'\n');
        return TextSpan.FromBounds(start, rest < 0 ? text.Length : node.ValueEnd + rest + 1);
    }

    private void AppendNew()
    {
        var added = new StringBuilder();
        for (int i = _syntax.Nodes.Length; i < _tree.Top.Nodes.Count; i++)
        {
            OnedEditNode node = _tree.Top.Nodes[i];
            if (node.IsRemoved) continue;
            added.Append(node.Name).Append(" = ");
            if (node.IsSection) AppendSection(added, node);
            else added.Append(node.Value);
            added.Append(_newLine);
        }

        if (added.Length == 0) return;
        if (LastLineIsOpen())
        {
            // A text without a final line end stays one; a CR at the very end is the half of a line end already.
            added.Insert(0, _source.Span[^1] == '\r' ? "\n" : _newLine);
            added.Length -= _newLine.Length;
        }

        _edits.Add(new TextEdit(new TextSpan(_source.Length, 0), added.ToString()));
    }

    private void AppendSection(StringBuilder text, OnedEditNode section)
    {
        text.Append('[').Append(_newLine);
        bool first = true;
        foreach (OnedEditNode item in section.Items.Nodes)
        {
            if (item.IsRemoved) continue;
            if (!first) text.Append(',').Append(_newLine);
            text.Append("    ").Append(item.Name).Append(" = ").Append(item.Value);
            first = false;
        }

        text.Append(_newLine).Append(']');
    }

    private bool LastLineIsOpen()
    {
        if (_source.Length <= _source.ByteOrderMarkLength || _source.Span[^1] == '\n') return false;
        return !_edits.Exists(e => e.Replacement.IsEmpty && e.Span.Length > 0 && e.Span.End == _source.Length);
    }

    private bool IsNothing(TextEdit edit) => edit.Replacement.Span.SequenceEqual(_source.Span.Slice(edit.Span.Start, edit.Span.Length));
}

using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>
/// Finds the edits that make a text hold another value. It walks text and value side by side: what is equal is not touched, so that comments, quotes, order
/// and blank lines stay; what differs is written at the smallest place that holds the difference.
/// </summary>
internal sealed partial class YamlReconciler
{
    private readonly YamlTree _tree;
    private readonly YamlLines _lines;
    private readonly YamlLayout _layout;
    private readonly YamlAliases _aliases;
    private readonly bool _isCoarse;
    private readonly List<TextEdit> _edits = [];
    private bool _addsBehindEnd;

    public YamlReconciler(YamlDocument document, bool isCoarse)
    {
        _tree = document.Tree;
        _lines = new YamlLines(document.Source);
        _layout = YamlLayoutFinder.Find(_tree.Root, _lines.NewLine);
        _aliases = new YamlAliases(_tree);
        _isCoarse = isCoarse;
    }

    public List<TextEdit> Reconcile(ConfigValue wanted)
    {
        if (_tree.Root is null) AppendDocument(wanted);
        else Reconcile(_tree.Root, wanted, new Place(PlaceKind.Root, _tree.Marker, -1));
        if (_addsBehindEnd) StripLastScalar();
        return _edits;
    }

    private void Reconcile(YamlNode node, ConfigValue wanted, Place place)
    {
        if (node.Kind == YamlNodeKind.Alias)
        {
            ReconcileAlias(node, wanted, place);
            return;
        }

        bool same = ReferenceEquals(node.Value, wanted) || node.Value.Equals(wanted);
        if (same && !_aliases.Any) return;
        bool isMap = node.Kind == YamlNodeKind.Mapping && wanted.Kind == ConfigValueKind.Map;
        bool isArray = node.Kind == YamlNodeKind.Sequence && node.Value.Kind == ConfigValueKind.Array && wanted.Kind == ConfigValueKind.Array;
        bool keepsContent =
            (isMap || isArray) && node.Entries.Count > 0 && YamlBlockText.IsOpen(wanted) && !(_isCoarse && place.Kind != PlaceKind.Root && !same);
        if (keepsContent && isMap) keepsContent = ReconcileMap(node, wanted);
        else if (keepsContent) ReconcileSequence(node, wanted);
        else keepsContent = same;
        if (!keepsContent) Replace(node, wanted, place, node.Anchor);
        _aliases.Stands(node, wanted);
    }

    private void ReconcileAlias(YamlNode node, ConfigValue wanted, Place place)
    {
        _aliases.Passed(node);
        if (_aliases.ValueOf(node) is { } value && value.Equals(wanted))
        {
            string name = _aliases.NameOf(node);
            if (name != node.Target!.Anchor) Edit(node.Start, node.End, "*" + name);
            return;
        }

        Replace(node, wanted, place, _aliases.TakeOver(node, wanted));
    }

    private void Edit(int from, int to, string text)
    {
        if (from != to || text.Length > 0) _edits.Add(new TextEdit(TextSpan.FromBounds(from, to), text));
    }

    // Whole lines; text without a final line end gets none by what is added, unless a block scalar needs it.
    private void InsertLines(int offset, string lines)
    {
        if (_lines.IsLineStart(offset))
        {
            Edit(offset, offset, lines + _layout.NewLine);
            return;
        }

        _addsBehindEnd = true;
        bool needsEnd = lines.Contains(": |", StringComparison.Ordinal) || lines.Contains("- |", StringComparison.Ordinal);
        Edit(offset, offset, _layout.NewLine + lines + (needsEnd ? _layout.NewLine : ""));
    }

    // A block scalar that ends with the file has no final line end; it must not get one when lines follow.
    private void StripLastScalar()
    {
        YamlNode? last = _tree.Root;
        while (last is { Entries.Count: > 0, Style: YamlStyle.Block }) last = last.Entries[^1].Value;
        if (last is not { Kind: YamlNodeKind.Scalar, Style: YamlStyle.Literal or YamlStyle.Folded } || last.End != _lines.Length) return;
        if (_edits.Exists(e => e.Span.Start < last.End && e.Span.End > last.ContentStart)) return;
        int from = last.ContentStart + 1;
        int to = HeaderEnd(last);
        Edit(from, to, "-" + _lines.Text(from, to).Trim('-', '+'));
    }

    private void AppendDocument(ConfigValue wanted)
    {
        string marker = _lines.Length == 0 ? "---" : "";
        YamlPiece piece = new YamlBlockText(_layout).OfRoot(wanted);
        string text = marker.Length > 0 && !YamlBlockText.IsOpen(wanted) ? $"{marker} {piece.Head}" : Join(marker, piece.Head);
        string lines = Join(text, piece.Body);
        if (_lines.IsLineStart(_lines.Length)) Edit(_lines.Length, _lines.Length, lines + _layout.NewLine);
        else Edit(_lines.Length, _lines.Length, _layout.NewLine + lines + _layout.NewLine);
    }

    private string Join(string first, string second) => first.Length == 0 ? second : second.Length == 0 ? first : first + _layout.NewLine + second;

    private static string Indent(int column) => new(' ', Math.Max(column, 0));

    private enum PlaceKind
    {
        Root,
        Member,
        Item,
        Flow,
    }

    // Where a node stands: behind which byte, below a key or dash in which column.
    private readonly record struct Place(PlaceKind Kind, int From, int Column, bool HasColon = true);
}

namespace OneEdge.Config.Formats;

// Writing one node anew.
internal sealed partial class YamlReconciler
{
    private void Replace(YamlNode node, ConfigValue wanted, Place place, string? anchor)
    {
        if (place.Kind == PlaceKind.Flow)
        {
            ReplaceInFlow(node, wanted, place, anchor);
            return;
        }

        bool onOwnLines = node.IsBlockCollection && _lines.IsFirstOnLine(node.ContentStart);
        YamlPiece piece = Piece(wanted, place, anchor, onOwnLines && place.Kind == PlaceKind.Item ? node.Column : -1);
        bool isLiteral = piece.Head.Length > 0 && piece.Body.Length > 0 && wanted.Kind == ConfigValueKind.String;
        if (isLiteral && onOwnLines) piece = new YamlPiece((anchor is null ? "" : $"&{anchor} ") + YamlFlowText.Of(wanted, inFlow: false), "");
        if (!node.IsBlockCollection) ReplaceInline(node, piece, place);
        else if (onOwnLines) ReplaceLines(node, piece, place);
        else ReplaceCompact(node, piece);
    }

    private void ReplaceInFlow(YamlNode node, ConfigValue wanted, Place place, string? anchor)
    {
        string text = (anchor is null ? "" : $"&{anchor} ") + YamlFlowText.Of(wanted);
        if (node.Start < node.End) Edit(node.Start, node.End, text);
        else Edit(place.From, place.From, place.HasColon ? " " + text : ": " + text);
    }

    // A collection in a sequence begins behind the dash, unless an anchor stands there or the old one has lines of its own from a column on.
    private YamlPiece Piece(ConfigValue wanted, Place place, string? anchor, int ownColumn)
    {
        var text = new YamlBlockText(_layout);
        string name = anchor is null ? "" : "&" + anchor;
        bool compact = place.Kind == PlaceKind.Item || (place.Kind == PlaceKind.Root && place.From < 0);
        if (compact && (anchor is not null || ownColumn >= 0) && YamlBlockText.IsOpen(wanted)) compact = false;
        YamlPiece piece = place.Kind switch
        {
            PlaceKind.Root => text.OfRoot(wanted),
            PlaceKind.Item => text.OfItem(wanted, ownColumn >= 0 ? ownColumn - _layout.DashWidth : place.Column),
            _ => text.OfMember(wanted, place.Column),
        };
        if (place.Kind != PlaceKind.Member && !compact && YamlBlockText.IsOpen(wanted))
        {
            int column = place.Kind == PlaceKind.Root ? 0 : ownColumn >= 0 ? ownColumn : place.Column + _layout.DashWidth;
            piece = new YamlPiece("", Join(Indent(column) + piece.Head, piece.Body));
        }

        return piece with { Head = name.Length > 0 && piece.Head.Length > 0 ? $"{name} {piece.Head}" : name + piece.Head };
    }

    // The old text begins behind its key or dash: a scalar, an alias or a flow collection.
    private void ReplaceInline(YamlNode node, YamlPiece piece, Place place)
    {
        int behind = Math.Max(place.From, 0);
        bool isBlockScalar = node.Style is YamlStyle.Literal or YamlStyle.Folded && node.Kind == YamlNodeKind.Scalar;
        int end = isBlockScalar ? HeaderEnd(node) : node.End;
        bool isEmpty = node.Start == node.End;
        if (isEmpty) Edit(behind, behind, piece.Head.Length > 0 ? " " + piece.Head : "");
        else if (piece.Head.Length > 0) Edit(node.Start, end, piece.Head);
        else Edit(behind, end, "");

        if (isBlockScalar) ReplaceBody(_lines.NextLine(end), Math.Max(node.End, _lines.NextLine(end)), piece.Body);
        else if (piece.Body.Length > 0) InsertLines(_lines.NextLine(isEmpty ? behind : end), piece.Body);
    }

    private int HeaderEnd(YamlNode node)
    {
        int end = node.ContentStart + 1;
        while (_lines.At(end) is (byte)'+' or (byte)'-' or (>= (byte)'1' and <= (byte)'9')) end++;
        return end;
    }

    private void ReplaceBody(int from, int to, string body)
    {
        if (body.Length == 0) Edit(from, to, "");
        else if (from == to) InsertLines(from, body);
        else Edit(from, to, body + _layout.NewLine);
    }

    // The old text is a block collection on lines of its own.
    private void ReplaceLines(YamlNode node, YamlPiece piece, Place place)
    {
        int from = _lines.LineStart(node.ContentStart);
        int to = _lines.EndOfLines(node.ContentStart, node.End);
        bool hasProperties = node.Start < node.ContentStart;
        if (place.Kind == PlaceKind.Root && place.From < 0 && !hasProperties)
        {
            ReplaceBody(from, to, Join(piece.Head, piece.Body));
            return;
        }

        if (hasProperties) Edit(piece.Head.Length > 0 ? node.Start : Math.Max(place.From, 0), _lines.PropertiesEnd(node.Start, node.ContentStart), piece.Head);
        else if (piece.Head.Length > 0) Edit(Math.Max(place.From, 0), Math.Max(place.From, 0), " " + piece.Head);
        ReplaceBody(from, to, piece.Body);
    }

    // The old text is a block collection that begins behind a dash.
    private void ReplaceCompact(YamlNode node, YamlPiece piece)
    {
        bool ownsLineEnd = node.End > node.ContentStart && _lines.IsLineStart(node.End);
        if (ownsLineEnd)
        {
            Edit(node.Start, node.End, Join(piece.Head, piece.Body) + _layout.NewLine);
            return;
        }

        Edit(node.Start, node.End, piece.Head);
        if (piece.Body.Length > 0) InsertLines(_lines.NextLine(node.End), piece.Body);
    }
}

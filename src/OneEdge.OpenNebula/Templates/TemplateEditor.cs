using OneEdge.Text;

namespace OneEdge.OpenNebula.Templates;

/// <summary>Collects span edits of a template, and knows which attributes they leave alone.</summary>
internal sealed class TemplateEditor(TemplateSyntax syntax)
{
    private readonly List<TextEdit> _edits = [];
    private readonly Dictionary<int, TemplateAttribute?> _changed = [];
    private readonly List<TemplateAttribute> _appended = [];
    private readonly TemplateWriter _writer = new(NewLineOf(syntax.Source.Span));

    public bool IsEmpty => _edits.Count == 0;

    private ReadOnlySpan<byte> Text => syntax.Source.Span;

    public SourceText ToSource() => syntax.Source.WithEdits(_edits);

    public TemplateEditor Append(TemplateAttribute attribute)
    {
        string line = _writer.Attribute(attribute);
        bool isOpen = !Text.IsEmpty && syntax.Source.ByteOrderMarkLength < Text.Length && Text[^1] is not ((byte)'\n' or (byte)'\r');
        // A text without a final line end stays one.
        _edits.Add(new TextEdit(new TextSpan(Text.Length, 0), isOpen ? _writer.NewLine + line : line + _writer.NewLine));
        _appended.Add(attribute);
        return this;
    }

    public TemplateEditor Replace(int index, TemplateAttribute attribute)
    {
        ref readonly TemplateNode node = ref syntax.Nodes[index];
        string value = attribute.IsVector ? TemplateWriter.Inline(attribute) : TemplateValue.Quote(attribute.Name, attribute.Value!);
        SetValue(node, value);
        _changed[index] = attribute;
        return this;
    }

    public TemplateEditor RemoveAll(string stored, int from)
    {
        for (int i = syntax.Find(stored, from); i >= 0; i = syntax.Find(stored, i + 1))
        {
            _edits.Add(new TextEdit(SpanToRemove(syntax.Nodes[i]), ReadOnlyMemory<byte>.Empty));
            _changed[i] = null;
        }

        return this;
    }

    public TemplateEditor SetItem(int index, string item, string value)
    {
        TemplateNode vector = syntax.Nodes[index];
        TemplateAttribute old = syntax.AttributeOf(vector);
        string quoted = TemplateValue.Quote($"{old.Name}/{item}", value);
        int position = IndexOfItem(vector, item);
        ReadOnlySpan<TemplateNode> items = syntax.ItemsOf(vector);
        if (position >= 0 && syntax.ValueOf(items[position]) == value) return this;
        if (position >= 0) SetValue(items[position], quoted);
        else if (items.IsEmpty) SetValue(vector, $"[ {item} = {quoted} ]");
        else Insert(items[^1], $"{LayoutBefore(items[^1])}{item} = {quoted}");

        KeyValuePair<string, string> pair = KeyValuePair.Create(item, value);
        _changed[index] = new TemplateAttribute(old.Name, position < 0 ? [.. old.Items, pair] : [.. old.Items.Select(i => i.Key == item ? pair : i)]);
        return this;
    }

    public TemplateEditor RemoveItem(int index, string item)
    {
        TemplateNode vector = syntax.Nodes[index];
        ReadOnlySpan<TemplateNode> items = syntax.ItemsOf(vector);
        if (IndexOfItem(vector, item) < 0) return this;
        int end = -1;
        for (int i = 0; i < items.Length; i++)
        {
            if (!IsItem(items[i], item))
            {
                end = items[i].ValueEnd;
                continue;
            }

            // From what stays before it to its end; at the beginning of the vector up to what stays behind it.
            int start = items[i].NameStart;
            while (i + 1 < items.Length && IsItem(items[i + 1], item)) i++;
            int stop = end >= 0 || i + 1 == items.Length ? items[i].ValueEnd : items[i + 1].NameStart;
            _edits.Add(new TextEdit(TextSpan.FromBounds(end >= 0 ? end : start, stop), ReadOnlyMemory<byte>.Empty));
        }

        TemplateAttribute old = syntax.AttributeOf(vector);
        _changed[index] = new TemplateAttribute(old.Name, [.. old.Items.Where(i => i.Key != item)]);
        return this;
    }

    /// <summary>The name of an attribute that is not in the new text as it should be; <see langword="null"/> when all are.</summary>
    public string? FirstDifference(TemplateSyntax changed)
    {
        int at = 0;
        for (int i = 0; i < syntax.Nodes.Length; i++)
        {
            bool isChanged = _changed.TryGetValue(i, out TemplateAttribute? wanted);
            if (isChanged && wanted is null) continue;
            bool same = at < changed.Nodes.Length && (isChanged ? changed.AttributeOf(changed.Nodes[at]).Equals(wanted) : IsSame(i, changed, at));
            if (!same) return TemplateName.Stored(syntax.NameOf(syntax.Nodes[i]));
            at++;
        }

        foreach (TemplateAttribute attribute in _appended)
        {
            if (at >= changed.Nodes.Length || !changed.AttributeOf(changed.Nodes[at]).Equals(attribute)) return attribute.Name;
            at++;
        }

        return at == changed.Nodes.Length ? null : TemplateName.Stored(changed.NameOf(changed.Nodes[at]));
    }

    private bool IsSame(int index, TemplateSyntax changed, int at)
    {
        ref readonly TemplateNode old = ref syntax.Nodes[index];
        ref readonly TemplateNode now = ref changed.Nodes[at];
        return old.IsVector == now.IsVector && old.IsQuoted == now.IsQuoted && old.ItemCount == now.ItemCount
            && syntax.NameBytes(old).SequenceEqual(changed.NameBytes(now)) && syntax.RawValue(old).SequenceEqual(changed.RawValue(now));
    }

    private void SetValue(in TemplateNode node, string value) =>
        _edits.Add(new TextEdit(TextSpan.FromBounds(node.ValueStart, node.ValueEnd), value + SeparatorAt(node.ValueEnd)));

    private void Insert(in TemplateNode behind, string text) => _edits.Add(new TextEdit(new TextSpan(behind.ValueEnd, 0), text + SeparatorAt(behind.ValueEnd)));

    // What follows must not become a part of the new value.
    private string SeparatorAt(int end) =>
        end >= Text.Length || Text[end] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)',' or (byte)']' ? "" : " ";

    // A comma, and the line and indentation that the last value has to itself.
    private string LayoutBefore(in TemplateNode item)
    {
        int line = LineStart(item.NameStart);
        return line < 0 ? ", " : "," + _writer.NewLine + syntax.Source.GetString(TextSpan.FromBounds(line, item.NameStart));
    }

    private TextSpan SpanToRemove(in TemplateNode node)
    {
        int lineStart = LineStart(node.NameStart);
        int lineEnd = LineEnd(node.ValueEnd);
        if (lineStart >= 0 && lineEnd >= 0) return TextSpan.FromBounds(lineStart, lineEnd);
        int start = node.NameStart;
        int end = node.ValueEnd;
        if (lineEnd < 0) end = SkipBlanks(end);
        else while (start > 0 && Text[start - 1] is (byte)' ' or (byte)'\t') start--;
        return TextSpan.FromBounds(start, end);
    }

    // Where the line of a place starts; -1 when it holds more than blanks before that place.
    private int LineStart(int at)
    {
        while (at > 0 && Text[at - 1] is (byte)' ' or (byte)'\t') at--;
        return at == syntax.Source.ByteOrderMarkLength || (at > 0 && Text[at - 1] is (byte)'\n' or (byte)'\r') ? at : -1;
    }

    // Behind the line of a place; -1 when it holds more than a comment behind that place.
    private int LineEnd(int at)
    {
        at = SkipBlanks(at);
        if (at >= Text.Length) return at;
        if (Text[at] is not ((byte)'\n' or (byte)'\r' or (byte)'#')) return -1;
        int length = Text[at..].IndexOfAny((byte)'\n', (byte)'\r');
        if (length < 0) return -1;
        at += length;
        return Text[at..].StartsWith("\r\n"u8) ? at + 2 : at + 1;
    }

    private int SkipBlanks(int at)
    {
        while (at < Text.Length && Text[at] is (byte)' ' or (byte)'\t') at++;
        return at;
    }

    private int IndexOfItem(in TemplateNode vector, string item)
    {
        ReadOnlySpan<TemplateNode> items = syntax.ItemsOf(vector);
        for (int i = 0; i < items.Length; i++)
        {
            if (IsItem(items[i], item)) return i;
        }

        return -1;
    }

    private bool IsItem(in TemplateNode node, string item) => System.Text.Ascii.EqualsIgnoreCase(syntax.NameBytes(node), item);

    private static string NewLineOf(ReadOnlySpan<byte> text)
    {
        int lineEnd = text.IndexOf((byte)'\n');
        return lineEnd > 0 && text[lineEnd - 1] == '\r' ? "\r\n" : "\n";
    }
}

using System.Text;

namespace OneEdge.Config.Formats;

/// <summary>How collections are laid out.</summary>
/// <param name="Step">How far a map is indented below the key of its parent.</param>
/// <param name="SequenceIndent">How far the dashes of a sequence are indented below the key of its parent.</param>
/// <param name="DashWidth">How far the content of an item stands behind its dash, when it is a collection.</param>
/// <param name="NewLine">The line end.</param>
/// <param name="NullText">What a null value is written as.</param>
internal sealed record YamlLayout(int Step, int SequenceIndent, int DashWidth, string NewLine, string NullText = "null");

/// <summary>The text of a value: what stands behind its key or dash, and the lines that follow.</summary>
internal readonly record struct YamlPiece(string Head, string Body);

/// <summary>Writes values in block style.</summary>
internal sealed class YamlBlockText(YamlLayout layout)
{
    // A key must fit on one line and into 1024 characters.
    private const int LongestKey = 1000;

    private readonly StringBuilder _text = new();

    /// <summary>The value of a key in a map at a column.</summary>
    public YamlPiece OfMember(ConfigValue value, int column)
    {
        AppendMemberValue(value, column);
        return Cut(_text.ToString().TrimStart(' '));
    }

    /// <summary>The value behind a dash at a column; a collection begins on the same line.</summary>
    public YamlPiece OfItem(ConfigValue value, int column)
    {
        AppendItemValue(value, column);
        return Cut(_text.ToString().TrimStart(' '));
    }

    /// <summary>A whole document; a collection begins in column 0.</summary>
    public YamlPiece OfRoot(ConfigValue value)
    {
        if (IsOpen(value)) AppendCollection(value, 0, firstInline: true);
        else AppendScalar(value, -1);
        return Cut(_text.ToString().TrimStart(' '));
    }

    /// <summary>A member with its key, without the indentation of its first line.</summary>
    public string Member(ConfigValue key, ConfigValue value, int column)
    {
        AppendMember(key, value, column);
        return _text.ToString();
    }

    /// <summary>An item with its dash, without the indentation of its first line.</summary>
    public string Item(ConfigValue value, int column)
    {
        _text.Append('-');
        AppendItemValue(value, column);
        return _text.ToString();
    }

    public static bool IsOpen(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Map => value.Members.Count > 0,
        ConfigValueKind.Array => value.Items.Count > 0,
        _ => false,
    };

    private YamlPiece Cut(string text)
    {
        int end = text.IndexOf(layout.NewLine, StringComparison.Ordinal);
        return end < 0 ? new YamlPiece(text, "") : new YamlPiece(text[..end], text[(end + layout.NewLine.Length)..]);
    }

    private void AppendMember(ConfigValue key, ConfigValue value, int column)
    {
        if (key.Kind is ConfigValueKind.Map or ConfigValueKind.Array)
        {
            _text.Append("? ").Append(YamlFlowText.Of(key)).Append(layout.NewLine).Append(' ', column).Append(':');
        }
        else
        {
            string text = YamlScalarText.Inline(key, inFlow: false, isKey: true);
            if (text.Length > LongestKey) _text.Append("? ").Append(text).Append(layout.NewLine).Append(' ', column).Append(':');
            else _text.Append(text).Append(':');
        }

        AppendMemberValue(value, column);
    }

    private void AppendMemberValue(ConfigValue value, int column)
    {
        if (!IsOpen(value))
        {
            AppendScalar(value, column);
            return;
        }

        _text.Append(layout.NewLine);
        AppendCollection(value, column + (value.Kind == ConfigValueKind.Map ? layout.Step : layout.SequenceIndent), firstInline: false);
    }

    private void AppendItemValue(ConfigValue value, int column)
    {
        if (!IsOpen(value))
        {
            AppendScalar(value, column);
            return;
        }

        _text.Append(' ', layout.DashWidth - 1);
        AppendCollection(value, column + layout.DashWidth, firstInline: true);
    }

    private void AppendCollection(ConfigValue value, int column, bool firstInline)
    {
        bool first = true;
        int count = value.Kind == ConfigValueKind.Map ? value.Members.Count : value.Items.Count;
        for (int i = 0; i < count; i++)
        {
            if (!first) _text.Append(layout.NewLine);
            if (!first || !firstInline) _text.Append(' ', column);
            first = false;
            if (value.Kind == ConfigValueKind.Map)
            {
                AppendMember(value.Members[i].Key, value.Members[i].Value, column);
            }
            else
            {
                _text.Append('-');
                AppendItemValue(value.Items[i], column);
            }
        }
    }

    private void AppendScalar(ConfigValue value, int column)
    {
        if (YamlScalarText.LiteralHeader(value) is { } header)
        {
            _text.Append(' ').Append(header);
            string text = value.AsString();
            foreach (string line in (text[^1] == '\n' ? text[..^1] : text).Split('\n'))
            {
                _text.Append(layout.NewLine);
                if (line.Length > 0) _text.Append(' ', Math.Max(column, 0) + layout.Step).Append(line);
            }

            return;
        }

        string inline = value.IsNull ? layout.NullText : YamlFlowText.Of(value, inFlow: false);
        if (inline.Length > 0) _text.Append(' ').Append(inline);
    }
}

/// <summary>Writes values on one line.</summary>
internal static class YamlFlowText
{
    public static string Of(ConfigValue value, bool inFlow = true) => value.Kind switch
    {
        ConfigValueKind.Array => $"[{string.Join(", ", value.Items.Select(i => Of(i)))}]",
        ConfigValueKind.Map => $"{{{string.Join(", ", value.Members.Select(m => Member(m.Key, m.Value)))}}}",
        _ => YamlScalarText.Inline(value, inFlow),
    };

    public static string Member(ConfigValue key, ConfigValue value)
    {
        bool simple = key.Kind is not (ConfigValueKind.Map or ConfigValueKind.Array);
        string text = simple ? YamlScalarText.Inline(key, inFlow: true, isKey: true) : Of(key);
        return simple && text.Length < 1000 ? $"{text}: {Of(value)}" : $"? {text} : {Of(value)}";
    }
}

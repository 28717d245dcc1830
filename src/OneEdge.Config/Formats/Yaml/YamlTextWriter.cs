using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>How coarse the text of an edit is.</summary>
internal enum YamlEditDetail
{
    /// <summary>Only what changed was written.</summary>
    Fine,

    /// <summary>The members of the root that changed were written anew as a whole.</summary>
    Members,

    /// <summary>The whole document was written anew.</summary>
    Document,
}

/// <summary>Writes changed values into the text of a document, and reads the result back before it is given away.</summary>
internal static class YamlTextWriter
{
    public static SourceText Write(YamlDocument document, ConfigValue value, out YamlEditDetail detail)
    {
        // What holds nothing is read as false.
        ConfigValue wanted = value.IsNull ? ConfigValue.False : value;
        detail = YamlEditDetail.Fine;
        if (document.ToValue().Equals(wanted)) return document.Source;
        for (; detail < YamlEditDetail.Document; detail++)
        {
            if (TryEdit(document, wanted, detail) is { } text) return text;
        }

        string whole = YamlWriter.Write(wanted, step: 2);
        string rest = Rest(document);
        return SourceText.From(rest.Length > 0 ? whole + "...\n" + rest : whole, document.Source.Name);
    }

    private static SourceText? TryEdit(YamlDocument document, ConfigValue wanted, YamlEditDetail detail)
    {
        List<TextEdit> edits = new YamlReconciler(document, isCoarse: detail == YamlEditDetail.Members).Reconcile(wanted);
        SourceText text;
        try
        {
            text = document.Source.WithEdits(edits);
        }
        catch (ArgumentException)
        {
            // Two edits met in text that is laid out in a way that was not foreseen: write more of it anew.
            return null;
        }

        ConfigLimits limits = document.Limits with { MaxDepth = int.MaxValue, MaxExpandedValues = int.MaxValue };
        YamlTree? tree = YamlReader.Read(text, limits, out _);
        ConfigValue read = tree?.Root is { Value.IsNull: false } root ? root.Value : ConfigValue.False;
        return tree is not null && read.Equals(wanted) ? text : null;
    }

    // Further documents of the file stay.
    private static string Rest(YamlDocument document)
    {
        string rest = document.Source.GetString(TextSpan.FromBounds(document.Tree.End, document.Source.Length));
        return rest.StartsWith("...", StringComparison.Ordinal) ? rest[Math.Min(rest.IndexOf('\n', StringComparison.Ordinal) + 1, rest.Length)..] : rest;
    }
}

namespace OneEdge.Config.Formats;

/// <summary>Writes a value as a whole YAML document in the style of Ruby's Psych.</summary>
internal static class YamlWriter
{
    /// <summary>Writes a document.</summary>
    /// <param name="value">The value.</param>
    /// <param name="step">The indentation of maps: 4 as the original writes files, 2 for patch documents.</param>
    /// <returns>The text, from <c>---</c> to the final line end.</returns>
    public static string Write(ConfigValue value, int step)
    {
        YamlPiece piece = new YamlBlockText(new YamlLayout(step, SequenceIndent: 0, DashWidth: step, "\n", NullText: "")).OfRoot(value);
        string body = piece.Body.Length > 0 ? piece.Body + "\n" : "";
        if (YamlBlockText.IsOpen(value)) return $"---\n{piece.Head}\n{body}";
        return piece.Head.Length > 0 ? $"--- {piece.Head}\n{body}" : "---\n";
    }
}

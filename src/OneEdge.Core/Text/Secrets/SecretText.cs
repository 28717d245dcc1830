using System.Text;

namespace OneEdge.Text;

/// <summary>Masks secrets in what people read. Texts that are made to be applied again must not go through here.</summary>
internal static class SecretText
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mask = "***";

    /// <summary>A value, or the mask when its name says that it is secret.</summary>
    public static string MaskValue(string name, string value) => SecretName.Hides(name, value) ? Mask : value;

    /// <summary>A configuration text with its secrets masked; it has the same lines.</summary>
    public static string MaskText(string text)
    {
        var masker = new SecretLines();
        return MapLines(text, masker.Mask);
    }

    /// <summary>One line of a configuration text with its secrets masked.</summary>
    public static string MaskLine(string line) => MaskText(line);

    /// <summary>A unified diff of a configuration text with the secrets of both sides masked.</summary>
    /// <remarks>A value over several lines whose first line is not in the hunk is not recognised; <see cref="CreateMaskedDiff"/> does.</remarks>
    public static string MaskDiff(string diff)
    {
        var old = new SecretLines();
        var newer = new SecretLines();
        return MapLines(diff, line =>
        {
            if (line.StartsWith("@@ ", StringComparison.Ordinal))
            {
                (old, newer) = (new SecretLines(), new SecretLines());
                return line;
            }

            if (line.Length == 0 || line.StartsWith("--- ", StringComparison.Ordinal) || line.StartsWith("+++ ", StringComparison.Ordinal)) return line;
            string content = line[1..];
            switch (line[0])
            {
                case '-':
                    return "-" + old.Mask(content);
                case '+':
                    return "+" + newer.Mask(content);
                case ' ':
                    string left = old.Mask(content);
                    string right = newer.Mask(content);
                    return " " + (left == content ? right : left);
                default:
                    return line;
            }
        });
    }

    /// <summary>The unified diff of two configuration texts with their secrets masked; a line of which only the secret changed is shown as changed.</summary>
    public static SourceText CreateMaskedDiff(SourceText old, SourceText newer, string oldLabel, string newLabel, int context = 3) =>
        UnifiedDiff.Create(old, newer, SourceText.From(MaskText(old.ToString())), SourceText.From(MaskText(newer.ToString())), oldLabel, newLabel, context);

    private static string MapLines(string text, Func<string, string> map)
    {
        var result = new StringBuilder(text.Length);
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            int content = end > start && text[end - 1] == '\r' ? end - 1 : end;
            result.Append(map(text[start..content])).Append(text, content, Math.Min(end + 1, text.Length) - content);
            start = end + 1;
        }

        return result.ToString();
    }
}

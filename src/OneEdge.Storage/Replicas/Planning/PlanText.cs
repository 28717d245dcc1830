using System.Globalization;
using System.Text;

namespace OneEdge.Storage.Replicas;

/// <summary>Texts for people, in which no name can break a line, move the cursor or turn the direction of writing.</summary>
internal static class PlanText
{
    public static string Way(CopyRoute? route) => route is null ? "" : route.IsFetched ? $", fetched from {route.Address}" : $" by {route.Address}";

    public static string OneLine(string text)
    {
        if (!text.Any(IsUnsafe)) return text;
        var line = new StringBuilder();
        foreach (char c in text)
        {
            if (IsUnsafe(c)) line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else line.Append(c);
        }

        return line.ToString();
    }

    // Line and paragraph separators, and what embeds, overrides or isolates a direction.
    private static bool IsUnsafe(char c) => char.IsControl(c) || c is >= '\u2028' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}

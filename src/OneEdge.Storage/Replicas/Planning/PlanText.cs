using System.Globalization;
using System.Text;

namespace OneEdge.Storage.Replicas;

/// <summary>Texts for people, in which no name can break a line or move the cursor.</summary>
internal static class PlanText
{
    public static string Way(CopyRoute? route) => route is null ? "" : route.IsFetched ? $", fetched from {route.Address}" : $" by {route.Address}";

    public static string OneLine(string text)
    {
        if (!text.Any(char.IsControl)) return text;
        var line = new StringBuilder();
        foreach (char c in text)
        {
            if (char.IsControl(c)) line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else line.Append(c);
        }

        return line.ToString();
    }
}

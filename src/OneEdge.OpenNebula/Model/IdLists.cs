using System.Globalization;

namespace OneEdge.OpenNebula;

/// <summary>Lists of ids in one text, with commas between.</summary>
internal static class IdLists
{
    /// <summary>The ids in a text; what is no number is passed over.</summary>
    public static IReadOnlyList<int> Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return [];
        var ids = new List<int>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id)) ids.Add(id);
        }

        return ids;
    }

    public static string Write(IEnumerable<int> ids) => string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
}

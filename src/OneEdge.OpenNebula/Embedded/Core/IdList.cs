using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Ids in a text: <c>0,100</c>.</summary>
internal static class IdList
{
    /// <summary>The ids of a text; what is no number is not looked at, as in the core.</summary>
    public static SortedSet<int> Parse(string? text)
    {
        SortedSet<int> ids = [];
        foreach (string part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id)) ids.Add(id);
        }

        return ids;
    }

    public static string Join(IEnumerable<int> ids) => string.Join(',', ids.Select(i => i.ToString(CultureInfo.InvariantCulture)));
}

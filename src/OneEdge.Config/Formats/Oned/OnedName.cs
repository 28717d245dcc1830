using System.Globalization;

namespace OneEdge.Config.Formats;

/// <summary>A name as a path element: <c>PORT</c>, or <c>PORT[2]</c> for its second occurrence.</summary>
/// <param name="Text">The name.</param>
/// <param name="Occurrence">The occurrence, from 1; 0 for all of them.</param>
internal readonly record struct OnedName(string Text, int Occurrence)
{
    /// <summary>Reads the element; any text without brackets is a name here, though perhaps one that cannot be written.</summary>
    public static bool TryParse(string element, out OnedName name)
    {
        name = new OnedName(element, 0);
        int bracket = element.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0) return true;
        if (bracket == 0 || element[^1] != ']') return false;
        ReadOnlySpan<char> number = element.AsSpan(bracket + 1, element.Length - bracket - 2);
        bool valid = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int occurrence);
        name = new OnedName(element[..bracket], occurrence);
        return valid && occurrence > 0;
    }
}

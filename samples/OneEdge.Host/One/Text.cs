using System.Globalization;

namespace OneEdge.Host.One;

/// <summary>Cells of lists.</summary>
internal static class Text
{
    public static string Of(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Of(double? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    public static string Of(DateTimeOffset? time) => time?.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A state: its name in small letters, or the number that this library has no name for.</summary>
    public static string Of<TEnum>(TEnum state)
        where TEnum : struct, Enum => Enum.GetName(state)?.ToLowerInvariant() ?? state.ToString();

    public static string Of(IReadOnlyCollection<int> ids) => string.Join(',', ids.Select(Of));

    public static string Megabytes(long megabytes) => string.Create(CultureInfo.InvariantCulture, $"{megabytes}M");

    public static string YesNo(bool value) => value ? "yes" : "no";
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace OneEdge.Config;

/// <summary>Reads values as .NET types, chosen by the type itself so that nothing is found by reflection.</summary>
internal static class ConfigValueReader
{
    public static bool TryRead<T>(ConfigValue value, [NotNullWhen(true)] out T? result)
    {
        if (Reader<T>().Read(value) is T read)
        {
            result = read;
            return true;
        }

        result = default;
        return false;
    }

    public static string Describe<T>() => Reader<T>().Name;

    private sealed record TypeReader(string Name, Func<ConfigValue, object?> Read);

    private static TypeReader Reader<T>()
    {
        Type type = typeof(T);
        return Scalar<bool>(type, "YES or NO, true or false", Boolean)
            ?? Scalar<int>(type, "a whole number of 32 bits", value => Number<int>(value))
            ?? Scalar<long>(type, "a whole number of 64 bits", value => Number<long>(value))
            ?? Scalar<BigInteger>(type, "a whole number", value => Number<BigInteger>(value))
            ?? Scalar<double>(type, "a number", Double)
            ?? Scalar<string>(type, "text", Text)
            ?? Scalar<ConfigValue>(type, "a value", value => value)
            ?? throw new NotSupportedException($"Configuration values are not read as {type}.");
    }

    private static TypeReader? Scalar<TItem>(Type type, string name, Func<ConfigValue, object?> read)
    {
        if (type == typeof(TItem)) return new TypeReader(name, read);
        return type == typeof(TItem[]) || type == typeof(IReadOnlyList<TItem>)
            ? new TypeReader($"a list, each {name}", value => List<TItem>(value, read))
            : null;
    }

    private static TItem[]? List<TItem>(ConfigValue value, Func<ConfigValue, object?> read)
    {
        if (value.IsNull) return null;
        IReadOnlyList<ConfigValue> items = value.Kind == ConfigValueKind.Array ? value.Items : [value];
        var list = new TItem[items.Count];
        for (int i = 0; i < list.Length; i++)
        {
            if (read(items[i]) is not TItem item) return null;
            list[i] = item;
        }

        return list;
    }

    private static object? Boolean(ConfigValue value)
    {
        if (value.Kind == ConfigValueKind.Boolean) return value.AsBoolean();
        if (value.Kind != ConfigValueKind.String) return null;
        string text = value.AsString();
        if (text.Equals("YES", StringComparison.OrdinalIgnoreCase) || text.Equals("true", StringComparison.OrdinalIgnoreCase)) return true;
        if (text.Equals("NO", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase)) return false;
        return null;
    }

    private static object? Number<TNumber>(ConfigValue value)
        where TNumber : struct, ISpanParsable<TNumber>
    {
        if (value.Kind is not (ConfigValueKind.Integer or ConfigValueKind.String)) return null;
        string text = value.ToString();
        ReadOnlySpan<char> digits = text.AsSpan().TrimStart("+-");
        bool isWhole = digits.Length > 0 && text.Length - digits.Length <= 1 && !digits.ContainsAnyExceptInRange('0', '9');
        return isWhole && TNumber.TryParse(text, CultureInfo.InvariantCulture, out TNumber number) ? number : null;
    }

    private static object? Double(ConfigValue value)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (value.Kind is ConfigValueKind.Integer or ConfigValueKind.Float) return value.AsDouble();
        return value.Kind == ConfigValueKind.String
            && double.TryParse(value.AsString(), Style, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number)
            ? number
            : null;
    }

    private static string? Text(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Null or ConfigValueKind.Array or ConfigValueKind.Map => null,
        ConfigValueKind.Symbol => value.AsString(),
        _ => value.ToString(),
    };
}

using CsCheck;

namespace OneEdge.Config.Tests.Values;

/// <summary>Generators of values.</summary>
internal static class ConfigValues
{
    /// <summary>Short texts with many characters that formats treat specially.</summary>
    public static Gen<string> Text { get; } = Gen.String[Gen.Char["abcAZ019 _-:#'\"\\/\n\t\r[]{},&*!|>%@`~=é\u2028"], 0, 12];

    /// <summary>Values that JSON can hold.</summary>
    public static Gen<ConfigValue> Json { get; } = Nested(Gen.OneOf(
        Gen.Const(ConfigValue.Null),
        Gen.Bool.Select(ConfigValue.From),
        Gen.Long.Select(n => ConfigValue.From(n)),
        Gen.Double.Where(double.IsFinite).Select(n => ConfigValue.From(n)),
        Text.Select(t => ConfigValue.From(t))));

    private static Gen<ConfigValue> Nested(Gen<ConfigValue> scalar) => Gen.Recursive<ConfigValue>((depth, nested) => depth >= 3 ? scalar : Gen.Frequency(
        (4, scalar),
        (1, nested.Array[0, 4].Select(items => ConfigValue.Array(items))),
        (1, Gen.Select(Text, nested).Array[0, 4].Select(members => ConfigValue.Map(members)))));
}

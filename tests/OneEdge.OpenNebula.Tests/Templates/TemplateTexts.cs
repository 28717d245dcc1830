using CsCheck;

namespace OneEdge.OpenNebula.Tests.Templates;

/// <summary>Random templates and pieces of them.</summary>
internal static class TemplateTexts
{
    private static readonly Gen<string> Blank = Pick("", "", " ", "  ", "\t");
    private static readonly Gen<string> Space = Pick("", " ", "\n", "\n  ", "\r\n  ", " # c, ]\n ");
    private static readonly Gen<string> Written = Pick("1", "x\"y", "\"q r\"", "\"\"", "\"a\nb\"", "\"\\\"\"", "\"a\\\"b\"", "'", "a\\b", "<x>&;",
        "\"\u00e9 \u65e5\"", "\"x]=,#\"");
    private static readonly Gen<string> WrittenName = Pick("A", "B", "b", "C", "LONG_NAME", "NAME", "1A", "XMLA", "_U");

    private static readonly Gen<string> Items =
        from items in Gen.Select(Pick("A", "B", "a", "LONG"), Blank, Written, Space, (n, b, v, s) => $"{n}{b}={b}{v}{s}").Array[0, 4]
        from gap in Space
        select string.Join("," + gap, items);

    private static readonly Gen<string> Entry =
        from lead in Blank
        from name in WrittenName
        from gap in Blank
        from value in Gen.OneOf(Written, Written, Gen.Select(Space, Items, (s, i) => $"[{s}{i}]"))
        from rest in Pick("", "", "", " ", " # comment", " ;", " OTHER=1")
        select $"{lead}{name}{gap}={gap}{value}{rest}";

    /// <summary>Texts that are mostly in the grammar.</summary>
    public static readonly Gen<string> Document =
        from lines in Gen.OneOf(Entry, Entry, Entry, Pick("", "# comment", "  # \"", "EMPTY =", "-")).Array[0, 8]
        from newLine in Pick("\n", "\n", "\r\n", "\r")
        from final in Gen.Bool
        select string.Join('\n', lines).Replace("\n", newLine, StringComparison.Ordinal) + (final ? newLine : "");

    /// <summary>Texts that have the pieces of the grammar in any order.</summary>
    public static readonly Gen<string> Soup =
        Pick("A", "=", "[", "]", "\"", "\\", "\\\"", "#", "\n", "\r", " ", ",", "1", "B=1", "C=[", "]]>", "]>", "\"x\"", ";", "\u00e9", "\t")
            .Array[0, 25].Select(string.Concat);

    public static readonly Gen<string> Name = Pick("A", "B", "b", "C", "LONG_NAME", "NAME", "1A", "XMLA", "_U", "NEW", "EMPTY", "OTHER");

    /// <summary>Values that can be written.</summary>
    public static readonly Gen<string> Value =
        Pick("", "1", "a b", "\"", "\\\"", "\\n", "\n", "a\\\\b", "#", "]", "[", ",", "=", "\u00e9", "\u65e5", "]]", ">", "x", " ")
            .Array[0, 5].Select(string.Concat)
            .Where(v => !v.EndsWith('\\') && !v.Contains("]]>", StringComparison.Ordinal));

    /// <summary>Attributes of any kind; NAME, which is trimmed when it is stored, is no vector.</summary>
    public static readonly Gen<TemplateAttribute> Attribute = Gen.OneOf(
        Gen.Select(Name, Value, TemplateAttribute.Create),
        Gen.Select(Name.Where(n => n != "NAME"), Gen.Select(Pick("A", "B", "C", "b", "_9"), Value, KeyValuePair.Create).Array[0, 5],
            (n, i) => TemplateAttribute.CreateVector(n, i)));

    public static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}

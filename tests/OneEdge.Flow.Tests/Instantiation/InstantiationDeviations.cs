using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OneEdge.Flow.Tests.Instantiation;

/// <summary>Where an instantiation gives another result than the original's; <c>docs/deviations.md</c> lists the rules by these names.</summary>
internal static partial class InstantiationDeviations
{
    public const string WholeNamesAreReplaced = "whole-names-are-replaced";
    public const string ValuesAreTakenAsTheyAre = "values-are-taken-as-they-are";
    public const string ValuesAreEscaped = "values-are-escaped";
    public const string NumbersAreValues = "numbers-are-values";
    public const string ReservationsNeedNoExtra = "reservations-need-no-extra";
    public const string ReferencesNeedAPath = "references-need-a-path";
    public const string ContextsAreMerged = "contexts-are-merged";
    public const string TemplatesHaveNoState = "templates-have-no-state";

    private static readonly SearchValues<char> Separators = SearchValues.Create(" \n\r,=#[]");

    /// <summary>The rule that selects a recorded case, if one does.</summary>
    public static string? RuleFor(JsonElement test)
    {
        JsonElement[] sources = [test.GetProperty("template"), test.GetProperty("merge_template")];
        if (All(sources, "roles").SelectMany(Elements).Any(r => r.TryGetProperty("state", out _) || r.TryGetProperty("nodes", out _)))
            return TemplatesHaveNoState;
        if (Has(test, "crash") || Has(test, "exception")) return RuleForCrash(sources);
        string[] contents = [.. All(sources, "vm_template_contents").Where(c => c.ValueKind == JsonValueKind.String).Select(c => c.GetString()!)];
        if (contents.Any(c => AppendedContext().IsMatch(c))) return ContextsAreMerged;
        string[] values = [.. All(sources, "custom_attrs_values").Concat(All(sources, "user_inputs_values")).SelectMany(Values)];
        if (values.Any(v => v.Contains('"', StringComparison.Ordinal))) return ValuesAreEscaped;
        if (values.Any(v => v.Contains('\\', StringComparison.Ordinal) || contents.Any(c => IsReplacedAgain(v, c)))) return ValuesAreTakenAsTheyAre;
        if (contents.Any(HasPrefix)) return WholeNamesAreReplaced;
        return values.Any(v => v.AsSpan().ContainsAny(Separators)) && contents.Any(c => Unquoted().IsMatch(c)) ? ValuesAreEscaped : null;
    }

    private static string? RuleForCrash(JsonElement[] sources)
    {
        if (All(sources, "custom_attrs_values").SelectMany(v => v.EnumerateObject()).Any(v => v.Value.ValueKind != JsonValueKind.String))
            return NumbersAreValues;
        IEnumerable<JsonProperty> networks = All(sources, "networks_values").SelectMany(Elements).SelectMany(e => e.EnumerateObject());
        if (networks.Any(n => Has(n.Value, "reserve_from") && !Has(n.Value, "extra"))) return ReservationsNeedNoExtra;
        return All(sources, "vm_template_contents").Any(c => PathlessReference().IsMatch(c.GetString()!)) ? ReferencesNeedAPath : null;
    }

    private static IEnumerable<JsonElement> All(JsonElement[] sources, string name) => sources.SelectMany(s => Named(s, name));

    // A value with the name of another attribute: replaced once more when that name comes later in the text.
    private static bool IsReplacedAgain(string value, string contents) =>
        Word().Matches(value).Any(w => Regex.IsMatch(contents, Regex.Escape(w.Value) + @"\b"));

    private static int First(string contents, string word) => Regex.Match(contents, Regex.Escape(word) + @"\b").Index;

    // $A and later $AB in one text.
    private static bool HasPrefix(string contents)
    {
        string[] words = [.. Word().Matches(contents).Select(m => m.Value).Distinct()];
        return words.Any(w => words.Any(o => o != w && o.StartsWith(w, StringComparison.Ordinal) && First(contents, o) > First(contents, w)));
    }

    private static bool Has(JsonElement owner, string name) => owner.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    private static IEnumerable<JsonElement> Elements(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object) : [];

    private static IEnumerable<string> Values(JsonElement values) =>
        values.ValueKind == JsonValueKind.Object
            ? values.EnumerateObject().Where(v => v.Value.ValueKind == JsonValueKind.String).Select(v => v.Value.GetString()!)
            : [];

    private static IEnumerable<JsonElement> Named(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => p.Name == name ? [p.Value] : Named(p.Value, name)).Concat(
            value.EnumerateObject().Where(p => p.Name == name).SelectMany(p => Named(p.Value, name))),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(e => Named(e, name)),
        _ => [],
    };

    [GeneratedRegex(@"(^|[=\n])[ \t]*\$\w+")]
    private static partial Regex Unquoted();

    [GeneratedRegex(@"APPEND=""[^""]*\bCONTEXT\b[^""]*""[\s\S]*\bCONTEXT *= *\[")]
    private static partial Regex AppendedContext();

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\$\{[^.}]*\}")]
    private static partial Regex PathlessReference();
}

using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>The texts of OneFlow for what its schema refuses, odd blanks included.</summary>
internal static class SchemaTexts
{
    public static string Missing(OneFlowRules rules, MemberRule member, JsonObject parent) => rules == OneFlowRules.Version74
        ? $"Mandatory document key '{member.Name} ({member.KindName})' is missing from {RubyJson.Dump(parent)}"
        : $"KEY: '{member.Name}' is required;";

    public static string NoObject(OneFlowRules rules, string key) => rules == OneFlowRules.Version74
        ? $"KEY: '{key}' must be an Object;"
        : $"KEY: {key} must be a Hash; SCHEMA:";

    public static string NoBoolean(OneFlowRules rules, string key) => rules == OneFlowRules.Version74
        ? $"KEY: '{key}' is not allowed in {{:type=>:boolean, :required=>false}};"
        : $"KEY: '{key}' is not allowed;";

    public static string NoArray(string key) => $"KEY: '{key}' must be an Array;";

    public static string NoText(string key) => $"KEY: '{key}' must be a String;";

    public static string NoInteger(string key) => $"KEY: '{key}' must be an Integer;";

    public static string TooSmall(string key, int minimum) => $"KEY: '{key}' must be greater than or equal to {minimum};";

    public static string NotOneOf(string key, string[] values) => $"KEY: '{key}' must be one of {string.Join(", ", values)};";

    public static string NoRoleName(string key) => $@"KEY: '{key}' must match regexp /^\w+$/;";
}

using System.Text.Json;

namespace OneEdge.Flow.Tests;

/// <summary>A recorded check of a template or a role.</summary>
internal sealed record TemplateCase(string Id, bool IsRole, JsonElement Input, bool IsAccepted, JsonElement? Output, string? Error, bool Crashes)
{
    public static IEnumerable<TemplateCase> All(string file) => ConformanceData.Cases("flow", file).Select(c => new TemplateCase(
        c.GetProperty("id").GetString()!,
        c.GetProperty("kind").GetString() == "role",
        c.GetProperty("input"),
        c.GetProperty("accepted").GetBoolean(),
        c.TryGetProperty("output", out JsonElement output) ? output : null,
        c.TryGetProperty("error", out JsonElement error) ? error.GetString() : null,
        c.TryGetProperty("crash", out _)));

    /// <summary>Checks the input: the JSON that came out, or what was wrong.</summary>
    public (string? Json, IReadOnlyList<ServiceTemplateError> Errors) Check(ServiceTemplateOptions options) => Check(Input.GetRawText(), IsRole, options);

    public static (string? Json, IReadOnlyList<ServiceTemplateError> Errors) Check(string json, bool isRole, ServiceTemplateOptions options)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(json);
        IReadOnlyList<ServiceTemplateError> errors;
        if (isRole) return RoleTemplate.TryParse(text, options, out RoleTemplate? role, out errors) ? (role.ToJson(), errors) : (null, errors);
        return ServiceTemplate.TryParse(text, options, out ServiceTemplate? template, out errors) ? (template.ToJson(), errors) : (null, errors);
    }
}

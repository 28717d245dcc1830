using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>
/// A role that was checked on its own, to be added to a service. OneFlow checks its members then, not its limits, expressions, times and parents; nor does
/// this, but limits that no number of virtual machines meets are refused. The service has to check that the name is free and the parents are there.
/// </summary>
public sealed class RoleTemplate
{
    private readonly byte[] _json;

    private RoleTemplate(JsonObject body)
    {
        _json = JsonText.ToUtf8(body);
        Members = new FlowMembers(JsonElement.Parse(_json));
    }

    /// <summary>Everything the role says.</summary>
    public FlowMembers Members { get; }

    /// <summary>The name.</summary>
    public string Name => Members.Value.GetProperty("name").GetString()!;

    /// <summary>The role as JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Body => _json;

    /// <summary>Reads and checks a role.</summary>
    /// <param name="json">The text.</param>
    /// <param name="options">How; <see cref="ServiceTemplateOptions.Default"/> when absent.</param>
    /// <exception cref="ServiceTemplateException">It is not valid; all errors are listed.</exception>
    public static RoleTemplate Parse(string json, ServiceTemplateOptions? options = null) => Parse(JsonText.ToUtf8(json), options);

    /// <inheritdoc cref="Parse(string, ServiceTemplateOptions?)"/>
    public static RoleTemplate Parse(ReadOnlyMemory<byte> json, ServiceTemplateOptions? options = null) =>
        TryParse(json, options, out RoleTemplate? role, out IReadOnlyList<ServiceTemplateError> errors) ? role : throw new ServiceTemplateException(errors);

    /// <summary>Reads and checks a role.</summary>
    /// <param name="json">The text.</param>
    /// <param name="options">How; <see cref="ServiceTemplateOptions.Default"/> when absent.</param>
    /// <param name="role">The role; <see langword="null"/> when it is not valid.</param>
    /// <param name="errors">What is wrong: first what OneFlow refuses too, in its order, then what it accepts; empty for a valid role.</param>
    /// <returns>Whether it is valid.</returns>
    public static bool TryParse(
        ReadOnlyMemory<byte> json, ServiceTemplateOptions? options, [NotNullWhen(true)] out RoleTemplate? role, out IReadOnlyList<ServiceTemplateError> errors)
    {
        TemplateCheck check = TemplateCheck.Run(json, options ?? ServiceTemplateOptions.Default, isRole: true);
        errors = check.Errors;
        role = check.Body is { } body ? new RoleTemplate(body) : null;
        return role is not null;
    }

    /// <summary>The role as JSON.</summary>
    public string ToJson() => System.Text.Encoding.UTF8.GetString(_json);

    /// <inheritdoc/>
    public override string ToString() => ToJson();
}

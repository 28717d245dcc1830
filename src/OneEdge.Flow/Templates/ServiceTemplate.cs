using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>
/// A service template that was checked, with the defaults of OneFlow written and its numbers as numbers: what a document of type 101 holds. Members that
/// nobody knows are kept, and the order of all. Parsing what <see cref="ToJson"/> gives, with the same options, gives the same again.
/// </summary>
public sealed class ServiceTemplate
{
    private readonly byte[] _json;

    private ServiceTemplate(JsonObject body, ServiceTemplateOptions options, OneFlowRules rules, IReadOnlyList<string> repeatedMembers)
    {
        _json = JsonText.ToUtf8(body);
        Options = options;
        Rules = rules;
        RepeatedMembers = repeatedMembers;
        Members = new FlowMembers(JsonElement.Parse(_json));
    }

    /// <summary>Whose form it has: <see cref="OneFlowRules.Version610"/> for a template of 7.x that was converted, otherwise what the options said.</summary>
    public OneFlowRules Rules { get; }

    /// <summary>Everything the template says.</summary>
    public FlowMembers Members { get; }

    /// <summary>The name.</summary>
    public string Name => Members.Value.GetProperty("name").GetString()!;

    /// <summary>The template as JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Body => _json;

    /// <summary>The members that stood in the text more than once (<c>$.roles[0].name</c>); the last one counts, as in Ruby.</summary>
    public IReadOnlyList<string> RepeatedMembers { get; }

    private ServiceTemplateOptions Options { get; }

    /// <summary>Reads and checks a template.</summary>
    /// <param name="json">The text: JSON; comments are skipped, as Ruby does.</param>
    /// <param name="options">How; <see cref="ServiceTemplateOptions.Default"/> when absent.</param>
    /// <exception cref="ServiceTemplateException">It is not valid; all errors are listed.</exception>
    public static ServiceTemplate Parse(string json, ServiceTemplateOptions? options = null) => Parse(JsonText.ToUtf8(json), options);

    /// <inheritdoc cref="Parse(string, ServiceTemplateOptions?)"/>
    public static ServiceTemplate Parse(ReadOnlyMemory<byte> json, ServiceTemplateOptions? options = null) =>
        TryParse(json, options, out ServiceTemplate? template, out IReadOnlyList<ServiceTemplateError> errors) ? template
            : throw new ServiceTemplateException(errors);

    /// <summary>Reads and checks a template.</summary>
    /// <param name="json">The text.</param>
    /// <param name="options">How; <see cref="ServiceTemplateOptions.Default"/> when absent.</param>
    /// <param name="template">The template; <see langword="null"/> when it is not valid.</param>
    /// <param name="errors">What is wrong: first what OneFlow refuses too, in its order, then what it accepts; empty for a valid template.</param>
    /// <returns>Whether it is valid.</returns>
    public static bool TryParse(
        ReadOnlyMemory<byte> json,
        ServiceTemplateOptions? options,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ServiceTemplate? template,
        out IReadOnlyList<ServiceTemplateError> errors)
    {
        options ??= ServiceTemplateOptions.Default;
        TemplateCheck check = TemplateCheck.Run(json, options, isRole: false);
        errors = check.Errors;
        template = check.Body is { } body ? new ServiceTemplate(body, options, check.Rules, check.RepeatedMembers) : null;
        return template is not null;
    }

    /// <inheritdoc cref="TryParse(ReadOnlyMemory{byte}, ServiceTemplateOptions?, out ServiceTemplate?, out IReadOnlyList{ServiceTemplateError})"/>
    public static bool TryParse(
        string json,
        ServiceTemplateOptions? options,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ServiceTemplate? template,
        out IReadOnlyList<ServiceTemplateError> errors) => TryParse(JsonText.ToUtf8(json), options, out template, out errors);

    /// <summary>Checks a template.</summary>
    /// <param name="json">The text.</param>
    /// <param name="options">How; <see cref="ServiceTemplateOptions.Default"/> when absent.</param>
    /// <returns>What is wrong: first what OneFlow refuses too, in its order, then what it accepts; empty for a valid template.</returns>
    public static IReadOnlyList<ServiceTemplateError> Validate(ReadOnlyMemory<byte> json, ServiceTemplateOptions? options = null)
    {
        _ = TryParse(json, options, out _, out IReadOnlyList<ServiceTemplateError> errors);
        return errors;
    }

    /// <inheritdoc cref="Validate(ReadOnlyMemory{byte}, ServiceTemplateOptions?)"/>
    public static IReadOnlyList<ServiceTemplateError> Validate(string json, ServiceTemplateOptions? options = null) =>
        Validate(JsonText.ToUtf8(json), options);

    /// <summary>
    /// What keeps a service from being made of this template although it is valid: virtual routers, which templates of 7.x may have. Attributes and networks
    /// that a request has to give are checked by <see cref="InstantiationChecks"/>.
    /// </summary>
    public IReadOnlyList<ServiceTemplateError> FindInstantiationProblems()
    {
        var problems = new List<ServiceTemplateError>();
        int index = 0;
        foreach (JsonElement role in Members.Value.GetProperty("roles").EnumerateArray())
        {
            if (role.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("vr"u8))
            {
                problems.Add(new ServiceTemplateError($"$.roles[{index}].type", FlowErrorCodes.VirtualRouterRole,
                    $"Role '{role.GetProperty("name").GetString()}' is a virtual router, and services here have roles of virtual machines only.")
                {
                    Hint = "make the virtual router on its own and let the roles use its networks, or take the role out",
                });
            }

            index++;
        }

        return problems;
    }

    /// <summary>Whether a service can be made of it: <see cref="FindInstantiationProblems"/> finds nothing.</summary>
    public bool IsInstantiable => FindInstantiationProblems().Count == 0;

    /// <summary>The template in the form of 6.10, the one that everything else here reads; the template itself when it has that form.</summary>
    /// <exception cref="ServiceTemplateException">It says something that the form of 6.10 cannot say, or that its rules refuse.</exception>
    public ServiceTemplate ToVersion610()
    {
        if (Rules == OneFlowRules.Version610) return this;
        ServiceTemplateOptions options = Options with { Rules = OneFlowRules.Version610 };
        return Parse(_json, options);
    }

    /// <summary>The template as JSON.</summary>
    public string ToJson() => System.Text.Encoding.UTF8.GetString(_json);

    /// <inheritdoc/>
    public override string ToString() => ToJson();
}

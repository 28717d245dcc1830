using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>
/// Whether a request to make a service of a template has what the template asks for: a value for every attribute, optional ones too, and for every network.
/// Values that the template has itself do not count; only when the request says nothing at all of networks are the defaults of their definitions taken.
/// </summary>
/// <remarks>Source: OpenNebula 6.10.5, <c>src/flow/oneflow-server.rb</c>.</remarks>
public sealed class InstantiationChecks
{
    private readonly ErrorList _errors;

    private InstantiationChecks(ErrorList errors) => _errors = errors;

    /// <summary>What is wrong: first what OneFlow refuses too, in its order; empty when a service can be made. Paths are places in the request.</summary>
    public IReadOnlyList<ServiceTemplateError> Errors { get; private set; } = [];

    /// <summary>
    /// What has to be merged into the template: the request, with the default networks when it has none, and without the escaped quotes that clients put into
    /// the values of networks. Undefined when there are errors.
    /// </summary>
    public JsonElement MergeTemplate { get; private set; }

    /// <summary>Checks a request.</summary>
    /// <param name="template">The stored template.</param>
    /// <param name="mergeTemplate">The <c>merge_template</c> of the request as JSON; <see langword="null"/> or empty for none.</param>
    /// <param name="limits">How large the request may be; <see cref="ServiceTemplateLimits.Default"/> when absent.</param>
    public static InstantiationChecks Run(ServiceTemplate template, string? mergeTemplate, ServiceTemplateLimits? limits = null) =>
        Run(template, JsonText.ToUtf8(mergeTemplate ?? ""), limits);

    /// <inheritdoc cref="Run(ServiceTemplate, string?, ServiceTemplateLimits?)"/>
    public static InstantiationChecks Run(ServiceTemplate template, ReadOnlyMemory<byte> mergeTemplate, ServiceTemplateLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(template);
        limits ??= ServiceTemplateLimits.Default;
        var checks = new InstantiationChecks(new ErrorList(limits));
        JsonNode? request = new JsonObject();
        if (mergeTemplate.Length > 0 && !JsonText.TryRead(mergeTemplate, limits, checks._errors, [], out request)) return checks.Finished(null);
        request ??= new JsonObject();
        if (request is JsonObject members) checks.Check((JsonObject)JsonNode.Parse(template.Body.Span)!, members);
        else checks._errors.Fails("$", FlowErrorCodes.AttributeFormat, "merge_template is an object.");
        foreach (ServiceTemplateError problem in template.FindInstantiationProblems())
            checks._errors.Own(problem.Path, problem.Code, problem.Message, problem.Hint);
        return checks.Finished(request);
    }

    private InstantiationChecks Finished(JsonNode? request)
    {
        Errors = _errors.ToList();
        if (Errors.Count == 0) MergeTemplate = JsonElement.Parse(JsonText.ToUtf8(request!));
        return this;
    }

    private void Check(JsonObject template, JsonObject request)
    {
        CheckAttributes(template["custom_attrs"], request["custom_attrs_values"], "$", isThere: request.ContainsKey("custom_attrs_values"));
        if (template["roles"] is JsonArray roles) CheckRoles(roles, request["roles"]);
        CheckNetworks(template["networks"], request);
    }

    private void CheckRoles(JsonArray roles, JsonNode? requested)
    {
        foreach (JsonObject role in roles.OfType<JsonObject>())
        {
            JsonNode? attributes = role["custom_attrs"];
            string? name = RoleChecks.NameOf(role);
            if (attributes is null) continue;
            if (requested is null)
            {
                Missing("$", $"The Service template specifies custom attributes for the role {name} but no values have been found",
                    $"Role '{name}' has attributes, and the request has no roles with their values.");
            }
            else if (requested is not JsonArray { Count: > 0 } list)
            {
                _errors.Original("$.roles", FlowErrorCodes.AttributeFormat, "The role custom attributes are empty or do not have a valid format",
                    "roles is a list of the roles that values are given for.");
                return;
            }
            else if (IndexOf(list, name) is >= 0 and var index)
            {
                var values = (JsonObject)list[index]!;
                CheckAttributes(attributes, values["custom_attrs_values"], $"$.roles[{index}]", values.ContainsKey("custom_attrs_values"));
            }
            else
            {
                _errors.Fails("$.roles", FlowErrorCodes.AttributeValuesMissing, $"Role '{name}' has attributes, and is not among the roles of the request.");
            }
        }
    }

    private void CheckAttributes(JsonNode? attributes, JsonNode? values, string path, bool isThere)
    {
        if (!SchemaCheck.IsGiven(attributes) || attributes is JsonObject { Count: 0 } or JsonArray { Count: 0 }) return;
        if (values is null)
        {
            string place = isThere ? $"{path}.custom_attrs_values" : path;
            Missing(place, "The Service template specifies custom attributes but no values have been found",
                "The template has attributes, and the request has no custom_attrs_values.");
        }
        else if (attributes is not JsonObject names || values is not JsonObject given)
        {
            _errors.Original($"{path}.custom_attrs_values", FlowErrorCodes.AttributeFormat, "Wrong custom_attrs or custom_attrs_values format",
                "custom_attrs and custom_attrs_values are objects.");
        }
        else if (names.Select(n => n.Key).FirstOrDefault(n => !given.ContainsKey(n)) is { } missing)
        {
            Missing($"{path}.custom_attrs_values", "Verify that every custom attribute have its corresponding value defined",
                $"The attribute '{missing}' has no value.");
        }
    }

    private void CheckNetworks(JsonNode? networks, JsonObject request)
    {
        bool hasNetworks = SchemaCheck.IsGiven(networks);
        JsonNode? values = request["networks_values"];
        bool hasValues = SchemaCheck.IsGiven(values);
        if (hasNetworks && !hasValues && !NetworkDefaults.TryRead(networks, out values, out string? network))
        {
            string which = network is null ? "networks is an object."
                : $"The definition of the network '{network}' has no default, and the request no value for it.";
            _errors.Original("$", FlowErrorCodes.NetworkFormat, "Wrong networks format", which);
            return;
        }

        if (!hasValues) hasValues = hasNetworks;
        if (hasNetworks && networks is not JsonObject)
        {
            _errors.Original("$", FlowErrorCodes.NetworkFormat, "Wrong networks format", "networks is an object.");
            return;
        }

        if (!hasValues || !AreObjects(values)) return;
        var given = new HashSet<string>((values as JsonArray ?? []).OfType<JsonObject>().SelectMany(v => v.Select(m => m.Key)), StringComparer.Ordinal);
        if (hasNetworks && ((JsonObject)networks!).Select(n => n.Key).FirstOrDefault(n => !given.Contains(n)) is { } missing)
        {
            _errors.Original(request.ContainsKey("networks_values") ? "$.networks_values" : "$", FlowErrorCodes.NetworkValuesMissing,
                "Every network key must have its value defined at networks_value", $"The network '{missing}' has no value.");
            return;
        }

        if (values is not JsonArray list) return;
        RemoveEscapes(list);
        if (list.Parent is null) request["networks_values"] = list;
    }

    private bool AreObjects(JsonNode? values)
    {
        switch (values)
        {
            case JsonArray list when list.All(v => v is JsonObject):
            case JsonObject { Count: 0 }:
                return true;
            case JsonArray or JsonObject:
                _errors.Original("$.networks_values", FlowErrorCodes.NetworkFormat, "Wrong networks_values format", "networks_values is a list of objects.");
                return false;
            default:
                _errors.Fails("$.networks_values", FlowErrorCodes.NetworkFormat, "networks_values is a list of objects.");
                return false;
        }
    }

    // Clients escape the quotes within the extra text of a network twice.
    private void RemoveEscapes(JsonArray values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            foreach ((string name, JsonNode? value) in (JsonObject)values[i]!)
            {
                if (value is JsonObject network)
                {
                    foreach (string key in network.Select(m => m.Key).ToArray())
                    {
                        if (network[key] is JsonValue item && item.TryGetValue(out string? text))
                            network[key] = text.Replace("\\\"", "", StringComparison.Ordinal);
                    }
                }
                else if (value is not JsonArray)
                {
                    _errors.Fails(JsonPaths.Member($"$.networks_values[{i}]", name), FlowErrorCodes.NetworkFormat,
                        $"The value of the network '{name}' is an object.");
                }
            }
        }
    }

    private void Missing(string path, string originalMessage, string message) =>
        _errors.Original(path, FlowErrorCodes.AttributeValuesMissing, originalMessage, message, "give every attribute a value, optional ones too");

    private static int IndexOf(JsonArray roles, string? name)
    {
        for (int i = 0; i < roles.Count; i++)
        {
            if (roles[i] is JsonObject role && RoleChecks.NameOf(role) == name) return i;
        }

        return -1;
    }
}

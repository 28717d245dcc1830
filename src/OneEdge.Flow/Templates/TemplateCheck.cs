using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>Reads and checks a template or a role: what a text becomes, or everything that is wrong with it.</summary>
internal sealed class TemplateCheck
{
    private readonly ServiceTemplateOptions _options;
    private readonly ErrorList _errors;
    private readonly List<string> _repeated = [];

    private TemplateCheck(ServiceTemplateOptions options)
    {
        _options = options;
        _errors = new ErrorList(options.Limits);
        Rules = options.Rules;
    }

    /// <summary>The checked document; <see langword="null"/> with errors.</summary>
    public JsonObject? Body { get; private set; }

    public OneFlowRules Rules { get; private set; }

    public IReadOnlyList<ServiceTemplateError> Errors { get; private set; } = [];

    public IReadOnlyList<string> RepeatedMembers => _repeated;

    public static TemplateCheck Run(ReadOnlyMemory<byte> json, ServiceTemplateOptions options, bool isRole)
    {
        ArgumentNullException.ThrowIfNull(options);
        var check = new TemplateCheck(options);
        if (JsonText.TryRead(json, options.Limits, check._errors, check._repeated, out JsonNode? root)) check.CheckDocument(root, isRole);
        check.Errors = check._errors.ToList();
        if (check.Errors.Count == 0) check.Body = (JsonObject)root!;
        return check;
    }

    private void CheckDocument(JsonNode? root, bool isRole)
    {
        bool isNewForm = Rules != OneFlowRules.Version74 && _options.ReadsNewForm && (isRole ? NewForm.IsRole(root) : NewForm.IsTemplate(root));
        if (isNewForm) Rules = OneFlowRules.Version74;
        CheckForm(root, isRole);
        if (!isNewForm || _errors.HasAny) return;
        Rules = OneFlowRules.Version610;
        if (isRole) NewForm.ConvertRole((JsonObject)root!, "$", _errors);
        else NewForm.ConvertTemplate((JsonObject)root!, _errors);
        // What 7.4 does not look at in a virtual router, and numbers that only one of the two refuses.
        if (!_errors.HasAny) CheckForm(root, isRole);
    }

    private void CheckForm(JsonNode? root, bool isRole)
    {
        var schema = new SchemaCheck(Rules, _errors, _options);
        if (isRole)
        {
            CheckRole(root, schema);
            return;
        }

        if (Rules != OneFlowRules.Version74) schema.Check(root, Rules == OneFlowRules.Version60 ? FlowSchemas.Template60 : FlowSchemas.Template610, "$");
        else if (!CheckTemplate74(root, schema)) return;
        if (root is JsonObject template && template["roles"] is JsonArray roles) CheckValues(template, roles);
    }

    private void CheckRole(JsonNode? role, SchemaCheck schema)
    {
        switch (Rules)
        {
            case OneFlowRules.Version74:
                RoleTypes.Check(role, "$", schema, _errors);
                break;
            case OneFlowRules.Version60:
                schema.Check(role, FlowSchemas.Role60, "$");
                break;
            default:
                schema.Check(role, FlowSchemas.Role610, "$");
                break;
        }

        if (_options.RefusesStuck && role is JsonObject members) StuckChecks.CheckRoleLimits(members, "$", _errors);
    }

    // Gives false when the form could not be told, so that nothing more can be said.
    private bool CheckTemplate74(JsonNode? root, SchemaCheck schema)
    {
        bool isOldForm = OldForm.IsOldForm(root, _errors);
        if (isOldForm && !_errors.HasAny) OldForm.Convert((JsonObject)root!, _errors);
        if (_errors.HasAny) return false;
        schema.Check(root, FlowSchemas.Template74, "$");
        if (root!["roles"] is JsonArray roles && roles.Count <= _options.Limits.MaxRoles)
        {
            for (int i = 0; i < roles.Count; i++) RoleTypes.Check(roles[i], $"$.roles[{i}]", schema, _errors);
        }

        if (isOldForm) _errors.RenamePaths(OldForm.OldPath);
        return true;
    }

    private void CheckValues(JsonObject template, JsonArray roles)
    {
        if (roles.Count > _options.Limits.MaxRoles) return;
        new RoleChecks(Rules, _errors).Check(roles);
        if (_options.RefusesStuck) StuckChecks.CheckParents(template, roles, _errors);
    }
}

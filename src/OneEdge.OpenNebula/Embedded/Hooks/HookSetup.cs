namespace OneEdge.OpenNebula.Embedded;

/// <summary>Checks and completes the template of a hook (OpenNebula 6.10 source, src/hm).</summary>
internal sealed class HookSetup(MethodTable methods)
{
    private static readonly string[] HostStates =
        ["INIT", "MONITORING_MONITORED", "MONITORED", "ERROR", "DISABLED", "MONITORING_ERROR", "MONITORING_INIT", "MONITORING_DISABLED", "OFFLINE"];

    private static readonly string[] NetworkStates = ["READY", "LOCK_CREATE", "LOCK_DELETE", "DONE", "ERROR"];

    /// <summary>What a new hook keeps.</summary>
    public StoredTemplate Create(StoredTemplate template, out bool isOfApi, out string resource)
    {
        template = TemplateTexts.Without(template, "NAME");
        if (string.IsNullOrEmpty(template.Get("COMMAND"))) throw CallRefusal.Internal("No COMMAND in template for Hook.");
        template = TemplateTexts.With(template, "REMOTE", TemplateTexts.IsYes(template.Get("REMOTE")) ? "YES" : "NO");
        string type = (template.Get("TYPE") ?? "").ToLowerInvariant();
        template = TemplateTexts.Without(template, "TYPE");
        isOfApi = type == "api";
        resource = "";
        if (isOfApi) return IsCall(template.Get("CALL")) ? template : throw NoCall(template.Get("CALL"));
        if (type != "state") throw CallRefusal.Internal("No TYPE or invalid one in template for Hook.");
        resource = template.Get("RESOURCE") ?? "";
        if (resource.Length == 0) throw CallRefusal.Internal("RESOURCE attribute is required for STATE hooks.");
        return resource switch
        {
            "VM" => OfVm(template),
            "HOST" => WithState(template, HostStates.Contains(StateOf(template)), "Invalid STATE: "),
            "IMAGE" => OfImage(template),
            "NET" => WithState(template, NetworkStates.Contains(StateOf(template)), "Invalid STATE: "),
            _ => throw CallRefusal.Internal($"Invalid resource type: {resource}"),
        };
    }

    /// <summary>What a hook keeps after an update.</summary>
    public StoredTemplate Update(CloudHook hook, StoredTemplate template)
    {
        if (string.IsNullOrEmpty(template.Get("COMMAND"))) throw CannotUpdate("The COMMAND attribute is not defined.");
        if (template.Get("REMOTE") is { } remote) template = TemplateTexts.With(template, "REMOTE", TemplateTexts.IsYes(remote) ? "YES" : "NO");
        if (hook.IsOfApi)
            return IsCall(template.Get("CALL")) ? template : throw CannotUpdate("The CALL attribute is not defined or it's invalid.");
        bool isKnown = hook.Resource switch
        {
            "VM" => StateNames.IsVmState(StateOf(template)),
            "HOST" => HostStates.Contains(StateOf(template)),
            _ => template.Get("STATE") is not null,
        };
        if (!isKnown) throw CannotUpdate("The STATE attribute is not defined or it's invalid.");
        if (hook.Resource == "VM" && !StateNames.IsLcmState(template.Get("LCM_STATE") ?? ""))
            throw CannotUpdate("The LCM_STATE attribute is not defined or it's invalid.");
        return template;
    }

    private static StoredTemplate OfVm(StoredTemplate template)
    {
        string on = (template.Get("ON") ?? "").ToUpperInvariant();
        template = TemplateTexts.Without(template, "ON");
        if (on == "CUSTOM")
        {
            if (!StateNames.IsVmState(StateOf(template))) throw CallRefusal.Internal($"Wrong STATE: {StateOf(template)}");
            string lcm = (template.Get("LCM_STATE") ?? "").ToUpperInvariant();
            if (!StateNames.IsLcmState(lcm)) throw CallRefusal.Internal($"Wrong LCM_STATE: {lcm}");
            return TemplateTexts.With(TemplateTexts.With(template, "STATE", StateOf(template)), "LCM_STATE", lcm);
        }

        if (VmConditions.Find(on) is not var (state, lcmState)) throw CallRefusal.Internal($"Unkown state condition: {on}");
        return TemplateTexts.With(TemplateTexts.With(template, "STATE", state), "LCM_STATE", lcmState);
    }

    private static StoredTemplate OfImage(StoredTemplate template)
    {
        if (template.Get("STATE") is null) throw CallRefusal.Internal("Hook STATE attribute not found or invalid");
        return WithState(template, ImageNames.StateOf(StateOf(template)) != ImageState.Init, "Invalid or unkown STATE condition: ");
    }

    private static StoredTemplate WithState(StoredTemplate template, bool isKnown, string problem) =>
        isKnown ? TemplateTexts.With(template, "STATE", StateOf(template)) : throw CallRefusal.Internal(problem + StateOf(template));

    private bool IsCall(string? name) => name is not null && methods.TryGet(name, out CloudMethod? method) && method.IsPublished;

    private static string StateOf(StoredTemplate template) => (template.Get("STATE") ?? "").ToUpperInvariant();

    private static CallRefusal NoCall(string? name) => CallRefusal.Internal($"API call does not exist or is not supported: {name}");

    private static CallRefusal CannotUpdate(string reason) => CallRefusal.Internal($"Cannot update template. {reason}");
}

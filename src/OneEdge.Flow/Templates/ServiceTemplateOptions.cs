namespace OneEdge.Flow;

/// <summary>How service templates are read and checked.</summary>
public sealed record ServiceTemplateOptions
{
    /// <summary>The defaults: the rules of OpenNebula 6.10, and no template that can only get stuck.</summary>
    public static ServiceTemplateOptions Default { get; } = new();

    /// <summary>Whose rules apply.</summary>
    /// <value><see cref="OneFlowRules.Version610"/></value>
    public OneFlowRules Rules { get; init; } = OneFlowRules.Version610;

    /// <summary>
    /// Whether a template is refused that OneFlow accepts and that can only get stuck: with <c>straight</c> parents that are no roles or that wait for each
    /// other, role names of several lines, numbers that no cloud can hold, limits that no number of virtual machines meets. Turn it off to read what others
    /// stored.
    /// </summary>
    /// <value><see langword="true"/></value>
    public bool RefusesStuck { get; init; } = true;

    /// <summary>
    /// Whether a template in the form of 7.x is read with <see cref="OneFlowRules.Version610"/> and <see cref="OneFlowRules.Version60"/> too: it is checked
    /// with the rules of 7.4 and then converted. Without this it is refused as those versions do: <c>vm_template</c> is missing.
    /// </summary>
    /// <value><see langword="true"/></value>
    public bool ReadsNewForm { get; init; } = true;

    /// <summary>How large a template may be.</summary>
    /// <value><see cref="ServiceTemplateLimits.Default"/></value>
    public ServiceTemplateLimits Limits { get; init; } = ServiceTemplateLimits.Default;
}

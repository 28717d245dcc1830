namespace OneEdge.Flow.Client;

/// <summary>How much is deleted or copied with a service template.</summary>
public enum TemplateDepth
{
    /// <summary>The service template alone (<c>none</c>).</summary>
    ServiceTemplate,

    /// <summary>Also the templates of the virtual machines of its roles (<c>templates</c>).</summary>
    VmTemplates,

    /// <summary>Also their images (<c>all</c>).</summary>
    Images,
}

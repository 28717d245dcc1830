namespace OneEdge.OpenNebula;

/// <summary>How a template becomes a virtual machine.</summary>
public sealed record InstantiateOptions
{
    /// <summary>The name of the machine.</summary>
    /// <value>Empty: the name of the template and the id of the machine.</value>
    public string Name { get; init; } = "";

    /// <summary>Whether the machine waits until it is released.</summary>
    public bool OnHold { get; init; }

    /// <summary>Attributes that take the place of those of the template.</summary>
    public TemplateText Extra { get; init; }

    /// <summary>Whether template and images are copied first, so that the machine has its own, persistent ones.</summary>
    public bool IsPersistent { get; init; }
}

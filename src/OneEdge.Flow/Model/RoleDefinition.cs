using System.Collections.Immutable;

namespace OneEdge.Flow;

/// <summary>What a template says about a role, and what does not change while the service lives unless somebody updates it.</summary>
public sealed record RoleDefinition
{
    /// <summary>The name, unique in its service: letters, digits and <c>_</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the template of its virtual machines (<c>vm_template</c>).</summary>
    public required int VmTemplate { get; init; }

    /// <summary>
    /// More template text for each virtual machine (<c>vm_template_contents</c>); in a service with the values of attributes and networks put in.
    /// </summary>
    public string? VmTemplateContents { get; init; }

    /// <summary>The roles that come before it with <see cref="DeploymentStrategy.Straight"/>.</summary>
    public ImmutableArray<string> Parents { get; init; } = [];

    /// <summary>How its virtual machines are shut down; <see langword="null"/> for what the service says.</summary>
    public ShutdownAction? ShutdownAction { get; init; }

    /// <summary>The least number of virtual machines; <see langword="null"/> for none.</summary>
    public int? MinVms { get; init; }

    /// <summary>The greatest number of virtual machines; <see langword="null"/> for none.</summary>
    public int? MaxVms { get; init; }

    /// <summary>How many seconds its policies rest after it was scaled; <see langword="null"/> for the default of the engine.</summary>
    public int? Cooldown { get; init; }

    /// <summary>Everything the template says of it.</summary>
    public FlowMembers Members { get; init; }
}

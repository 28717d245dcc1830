namespace OneEdge.OpenNebula;

/// <summary>How a virtual machine is brought to a host.</summary>
public sealed record DeployOptions
{
    /// <summary>Whether the host must have room for it; only administrators may do without.</summary>
    public bool EnforceCapacity { get; init; }

    /// <summary>The system datastore.</summary>
    /// <value><see langword="null"/>: the server chooses one.</value>
    public int? DatastoreId { get; init; }

    /// <summary>The networks of interfaces with <c>NETWORK_MODE = "auto"</c>.</summary>
    public TemplateText Extra { get; init; }
}

namespace OneEdge.Flow.Instantiation;

/// <summary>How services and their virtual machines are made of templates.</summary>
public sealed record InstantiationOptions
{
    /// <summary>The default of <see cref="VmNameTemplate"/>.</summary>
    public const string DefaultVmNameTemplate = "$ROLE_NAME_$VM_NUMBER_(service_$SERVICE_ID)";

    /// <summary>
    /// The name of a virtual machine (<c>vm_name_template</c> of the original): <c>$SERVICE_ID</c>, <c>$SERVICE_NAME</c>, <c>$ROLE_NAME</c> and
    /// <c>$VM_NUMBER</c> are replaced.
    /// </summary>
    /// <value><see cref="DefaultVmNameTemplate"/>.</value>
    public string VmNameTemplate { get; init; } = DefaultVmNameTemplate;

    /// <summary>How the roles and networks of a template are found for what is merged into them.</summary>
    /// <value><see cref="MergeMatching.Position"/>.</value>
    public MergeMatching Matching { get; init; }
}

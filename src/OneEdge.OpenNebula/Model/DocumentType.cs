namespace OneEdge.OpenNebula;

/// <summary>The types of documents that OpenNebula and its tools use. Programs may use others.</summary>
public enum DocumentType
{
    /// <summary>A service of OneFlow.</summary>
    Service = 100,

    /// <summary>A template of services.</summary>
    ServiceTemplate = 101,

    /// <summary>A provider of OneProvision.</summary>
    Provider = 102,

    /// <summary>A provision.</summary>
    Provision = 103,

    /// <summary>A template of provisions.</summary>
    ProvisionTemplate = 104,
}

namespace OneEdge.OpenNebula;

/// <summary>The types of documents that OpenNebula's own programs use (6.10 source, <c>DOCUMENT_TYPE</c> of each model).</summary>
public static class DocumentTypes
{
    /// <summary>A service of OneFlow.</summary>
    public const int Service = 100;

    /// <summary>A template of services of OneFlow.</summary>
    public const int ServiceTemplate = 101;

    /// <summary>A provider of OneProvision; its body is encrypted.</summary>
    public const int Provider = 102;

    /// <summary>A provision of OneProvision; its body is encrypted.</summary>
    public const int Provision = 103;

    /// <summary>The first type that the programs of OpenNebula 6.10 leave free.</summary>
    public const int FirstFree = 104;
}

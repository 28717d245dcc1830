using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>What a list is asked for.</summary>
/// <param name="Filter">Whose objects.</param>
internal sealed record ListQuery(PoolFilter Filter)
{
    /// <summary>The type of documents.</summary>
    public DocumentType DocumentType { get; init; } = DocumentType.Service;

    /// <summary>Which virtual machines.</summary>
    public VmQuery Machines { get; init; } = VmQuery.Existing;
}

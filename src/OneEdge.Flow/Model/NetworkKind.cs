namespace OneEdge.Flow;

/// <summary>Where a network of a service comes from.</summary>
public enum NetworkKind
{
    /// <summary>It is there already (<c>id</c>).</summary>
    Existing,

    /// <summary>It is made of a network template (<c>template_id</c>).</summary>
    Template,

    /// <summary>It is reserved from a network (<c>reserve_from</c>).</summary>
    Reservation,
}

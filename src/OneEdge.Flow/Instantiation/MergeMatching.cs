namespace OneEdge.Flow.Instantiation;

/// <summary>How the roles and networks of a template are found for what is merged into them.</summary>
public enum MergeMatching
{
    /// <summary>By their place in the list, as 6.10 does. Other arrays too: objects are merged pair by pair, anything else replaces the array.</summary>
    Position,

    /// <summary>By their names, as 7.4 does; a role without a name by its place. Other arrays are put behind those of the template.</summary>
    Name,
}

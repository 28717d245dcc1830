namespace OneEdge.OpenNebula;

/// <summary>What an update does with the attributes that are there.</summary>
public enum UpdateMode
{
    /// <summary>The new text takes the place of the whole template.</summary>
    Replace = 0,

    /// <summary>Each attribute of the new text takes the place of all attributes of its name; others stay.</summary>
    Append = 1,
}

namespace OneEdge.OpenNebula;

/// <summary>What an access rule allows.</summary>
[Flags]
public enum AccessRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To use objects.</summary>
    Use = 1,

    /// <summary>To manage objects.</summary>
    Manage = 2,

    /// <summary>To administer objects.</summary>
    Admin = 4,

    /// <summary>To create objects.</summary>
    Create = 8,
}

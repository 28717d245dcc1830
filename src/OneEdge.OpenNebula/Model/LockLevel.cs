namespace OneEdge.OpenNebula;

/// <summary>Which operations a lock refuses, to everyone: the holder of the lock and <c>oneadmin</c> too.</summary>
public enum LockLevel
{
    /// <summary>No lock.</summary>
    None = 0,

    /// <summary>All operations that use, manage or administer the object. Locks of level 4 read back as this.</summary>
    Use = 1,

    /// <summary>Operations that manage or administer the object.</summary>
    Manage = 2,

    /// <summary>Operations that administer the object.</summary>
    Admin = 3,

    /// <summary>The same as <see cref="Use"/>; OpenNebula stores it as 1.</summary>
    All = 4,
}

namespace OneEdge.OpenNebula.Embedded;

/// <summary>What a call wants to do with an object, by the numbers of the core.</summary>
[Flags]
internal enum AccessOperation
{
    None = 0,
    Use = 1,
    Manage = 2,
    Admin = 4,
    Create = 8,

    /// <summary>With it, locks do not matter.</summary>
    IgnoringLocks = 16,

    UseIgnoringLocks = Use | IgnoringLocks,
    ManageIgnoringLocks = Manage | IgnoringLocks,
    AdminIgnoringLocks = Admin | IgnoringLocks,
}

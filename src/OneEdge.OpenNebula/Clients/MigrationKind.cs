namespace OneEdge.OpenNebula;

/// <summary>How a virtual machine stands still while it moves.</summary>
public enum MigrationKind
{
    /// <summary>Its memory is saved.</summary>
    Save = 0,

    /// <summary>It is shut down and started again.</summary>
    PowerOff = 1,

    /// <summary>It is switched off and started again.</summary>
    PowerOffHard = 2,
}

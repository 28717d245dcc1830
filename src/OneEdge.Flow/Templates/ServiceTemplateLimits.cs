using OneEdge.OpenNebula;

namespace OneEdge.Flow;

/// <summary>What a reader of service templates accepts; past a limit it stops with an error that names it.</summary>
public sealed record ServiceTemplateLimits
{
    /// <summary>The default limits.</summary>
    public static ServiceTemplateLimits Default { get; } = new();

    /// <summary>The largest template, in bytes of UTF-8.</summary>
    /// <value>4 MiB, what a document store takes.</value>
    public int MaxBytes { get; init; } = DocumentLimits.Default.MaxBodyBytes;

    /// <summary>How deep objects and arrays may nest.</summary>
    /// <value>64, what a document store takes; Ruby reads 100.</value>
    public int MaxDepth { get; init; } = DocumentLimits.Default.MaxDepth;

    /// <summary>The greatest number of roles.</summary>
    /// <value>1,000</value>
    public int MaxRoles { get; init; } = 1000;

    /// <summary>The greatest number of parents of a role, and of policies of each kind.</summary>
    /// <value>1,000</value>
    public int MaxRoleItems { get; init; } = 1000;

    /// <summary>How many errors are collected before the check stops.</summary>
    /// <value>100</value>
    public int MaxErrors { get; init; } = 100;
}

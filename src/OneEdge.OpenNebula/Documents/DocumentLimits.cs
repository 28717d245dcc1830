namespace OneEdge.OpenNebula;

/// <summary>What a document store accepts.</summary>
public sealed record DocumentLimits
{
    /// <summary>The default limits.</summary>
    public static DocumentLimits Default { get; } = new();

    /// <summary>The largest body, in bytes. MySQL holds 16 MiB of a document of OpenNebula, all else in it included.</summary>
    /// <value>4 MiB</value>
    public int MaxBodyBytes { get; init; } = 4 << 20;

    /// <summary>How deep objects and arrays may nest; Ruby's JSON, which the programs of OpenNebula use, reads 100.</summary>
    /// <value>64</value>
    public int MaxDepth { get; init; } = 64;
}

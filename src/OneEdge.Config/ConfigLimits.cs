namespace OneEdge.Config;

/// <summary>What a reader accepts; past a limit it stops with an error that names it.</summary>
public sealed record ConfigLimits
{
    internal const int DefaultMaxDepth = 500;

    /// <summary>The default limits.</summary>
    public static ConfigLimits Default { get; } = new();

    /// <summary>The largest file, in bytes.</summary>
    /// <value>64 MiB.</value>
    public int MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How deep collections may nest.</summary>
    /// <value>500.</value>
    public int MaxDepth { get; init; } = DefaultMaxDepth;

    /// <summary>How many values a document may hold once its aliases are expanded.</summary>
    /// <value>1,000,000.</value>
    public int MaxExpandedValues { get; init; } = 1_000_000;
}

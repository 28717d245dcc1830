namespace OneEdge.OpenNebula;

/// <summary>What a reader of templates accepts; past a limit it stops with an error that names it.</summary>
public sealed record TemplateLimits
{
    /// <summary>The default limits.</summary>
    public static TemplateLimits Default { get; } = new();

    /// <summary>The largest text, in bytes (key=value form) or characters (XML form).</summary>
    /// <value>64 MiB.</value>
    public int MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many values a template may hold, those of vectors included.</summary>
    /// <value>4,000,000.</value>
    public int MaxValues { get; init; } = 4_000_000;

    /// <summary>How deep XML may nest. OpenNebula drops what is deeper than two levels, and refuses what is deeper than this default.</summary>
    /// <value>256.</value>
    public int MaxDepth { get; init; } = 256;
}

namespace OneEdge.Config;

/// <summary>How a patch is applied.</summary>
public sealed record PatchOptions
{
    /// <summary>The default options.</summary>
    public static PatchOptions Default { get; } = new();

    /// <summary>Whether nothing is saved unless every change applies.</summary>
    /// <value><see langword="false"/>: what applies is saved.</value>
    public bool RequireAll { get; init; }
}

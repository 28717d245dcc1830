namespace OneEdge.Config;

/// <summary>The settings of <c>services.AddOneEdgeConfig(...)</c>.</summary>
public sealed class OneEdgeConfigOptions
{
    /// <summary>The root of the installation.</summary>
    /// <value><c>/</c>: the running system.</value>
    public string Root { get; set; } = "/";

    /// <summary>How the tree works: catalogue, backup directory, limits.</summary>
    /// <value>The defaults of <see cref="ConfigTreeOptions"/>.</value>
    public ConfigTreeOptions Tree { get; set; } = new();
}

using OneEdge.Config.Formats;

namespace OneEdge.Config;

public abstract partial class ConfigFormat
{
    /// <summary>
    /// Opaque text (LXC profiles, <c>*.default</c>, <c>*.erb</c>): the whole file is one string, and a <c>set</c> applies a unified diff to it.
    /// </summary>
    public static ConfigFormat Text { get; } = new TextFormat();
}

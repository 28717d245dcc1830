using OneEdge.Config.Formats;

namespace OneEdge.Config;

public abstract partial class ConfigFormat
{
    /// <summary>The format of oned.conf, monitord.conf and sched.conf: <c>NAME = value</c> and <c>NAME = [ NAME = value, ... ]</c>.</summary>
    public static ConfigFormat Oned { get; } = new OnedFormat();
}

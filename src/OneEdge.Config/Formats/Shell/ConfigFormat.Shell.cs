using OneEdge.Config.Formats;

namespace OneEdge.Config;

public abstract partial class ConfigFormat
{
    /// <summary>Shell assignments: <c>kvmrc</c>, <c>sshrc</c>, <c>datastore.conf</c> and their like.</summary>
    public static ConfigFormat Shell { get; } = new ShellFormat();
}

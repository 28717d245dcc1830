namespace OneEdge.Config;

/// <summary>The changes to one file.</summary>
/// <param name="File">The file, as seen from the root of the installation: <c>/etc/one/oned.conf</c>.</param>
/// <param name="Format">The format of the file.</param>
/// <param name="Changes">The changes, in order.</param>
public sealed record FilePatch(string File, ConfigFormat Format, IReadOnlyList<ConfigChange> Changes);

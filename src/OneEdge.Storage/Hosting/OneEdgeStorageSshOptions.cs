using System.ComponentModel.DataAnnotations;

namespace OneEdge.Storage;

/// <summary>How hosts are reached, in <see cref="OneEdgeStorageOptions"/>: what <see cref="SshOptions"/> has, as settings.</summary>
public sealed class OneEdgeStorageSshOptions
{
    /// <inheritdoc cref="SshOptions.Program"/>
    [Required]
    public string Program { get; set; } = "ssh";

    /// <inheritdoc cref="SshOptions.ConfigFile"/>
    public string? ConfigFile { get; set; }

    /// <inheritdoc cref="SshOptions.Arguments"/>
    public IList<string> Arguments { get; } = [];

    /// <inheritdoc cref="SshOptions.ConnectTimeout"/>
    [SecondsRange(1, 3600)]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <inheritdoc cref="SshOptions.SharedConnectionDirectory"/>
    public string? SharedConnectionDirectory { get; set; }

    internal SshOptions ToOptions() => new()
    {
        Program = Program,
        ConfigFile = ConfigFile,
        Arguments = [.. Arguments],
        ConnectTimeout = ConnectTimeout,
        SharedConnectionDirectory = SharedConnectionDirectory,
    };
}

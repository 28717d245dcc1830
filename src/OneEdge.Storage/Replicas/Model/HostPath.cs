using System.Buffers;
using System.Globalization;
using System.Text.Json.Serialization;

namespace OneEdge.Storage.Replicas;

/// <summary>A path on a host, written <c>host:path</c>.</summary>
public sealed record HostPath
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>Names a path on a host.</summary>
    /// <param name="host">The host, as <c>ssh</c> takes it.</param>
    /// <param name="path">The absolute path; repeated and trailing slashes are removed.</param>
    /// <exception cref="StorageException">The host is no host name, or the path is not absolute, has a segment <c>.</c> or <c>..</c>, or NUL.</exception>
    [JsonConstructor]
    public HostPath(string host, string path)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(path);
        if (!SshHost.IsHostName(host)) throw Malformed($"'{host}' is no name of a host");
        string[] segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!path.StartsWith('/') || segments.Length == 0) throw Malformed($"'{path}' on host '{host}' is no absolute path of a file or directory");
        if (segments.Any(segment => segment is "." or "..")) throw Malformed($"'{path}' on host '{host}' has a segment '.' or '..'");
        if (path.Contains('\0', StringComparison.Ordinal)) throw Malformed($"A path on host '{host}' contains NUL");
        (Host, Path) = (host, "/" + string.Join('/', segments));
    }

    /// <summary>The host.</summary>
    public string Host { get; }

    /// <summary>The absolute path, without repeated or trailing slashes.</summary>
    public string Path { get; }

    /// <summary>The last segment of the path.</summary>
    [JsonIgnore]
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The number of the disk when the path is one: when it contains <c>/disk.</c> and digits; otherwise <see langword="null"/>.</summary>
    [JsonIgnore]
    public int? DiskId
    {
        get
        {
            const string start = "/disk.";
            for (int at = Path.IndexOf(start, StringComparison.Ordinal); at >= 0; at = Path.IndexOf(start, at + 1, StringComparison.Ordinal))
            {
                ReadOnlySpan<char> rest = Path.AsSpan(at + start.Length);
                int length = rest.IndexOfAnyExcept(Digits);
                if (int.TryParse(length < 0 ? rest : rest[..length], NumberStyles.None, CultureInfo.InvariantCulture, out int id)) return id;
            }

            return null;
        }
    }

    /// <summary>Splits a text at its first <c>:</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="defaultHost">The host of a text without <c>:</c>; <see langword="null"/> refuses it.</param>
    /// <exception cref="StorageException">The text is no path on a host.</exception>
    public static HostPath Parse(string text, string? defaultHost = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 && defaultHost is null) throw Malformed($"'{text}' names no host: expected host:path");
        return colon < 0 ? new HostPath(defaultHost!, text) : new HostPath(text[..colon], text[(colon + 1)..]);
    }

    /// <summary>The directory that holds the path.</summary>
    /// <exception cref="StorageException">The path lies in the root directory.</exception>
    public HostPath Parent() => new(Host, Path[..Path.LastIndexOf('/')]);

    /// <summary>A path on the same host.</summary>
    /// <param name="path">The absolute path.</param>
    /// <exception cref="StorageException">The path is malformed.</exception>
    public HostPath At(string path) => new(Host, path);

    /// <summary>The form <c>host:path</c>.</summary>
    public override string ToString() => $"{Host}:{Path}";

    private static StorageException Malformed(string problem) => new(StorageErrorCodes.TransferArguments, problem + ".");
}

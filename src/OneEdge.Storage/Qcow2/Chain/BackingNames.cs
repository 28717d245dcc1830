namespace OneEdge.Storage;

/// <summary>What the name of a backing file means, as qemu reads it.</summary>
internal static class BackingNames
{
    private const string JsonPrefix = "json:";
    private const string FilePrefix = "file:";

    /// <summary>Reads the backing name of an image.</summary>
    /// <param name="header">The header of the image, which has a backing file.</param>
    /// <param name="overlay">How the image was named.</param>
    /// <exception cref="Qcow2Exception">The name means something that cannot be opened here.</exception>
    public static BackingReference Read(Qcow2Header header, string overlay)
    {
        string stored = header.BackingFile ?? throw new ArgumentException("The image has no backing file.", nameof(header));
        DiskImageFormat? format = header.BackingFormat is { } name ? FormatOf(name, overlay) : null;
        if (stored.StartsWith(JsonPrefix, StringComparison.Ordinal)) return BackingJson.Read(stored[JsonPrefix.Length..], stored, format, overlay);
        if (Protocol(stored) is { } protocol && protocol != "file")
            throw new Qcow2Exception(
                StorageErrorCodes.BackingProtocol, overlay, $"the backing file '{stored}' is named by the protocol '{protocol}'; only files are read here.");
        string full = FullName(stored, overlay);
        return new BackingReference(full.StartsWith(FilePrefix, StringComparison.Ordinal) ? full[FilePrefix.Length..] : full, full, format);
    }

    /// <summary>The full name of a backing file as qemu shows it, also of one that cannot be opened.</summary>
    public static string FullName(string stored, string overlay)
    {
        if (Protocol(stored) is not null || Path.IsPathRooted(stored)) return stored;
        int slash = OperatingSystem.IsWindows() ? overlay.LastIndexOfAny(['/', '\\']) : overlay.LastIndexOf('/');
        return slash < 0 ? stored : overlay[..(slash + 1)] + stored;
    }

    /// <summary>A format by its name in qemu.</summary>
    public static DiskImageFormat FormatOf(string name, string overlay) => name switch
    {
        "qcow2" => DiskImageFormat.Qcow2,
        "raw" or "file" or "host_device" => DiskImageFormat.Raw,
        _ => throw new Qcow2Exception(
            StorageErrorCodes.BackingFormat, overlay, $"the backing file has the format '{name}', which is not read here; 'qcow2' and 'raw' are."),
    };

    /// <summary>The protocol that a name begins with, which a colon before any slash ends.</summary>
    public static string? Protocol(string name)
    {
        // C:\ is none; qemu sees it so too.
        if (OperatingSystem.IsWindows() && name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0])) return null;
        int end = name.AsSpan().IndexOfAny(':', '/');
        return end >= 0 && name[end] == ':' ? name[..end] : null;
    }
}

namespace OneEdge.Storage;

/// <summary>How an image and its backing chain are opened.</summary>
public sealed record Qcow2OpenOptions
{
    /// <summary>The options that apply unless others are given.</summary>
    public static Qcow2OpenOptions Default { get; } = new();

    /// <summary>What reading may cost.</summary>
    public Qcow2Limits Limits { get; init; } = Qcow2Limits.Default;

    /// <summary>
    /// The directory against which relative names are resolved: that of the image, those in <c>json:</c> backing names, those of external data files. qemu
    /// takes the working
    /// directory of its process. An ordinary backing name is always relative to the image that has it.
    /// </summary>
    /// <value>
    /// Unless set, the working directory of the process for the image, and the directory of the image that names the file for the others.
    /// </value>
    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// Whether the format of a backing file is guessed from its content where neither the image nor its <c>json:</c> name gives it. A guest that writes a qcow2
    /// header on a
    /// raw disk could then read files of the host; so a file that looks like qcow2 is refused instead unless this is set.
    /// </summary>
    public bool ProbesFormats { get; init; }

    /// <summary>A directory that no image, backing file or data file may leave, by its name or by symbolic links.</summary>
    /// <value>No such directory unless set: as in qemu, images may name any file.</value>
    public string? Root { get; init; }

    /// <summary>
    /// Whether images that a running program has open for writing are opened all the same. What is read of them may change at any time, and be inconsistent.
    /// </summary>
    public bool IgnoresLocks { get; init; }

    /// <summary>The clock for <see cref="Qcow2Limits.MaxDuration"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where a path really leads; for tests over images that were made on another machine.</summary>
    internal Func<string, string>? MapPath { get; init; }
}

namespace OneEdge.Storage;

/// <summary>An internal snapshot of an image.</summary>
public sealed record Qcow2Snapshot
{
    /// <summary>The identifier, a decimal number in images of qemu; not unique in damaged images.</summary>
    public required string Id { get; init; }

    /// <summary>The name, which need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>The number of entries of its L1 table.</summary>
    public required long L1Size { get; init; }

    /// <summary>Where its L1 table begins.</summary>
    public required long L1TableOffset { get; init; }

    /// <summary>The virtual size when it was taken, in bytes.</summary>
    public required long VirtualSize { get; init; }

    /// <summary>When it was taken: seconds since 1970, UTC.</summary>
    public required uint Seconds { get; init; }

    /// <summary>The nanoseconds of the second.</summary>
    public required uint Nanoseconds { get; init; }

    /// <summary>How long the guest had run, in nanoseconds.</summary>
    public required ulong GuestClockNanoseconds { get; init; }

    /// <summary>The size of the saved state of the machine, in bytes; 0 for a snapshot of the disk alone.</summary>
    public required ulong MachineStateSize { get; init; }

    /// <summary>The number of instructions that the guest had executed; <see langword="null"/> when it was not counted.</summary>
    public ulong? InstructionCount { get; init; }

    /// <summary>The size of its additional data, in bytes; images of version 3 need 16.</summary>
    internal int ExtraSize { get; init; }
}

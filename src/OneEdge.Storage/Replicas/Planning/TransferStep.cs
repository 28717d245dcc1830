using System.Globalization;
using System.Text.Json.Serialization;

namespace OneEdge.Storage.Replicas;

/// <summary>One step of a <see cref="TransferPlan"/>. Every step may be run again: it then finds its work done, or does it anew.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(MakeDirectoryStep), "makeDirectory")]
[JsonDerivedType(typeof(MarkMonitoredStep), "markMonitored")]
[JsonDerivedType(typeof(SyncToReplicaStep), "syncToReplica")]
[JsonDerivedType(typeof(CopyDiskStep), "copyDisk")]
[JsonDerivedType(typeof(CopyTreeStep), "copyTree")]
[JsonDerivedType(typeof(CopySnapshotsStep), "copySnapshots")]
[JsonDerivedType(typeof(CreateRecoveryBaseStep), "createRecoveryBase")]
[JsonDerivedType(typeof(StoreRecoveryBaseStep), "storeRecoveryBase")]
[JsonDerivedType(typeof(ForgetRecoveryStep), "forgetRecovery")]
[JsonDerivedType(typeof(ResizeStep), "resize")]
[JsonDerivedType(typeof(RemoveStep), "remove")]
[JsonDerivedType(typeof(FlattenStep), "flatten")]
[JsonDerivedType(typeof(ExportStep), "export")]
[JsonDerivedType(typeof(LiveExportStep), "liveExport")]
[JsonDerivedType(typeof(TakeSnapshotStep), "takeSnapshot")]
[JsonDerivedType(typeof(TakeLiveSnapshotStep), "takeLiveSnapshot")]
[JsonDerivedType(typeof(DeleteSnapshotStep), "deleteSnapshot")]
[JsonDerivedType(typeof(CheckSnapshotStep), "checkSnapshot")]
[JsonDerivedType(typeof(RevertSnapshotStep), "revertSnapshot")]
[JsonDerivedType(typeof(MakeImageStep), "makeImage")]
public abstract record TransferStep
{
    private protected TransferStep()
    {
    }

    /// <summary>Whether the plan goes on, with a note, when the host of the step cannot be reached.</summary>
    /// <value><see langword="false"/> unless set.</value>
    public bool IsOptional { get; init; }

    /// <summary>What changes, for people.</summary>
    protected abstract string Describe();

    /// <summary>The step for people, in one line; control characters of names are escaped.</summary>
    public sealed override string ToString() => PlanText.OneLine(IsOptional ? Describe() + " (if the host can be reached)" : Describe());
}

/// <summary>A directory and its parents are made.</summary>
/// <param name="Directory">The directory.</param>
public sealed record MakeDirectoryStep(HostPath Directory) : TransferStep
{
    /// <inheritdoc/>
    protected override string Describe() => $"make directory {Directory}";
}

/// <summary>The file <c>.monitor</c> tells monitoring what a datastore directory is.</summary>
/// <param name="Datastore">The directory of the datastore.</param>
/// <param name="Word">The word: <c>ssh</c> or <c>replica</c>.</param>
public sealed record MarkMonitoredStep(HostPath Datastore, string Word) : TransferStep
{
    /// <inheritdoc/>
    protected override string Describe() => $"mark {Datastore} for monitoring as {Word}";
}

/// <summary>An image, with its snapshots, is in the cache of the replica, with the content of its datastore.</summary>
/// <param name="Image">The image in its datastore.</param>
/// <param name="Replica">The replica.</param>
public sealed record SyncToReplicaStep(HostPath Image, CopyRoute Replica) : TransferStep
{
    /// <summary>The replica, by the name that OpenNebula gives it.</summary>
    public required string ReplicaHost { get; init; }

    /// <inheritdoc/>
    protected override string Describe() => $"bring {Image} to the cache of replica {ReplicaHost}";
}

/// <summary>A disk is copied, straight from its host to the other one.</summary>
/// <param name="Source">The image or disk.</param>
/// <param name="Destination">The disk or image to make.</param>
/// <param name="Route">How the source's host reaches the other one; <see langword="null"/> on the same host.</param>
public sealed record CopyDiskStep(HostPath Source, HostPath Destination, CopyRoute? Route) : TransferStep
{
    /// <summary>Whether the directory of snapshots beside it goes with it.</summary>
    public bool WithSnapshots { get; init; }

    /// <summary>Whether holes stay holes.</summary>
    /// <value><see langword="true"/> unless set.</value>
    public bool Sparse { get; init; } = true;

    /// <summary>The image of which the source is the cached copy; <see langword="null"/> when it is no copy of the cache.</summary>
    public HostPath? CachedImage { get; init; }

    /// <summary>How the host of <see cref="CachedImage"/> reaches the source's.</summary>
    public CopyRoute? CacheRoute { get; init; }

    /// <summary>Whether the source is a link to an overlay, which goes with its base.</summary>
    public bool IsChain { get; init; }

    /// <inheritdoc/>
    protected override string Describe() =>
        $"copy {(IsChain ? "overlay and base of " : "")}{Source}{(WithSnapshots ? " with its snapshots" : "")} to {Destination}"
        + $"{PlanText.Way(Route)}{(Sparse ? "" : ", without holes")}";
}

/// <summary>The directory of a virtual machine is copied, straight from its host to the other one.</summary>
/// <param name="Source">The directory.</param>
/// <param name="Destination">Where it is to be.</param>
/// <param name="Route">How the source's host reaches the other one; <see langword="null"/> on the same host.</param>
public sealed record CopyTreeStep(HostPath Source, HostPath Destination, CopyRoute? Route) : TransferStep
{
    /// <inheritdoc/>
    protected override string Describe() => $"copy directory {Source} to {Destination}{PlanText.Way(Route)}";
}

/// <summary>The snapshots of a disk replace those of an image, when the disk has any.</summary>
/// <param name="Source">The disk.</param>
/// <param name="Destination">The image.</param>
/// <param name="Route">How the source's host reaches the other one; <see langword="null"/> on the same host.</param>
public sealed record CopySnapshotsStep(HostPath Source, HostPath Destination, CopyRoute? Route) : TransferStep
{
    /// <inheritdoc/>
    protected override string Describe() => $"copy the snapshots of {Source} to {Destination}";
}

/// <summary>A disk that is an image becomes a link to an overlay over it.</summary>
/// <param name="Disk">The disk.</param>
public sealed record CreateRecoveryBaseStep(HostPath Disk) : TransferStep
{
    /// <inheritdoc/>
    protected override string Describe() => $"make {Disk} an overlay over base";
}

/// <summary>The base of a disk is put beside the recovery snapshots to come; a snapshot over another base is removed first.</summary>
/// <param name="Source">The base: the cached image, or <c>base</c> of the disk.</param>
/// <param name="RecoveryDisk">The disk in the directory of recovery snapshots.</param>
/// <param name="Route">How the source's host reaches the replica; <see langword="null"/> on the same host.</param>
public sealed record StoreRecoveryBaseStep(HostPath Source, HostPath RecoveryDisk, CopyRoute? Route) : TransferStep
{
    /// <summary>The image of which the disk was made; a recovery snapshot is used for no other.</summary>
    public string? OriginImage { get; init; }

    /// <inheritdoc/>
    protected override string Describe() => $"store {Source} as base of the recovery snapshots {RecoveryDisk}";
}

/// <summary>Base and recovery snapshot of one disk are removed, so that nobody restores a mixture.</summary>
/// <param name="RecoveryDisk">The disk in the directory of recovery snapshots.</param>
public sealed record ForgetRecoveryStep(HostPath RecoveryDisk) : TransferStep
{
    /// <summary>Whether the copy of the last disk snapshot goes too.</summary>
    public bool WithDiskSnapshot { get; init; }

    /// <inheritdoc/>
    protected override string Describe() => $"remove the recovery snapshots of {RecoveryDisk}";
}

/// <summary>A disk grows to a size.</summary>
/// <param name="Disk">The disk.</param>
/// <param name="SizeMb">The size, in MiB.</param>
public sealed record ResizeStep(HostPath Disk, long SizeMb) : TransferStep
{
    /// <summary>The format, <c>raw</c> or <c>qcow2</c>; <see langword="null"/> when it is not known, and the first bytes of the disk must tell.</summary>
    public string? Format { get; init; }

    /// <summary>Whether the new room is allocated at once.</summary>
    public bool Preallocate { get; init; }

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"resize {Disk} to {SizeMb} MiB{(Preallocate ? ", allocated" : "")}");
}

/// <summary>A file or directory is removed with everything in it.</summary>
/// <param name="Path">The path.</param>
public sealed record RemoveStep(HostPath Path) : TransferStep
{
    /// <inheritdoc/>
    protected override string Describe() => $"remove {Path}";
}

/// <summary>A disk that is a link to an overlay becomes one file; base and overlay are removed.</summary>
/// <param name="Disk">The disk.</param>
public sealed record FlattenStep(HostPath Disk) : TransferStep
{
    /// <inheritdoc/>
    protected override string Describe() => $"make {Disk} one file without a base";
}

/// <summary>The chain of a disk is written to one file.</summary>
/// <param name="Source">The disk or snapshot.</param>
/// <param name="Temporary">The file.</param>
public sealed record ExportStep(HostPath Source, HostPath Temporary) : TransferStep
{
    /// <inheritdoc/>
    protected override string Describe() => $"write the chain of {Source} to {Temporary}";
}

/// <summary>The disk of a running machine is written to one file.</summary>
/// <param name="Disk">The disk.</param>
/// <param name="Temporary">The file.</param>
/// <param name="Domain">The machine, by its name at the hypervisor.</param>
/// <param name="Target">The device in the guest.</param>
public sealed record LiveExportStep(HostPath Disk, HostPath Temporary, string Domain, string Target) : TransferStep
{
    /// <inheritdoc/>
    protected override string Describe() => $"write {Target} of running {Domain} to {Temporary}";
}

/// <summary>A full copy of a disk becomes its snapshot.</summary>
/// <param name="Disk">The disk.</param>
/// <param name="SnapshotId">The number.</param>
public sealed record TakeSnapshotStep(HostPath Disk, int SnapshotId) : TransferStep
{
    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"copy {Disk} to its snapshot {SnapshotId}");
}

/// <summary>A full copy of the disk of a running machine becomes its snapshot.</summary>
/// <param name="Disk">The disk.</param>
/// <param name="SnapshotId">The number.</param>
/// <param name="Domain">The machine, by its name at the hypervisor.</param>
public sealed record TakeLiveSnapshotStep(HostPath Disk, int SnapshotId, string Domain) : TransferStep
{
    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"copy {Disk} of running {Domain} to its snapshot {SnapshotId}");
}

/// <summary>A snapshot of a disk is removed.</summary>
/// <param name="Disk">The disk.</param>
/// <param name="SnapshotId">The number.</param>
public sealed record DeleteSnapshotStep(HostPath Disk, int SnapshotId) : TransferStep
{
    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"remove snapshot {SnapshotId} of {Disk}");
}

/// <summary>A snapshot is there and can become a base.</summary>
/// <param name="Disk">The disk.</param>
/// <param name="SnapshotId">The number.</param>
public sealed record CheckSnapshotStep(HostPath Disk, int SnapshotId) : TransferStep
{
    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"check snapshot {SnapshotId} of {Disk}");
}

/// <summary>A disk gets the content of its snapshot.</summary>
/// <param name="Disk">The disk.</param>
/// <param name="SnapshotId">The number.</param>
public sealed record RevertSnapshotStep(HostPath Disk, int SnapshotId) : TransferStep
{
    /// <summary>Whether the snapshot becomes a base, with a new overlay.</summary>
    public bool AsBase { get; init; }

    /// <inheritdoc/>
    protected override string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"revert {Disk} to snapshot {SnapshotId}{(AsBase ? ", as base of a new overlay" : "")}");
}

/// <summary>A volatile disk is made.</summary>
/// <param name="Disk">The disk.</param>
/// <param name="SizeMb">The size, in MiB.</param>
/// <param name="Format"><c>raw</c> or <c>qcow2</c>.</param>
public sealed record MakeImageStep(HostPath Disk, long SizeMb, string Format) : TransferStep
{
    /// <summary>The file system; <c>swap</c> for swapping; <see langword="null"/> for none.</summary>
    public string? FileSystem { get; init; }

    /// <summary>More options of the program that makes the file system, word by word.</summary>
    public IReadOnlyList<string> FileSystemArguments { get; init; } = [];

    /// <inheritdoc/>
    protected override string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"make {Disk}, {SizeMb} MiB, {Format}{(FileSystem is null ? "" : ", " + FileSystem)}");
}

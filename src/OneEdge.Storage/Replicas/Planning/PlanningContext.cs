using System.Globalization;

namespace OneEdge.Storage.Replicas;

/// <summary>What planners decide from, with the questions that all of them ask.</summary>
internal sealed record PlanningContext(TransferRequest Request, TransferObservations Observations, TransferSettings Settings)
{
    public VmFacts Vm => Request.Facts.Vm;

    public HostPath Source => Request.Source;

    public HostPath Destination => Request.Destination ?? throw Malformed("has no destination");

    /// <summary>The replica of the virtual machine; <see langword="null"/> without one.</summary>
    public string? ReplicaHost => Request.Facts.ReplicaHost();

    public TransferPlan Plan(params IEnumerable<TransferStep> steps) => new() { Action = Request.Action, VmId = Vm.Id, Steps = [.. steps] };

    public TransferPlan Nothing(string note) => Plan() with { Notes = [note] };

    /// <summary>The disk of a path that must be one.</summary>
    public DiskFacts DiskAt(HostPath path) =>
        path.DiskId is { } id ? Vm.Disk(id) : throw Malformed($"needs a disk, a path with /disk. and its number, not '{path}'");

    /// <summary>The format of a disk, where it is one of those that are resized.</summary>
    public static string? FormatOf(DiskFacts disk) => disk.Format is "raw" or "qcow2" ? disk.Format : null;

    /// <summary>The disk in the directory of recovery snapshots.</summary>
    public HostPath RecoveryDisk(string replica, int diskId) => new(replica, Settings.Layout().RecoveryDisk(Vm.Id, diskId).Disk);

    /// <summary>What removes the recovery snapshots of the disk that had a number before, where there are any.</summary>
    public TransferStep[] ForgetFormer(int diskId) => ReplicaHost is { } replica && (Observations.HasFormerRecovery || Observations.HasRecoverySnapshot)
        ? [new ForgetRecoveryStep(RecoveryDisk(replica, diskId)) { WithDiskSnapshot = true }] : [];

    /// <summary>The way between two hosts; the front-end fetches, as it does in the original.</summary>
    public CopyRoute? Route(string from, string to) =>
        to == Settings.FrontEnd && from != to ? Settings.Route(to, from)! with { IsFetched = true } : Settings.Route(from, to);

    public CopyRoute? FromFrontEndToReplica(string from, string replica) => Settings.Route(from, replica, replica, Settings.Replica.FrontEndSshArguments);

    public CopyRoute? FromReplica(string replica, string host) =>
        Settings.Route(replica, host, Request.Facts.StorageAddressOf(host), Settings.Replica.SshArguments);

    public CopyRoute? ToReplica(string from, string replica) => Settings.Route(from, replica, replica, Settings.Replica.SshArguments);

    public StorageException Malformed(string problem) =>
        new(StorageErrorCodes.TransferArguments, string.Create(CultureInfo.InvariantCulture, $"{Request.Action} of virtual machine {Vm.Id} {problem}."));

    public StorageException Refused(string problem) =>
        new(StorageErrorCodes.TransferRefused, string.Create(CultureInfo.InvariantCulture, $"{Request.Action} of virtual machine {Vm.Id}: {problem}."));
}

namespace OneEdge.Storage.Recovery;

/// <summary>What a probe found.</summary>
/// <param name="Disks">The disks of which snapshots are wanted, by machine and disk.</param>
/// <param name="Problems">The machines whose files cannot be used.</param>
public sealed record RecoveryProbeResult(IReadOnlyList<RecoveryDisk> Disks, IReadOnlyList<RecoveryProblem> Problems);

/// <summary>A virtual machine whose files cannot be used.</summary>
/// <param name="VmId">The machine.</param>
/// <param name="Message">What is wrong.</param>
public sealed record RecoveryProblem(int VmId, string Message);

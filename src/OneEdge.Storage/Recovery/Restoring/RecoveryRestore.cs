using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Recovery;

/// <summary>Plans a restore, which is pure, and carries plans out.</summary>
public static class RecoveryRestore
{
    private const string StallSeconds = "60";

    /// <summary>Plans to bring a chain to a hypervisor, with the layout that the original expects there.</summary>
    /// <param name="chain">The chain, of <see cref="RecoveryStore.FindAsync"/>, which verified it.</param>
    /// <param name="replica">The name of the host that has it.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="ArgumentException">The chain was not verified, or a name is none of a host.</exception>
    public static RestorePlan Plan(RecoveryChain chain, string replica, RestoreTarget target)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(target);
        if (chain.Problem is not null || chain.Sha256 is not { } overlay || chain.BaseSha256 is not { } below)
            throw new ArgumentException("The chain was not verified.", nameof(chain));
        if (!SshHost.IsHostName(target.Address ?? target.Host))
            throw new ArgumentException($"'{target.Address ?? target.Host}' is no name of a host.", nameof(target));
        if (!Path.IsPathRooted(target.VmDirectory)) throw new ArgumentException("The directory of the virtual machine must be absolute.", nameof(target));
        string directory = Path.TrimEndingDirectorySeparator(target.VmDirectory), name = chain.Files.Name;
        string stage = DiskFiles.In(directory, chain.DiskId).Staging, arrivals = $"{stage}/{name}.snap", partial = $"{stage}/partial";
        return new RestorePlan(
            chain,
            replica,
            target,
            [
                new RestoreStep($"make room in {arrivals}", RestoreHost.Hypervisor, new HostScript("stage", RestoreScripts.Stage, directory, name,
                    target.ReplacesExisting ? "yes" : "no")),
                Copy(chain.Files.Base, arrivals, partial, replica, target),
                Copy(chain.Files.Overlay, arrivals, partial, replica, target),
                new RestoreStep("compare the copies with the SHA-256 of what was verified", RestoreHost.Hypervisor, new HostScript("verify",
                    RestoreScripts.Verify, directory, name, overlay, below)),
                new RestoreStep($"give them their names: {name} -> {name}.snap/base.1", RestoreHost.Hypervisor, new HostScript("publish",
                    RestoreScripts.Publish, directory, name)),
            ]);
    }

    /// <summary>Carries a plan out. After a failure the same plan can be carried out again; what was copied is not copied twice.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="replica">The host that has the chain.</param>
    /// <param name="hypervisor">The host that gets it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The steps, each when it is done.</returns>
    /// <exception cref="StorageException">A step failed.</exception>
    public static IAsyncEnumerable<RestoreStep> RunAsync(
        RestorePlan plan, IRemoteHost replica, IRemoteHost hypervisor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(replica);
        ArgumentNullException.ThrowIfNull(hypervisor);
        return new RestoreRun(plan, replica, hypervisor, NullLogger.Instance).RunAsync(cancellationToken);
    }

    /// <summary>Carries a plan out on the hosts that it names. After a failure the same plan can be carried out again; what was copied is not copied
    /// twice.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="hosts">The hosts.</param>
    /// <param name="logger">Hears of the beginning and the end.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <inheritdoc cref="RunAsync(RestorePlan, IRemoteHost, IRemoteHost, CancellationToken)" path="/returns"/>
    /// <inheritdoc cref="RunAsync(RestorePlan, IRemoteHost, IRemoteHost, CancellationToken)" path="/exception"/>
    public static IAsyncEnumerable<RestoreStep> RunAsync(
        RestorePlan plan, IRemoteHosts hosts, ILogger? logger = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(hosts);
        return new RestoreRun(plan, hosts.Get(plan.Replica), hosts.Get(plan.Target.Host), logger ?? NullLogger.Instance).RunAsync(cancellationToken);
    }

    private static RestoreStep Copy(string file, string directory, string partial, string replica, RestoreTarget target)
    {
        string address = target.Address ?? target.Host;
        HostScript script = replica == target.Host
            ? new HostScript("copy", RestoreScripts.CopyHere, file, directory)
            : new HostScript("copy", ReplicaScripts.Send, "rsync", file, address, directory, StallSeconds, RsyncShell.Of(target.Ssh), partial,
                "")
            { ForwardsAgent = true };
        return new RestoreStep($"copy {file} to {address}:{directory}", RestoreHost.Replica, script);
    }
}

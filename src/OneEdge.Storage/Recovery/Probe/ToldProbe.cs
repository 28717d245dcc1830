using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OneEdge.Storage.Recovery;

/// <summary>Gives the disks that a probe finds, and tells of problems when they are not those of the look before.</summary>
internal sealed class ToldProbe
{
    private readonly RecoveryProbe _probe;
    private readonly ILogger _logger;
    private HashSet<RecoveryProblem> _told = [];

    public ToldProbe(RecoveryProbe probe, ILogger? logger)
    {
        ArgumentNullException.ThrowIfNull(probe);
        (_probe, _logger) = (probe, logger ?? NullLogger.Instance);
    }

    public async Task<IReadOnlyList<RecoveryDisk>> FindAsync(CancellationToken cancellationToken)
    {
        RecoveryProbeResult found = await _probe.FindAsync(cancellationToken).ConfigureAwait(false);
        HashSet<RecoveryProblem> told = Interlocked.Exchange(ref _told, [.. found.Problems]);
        foreach (RecoveryProblem problem in found.Problems.Where(problem => !told.Contains(problem)))
            RecoveryLog.DeploymentUnusable(_logger, problem.VmId, new LogText(problem.Message));
        return found.Disks;
    }
}

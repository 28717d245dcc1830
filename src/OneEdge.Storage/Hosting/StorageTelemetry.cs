using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OneEdge.Storage;

/// <summary>What OneEdge.Storage tells OpenTelemetry: spans and meters under the name of the package. Paths, hosts and numbers are in it, no content.</summary>
public static class StorageTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string SourceName = "OneEdge.Storage";

    /// <summary>The tag that tells how something ended: <c>ok</c>, <c>cancelled</c>, or the code of an error.</summary>
    internal const string Outcome = "outcome";

    internal const string Action = "oneedge.storage.action";
    internal const string Work = "oneedge.storage.work";
    internal const string Way = "oneedge.storage.way";
    internal const string Vm = "oneedge.storage.vm";
    internal const string Disk = "oneedge.storage.disk";
    internal const string Replica = "oneedge.storage.replica";
    internal const string Generation = "oneedge.storage.generation";

    internal static readonly ActivitySource Activities = new(SourceName);
    private static readonly Meter Meter = new(SourceName);

    /// <summary>How long plans of transfers ran.</summary>
    internal static readonly Histogram<double> TransferDuration = Meter.CreateHistogram<double>(
        "oneedge.storage.transfer.duration", "s", "How long plans of transfers ran, by action and outcome.");

    /// <summary>What copies brought to their destinations.</summary>
    internal static readonly Counter<long> CopiedBytes = Meter.CreateCounter<long>(
        "oneedge.storage.copied", "By", "Bytes of images and disks that copies between hosts brought to their destinations, before compression.");

    /// <summary>Images that were asked of the cache of a replica.</summary>
    internal static readonly Counter<int> CacheRequests = Meter.CreateCounter<int>(
        "oneedge.storage.cache.requests", "{image}", "Images asked of the cache of a replica: hit, waited (others fetched them), miss (fetched here).");

    /// <summary>Images that left the cache of a replica.</summary>
    internal static readonly Counter<int> CacheEvictions = Meter.CreateCounter<int>(
        "oneedge.storage.cache.evictions", "{image}", "Images that were removed from the cache of a replica to make room.");

    /// <summary>How long attempts at recovery snapshots took.</summary>
    internal static readonly Histogram<double> RecoveryDuration = Meter.CreateHistogram<double>(
        "oneedge.storage.recovery.duration", "s", "How long attempts at recovery snapshots took, by work (snapshot, commit) and outcome.");

    /// <summary>How old the snapshots of a hypervisor are.</summary>
    internal static readonly Gauge<double> RecoveryAge = Meter.CreateGauge<double>(
        "oneedge.storage.recovery.age", "s", "The age of the newest recovery snapshot of that disk of the hypervisor which has waited longest for another.");

    /// <summary>Disks of a hypervisor that have no snapshot.</summary>
    internal static readonly Gauge<int> RecoveryMissing = Meter.CreateGauge<int>(
        "oneedge.storage.recovery.missing", "{disk}", "Disks of the hypervisor that have no recovery snapshot yet.");
}

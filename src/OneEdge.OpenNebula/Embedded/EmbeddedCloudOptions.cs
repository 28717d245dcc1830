namespace OneEdge.OpenNebula;

/// <summary>How an embedded cloud begins and how long its work takes.</summary>
public sealed class EmbeddedCloudOptions
{
    /// <summary>The number of hosts that the cloud begins with, called <c>host0</c>, <c>host1</c>... in cluster 0. Default 1.</summary>
    public int Hosts { get; set; } = 1;

    /// <summary>The processors of each host. Default 8; a VM takes <c>CPU</c> of them.</summary>
    public int HostCpus { get; set; } = 8;

    /// <summary>The memory of each host in MiB. Default 16384.</summary>
    public int HostMemory { get; set; } = 16_384;

    /// <summary>The password of <c>oneadmin</c>. Default <c>opennebula</c>.</summary>
    public string OneadminPassword { get; set; } = "opennebula";

    /// <summary>What makes chance the same each time: tokens, and which of several hosts alike gets a VM. Default 0.</summary>
    public int Seed { get; set; }

    /// <summary>The clock. Default that of the system; with a fake one, tests move the cloud.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Where machines report to (<c>ONEGATE_ENDPOINT</c>). Without it, templates with <c>TOKEN=YES</c> in their context are refused, as by a fresh
    /// installation. Default <c>http://127.0.0.1:5030</c>.
    /// </summary>
    public string? OneGateEndpoint { get; set; } = "http://127.0.0.1:5030";

    /// <summary>How long the work of the cloud takes. Default no time at all.</summary>
    public EmbeddedCloudDelays Delays { get; set; } = new();

    /// <summary>
    /// The files (or addresses) that <c>PATH</c> of new images may name, with their size in bytes. Datastores of the driver <c>dummy</c>, which the default
    /// one has, take any path; others find these only. Default none.
    /// </summary>
    public IDictionary<string, long> Files { get; } = new Dictionary<string, long>(StringComparer.Ordinal);
}

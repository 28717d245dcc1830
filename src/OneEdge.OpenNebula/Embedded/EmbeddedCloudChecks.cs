namespace OneEdge.OpenNebula.Embedded;

/// <summary>Checks the options of a cloud before it begins.</summary>
internal static class EmbeddedCloudChecks
{
    public static void Check(EmbeddedCloudOptions options)
    {
        Require(options.TimeProvider is not null, "it needs a clock (TimeProvider)");
        Require(!string.IsNullOrEmpty(options.OneadminPassword), "oneadmin needs a password (OneadminPassword)");
        Require(options.Hosts >= 0, "the number of hosts is negative (Hosts)");
        Require(options.HostCpus > 0, "a host has at least one processor (HostCpus)");
        Require(options.HostMemory > 0, "a host has some memory (HostMemory)");
        Require(options.Delays is not null, "it needs delays, of no time if you like (Delays)");
        EmbeddedCloudDelays delays = options.Delays!;
        TimeSpan[] all = [delays.Scheduling, delays.Storage, delays.Hypervisor, delays.Hotplug, delays.Image, delays.Monitoring];
        Require(all.All(d => d >= TimeSpan.Zero && d <= FaultPlan.Longest), "a delay is negative, or longer than a hundred years (Delays)");

        void Require(bool isMet, string problem)
        {
            if (!isMet) throw new ArgumentException($"The embedded cloud cannot begin: {problem}.", nameof(options));
        }
    }
}

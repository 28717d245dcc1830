namespace OneEdge.OpenNebula;

/// <summary>A snapshot of a whole virtual machine, its memory included.</summary>
/// <param name="Attribute">The attribute <c>SNAPSHOT</c>.</param>
public sealed record VmSnapshot(TemplateAttribute Attribute)
{
    /// <summary>Its number in the machine.</summary>
    public int? Id => Attribute.TryGet("SNAPSHOT_ID", out int value) ? value : null;

    /// <summary>Its name.</summary>
    public string? Name => Attribute.Get("NAME");

    /// <summary>What the hypervisor calls it.</summary>
    public string? HypervisorId => Attribute.Get("HYPERVISOR_ID");

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Time => Attribute.TryGet("TIME", out uint seconds) && seconds > 0 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}

namespace OneEdge.OpenNebula.Embedded;

/// <summary>What NICs, virtual routers and reservations use: addresses.</summary>
internal static class NetworkUsage
{
    /// <summary>The addresses that a reservation has of its parent.</summary>
    public static QuotaUsage Of(CloudNetwork network) =>
        network.IsReservation ? OfReservation(network.ParentId, network.Ranges.Values.Sum(r => (decimal)r.Size)) : QuotaUsage.None;

    public static QuotaUsage OfReservation(int parent, decimal size)
    {
        var usage = new QuotaUsage();
        if (size > 0) usage.Add(QuotaKind.Network, parent, QuotaKind.Leases, size);
        return usage;
    }

    /// <summary>The floating addresses of a virtual router.</summary>
    public static QuotaUsage OfRouter(IEnumerable<TemplateAttribute> nics)
    {
        var usage = new QuotaUsage();
        foreach (TemplateAttribute nic in nics.Where(n => TemplateTexts.IsYes(n.Get("FLOATING_IP")))) AddLease(usage, nic);
        return usage;
    }

    public static QuotaUsage OfNic(TemplateAttribute nic)
    {
        var usage = new QuotaUsage();
        AddLease(usage, nic);
        return usage;
    }

    /// <summary>A NIC of a call with the id of the network that it names.</summary>
    public static TemplateAttribute Named(CloudCall call, TemplateAttribute nic) =>
        call.State.Nics.Find(call.Caller, nic, out _) is { } network ? Vectors.With(nic, ("NETWORK_ID", FormattableString.Invariant($"{network.Id}"))) : nic;

    public static void AddLease(QuotaUsage usage, TemplateAttribute nic)
    {
        if (nic.TryGet("NETWORK_ID", out int network)) usage.Add(QuotaKind.Network, network, QuotaKind.Leases, 1);
    }
}

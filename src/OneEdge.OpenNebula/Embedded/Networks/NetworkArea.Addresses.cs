namespace OneEdge.OpenNebula.Embedded;

/// <summary>The addresses of networks.</summary>
internal sealed partial class NetworkArea
{
    private static readonly string[] AddressItems = ["IP", "IP6", "MAC"];

    private RpcValue ChangeAddresses(CloudCall call, Action<CloudCall, CloudNetwork, StoredTemplate> change)
    {
        (int id, string text) = (call.Int(1), call.Text(2));
        CloudNetwork network = Pool.Get(id);
        call.Authorize(call.Method.Name == "one.vn.add_ar" ? AccessOperation.Admin : AccessOperation.Manage, network);
        StoredTemplate sent = TemplateTexts.Parse(text);
        if (!network.IsUsable)
            throw CallRefusal.Action($"Could not execute {call.Method.Name}Virtual Network is in wrong state: {network.StateName}");
        change(call, network, sent);
        return id;
    }

    private void AddRange(CloudCall call, CloudNetwork network, StoredTemplate sent)
    {
        TemplateAttribute range = sent.Vector("AR") ?? throw CallRefusal.Internal("Wrong AR definition. AR vector attribute is missing.");
        network.Add(CloudAddressRange.Create(network.NextRangeId, WithIpam(network, range), State.Random));
    }

    private static void UpdateRange(CloudCall call, CloudNetwork network, StoredTemplate sent)
    {
        TemplateAttribute range = sent.Vector("AR") ?? throw CallRefusal.Internal("Wrong AR definition. AR vector attribute is missing.");
        if (!range.TryGet("AR_ID", out int id)) throw CallRefusal.Internal("AR/AR_ID attribute is missing.");
        if (!network.Ranges.TryGetValue(id, out CloudAddressRange? found))
            throw CallRefusal.Internal(FormattableString.Invariant($"Address Range with ID {id} was not found."));
        found.Update(range, keepsRestricted: !call.Caller.IsAdmin && network.IsReservation);
    }

    private static void Hold(CloudCall call, CloudNetwork network, StoredTemplate sent)
    {
        (string item, string address, IEnumerable<CloudAddressRange> ranges) = LeaseIn(network, sent);
        bool isHeld = false;
        foreach (CloudAddressRange range in ranges) isHeld |= range.Take(item, address, LeaseHolder.Hold) is not null;
        if (!isHeld) throw CallRefusal.Internal("Address is not part of the address range or in use.");
    }

    private static void Release(CloudCall call, CloudNetwork network, StoredTemplate sent)
    {
        (string item, string address, IEnumerable<CloudAddressRange> ranges) = LeaseIn(network, sent);
        foreach (CloudAddressRange range in ranges) range.Free(item, address, LeaseHolder.Hold);
    }

    private static (string Item, string Address, IEnumerable<CloudAddressRange> Ranges) LeaseIn(CloudNetwork network, StoredTemplate sent)
    {
        TemplateAttribute lease = sent.Vector("LEASES") ?? throw CallRefusal.Internal("Empty lease description.");
        string[] named = [.. AddressItems.Where(i => Vectors.Value(lease, i) is not null)];
        if (named.Length == 0) throw CallRefusal.Internal("Missing MAC, IP or IP6.");
        if (named.Length > 1) throw CallRefusal.Internal("Only one attribute MAC, IP or IP6 can be set.");
        IEnumerable<CloudAddressRange> ranges = network.Ranges.Values;
        if (lease.TryGet("AR_ID", out int id)) ranges = ranges.Where(r => r.Id == id);
        return (named[0], lease.Get(named[0])!, ranges);
    }

    private RpcValue RemoveRange(CloudCall call)
    {
        (int id, int rangeId, bool force) = (call.Int(1), call.Int(2), call.Flag(3, false));
        CloudNetwork network = Pool.Get(id);
        call.Authorize(call.Method.Name == "one.vn.rm_ar" ? AccessOperation.Admin : AccessOperation.Manage, network);
        if (!network.IsUsable) throw CallRefusal.Action($"Could not remove Adress Range, Virtual Network is in wrong state: {network.StateName}");
        if (!network.Ranges.TryGetValue(rangeId, out CloudAddressRange? range)) throw CallRefusal.Internal("Address Range does not exist");
        if (!force && range.UsedCount > 0) throw CallRefusal.Internal("Address Range has leases in use");
        network.Remove(range);
        if (range.ParentId is { } parentRange && Pool.Find(network.ParentId) is { } parent
            && parent.Ranges.TryGetValue(parentRange, out CloudAddressRange? origin))
            origin.FreeRun(range.Mac, range.Size, new LeaseHolder(ObjectKind.Net, id));
        State.Quotas.Settle(network);
        return id;
    }

    private RpcValue Reserve(CloudCall call)
    {
        (int id, string text) = (call.Int(1), call.Text(2));
        Reservation wanted = ReadReservation(id, text);
        // The core has no id for a network that is missing here.
        CloudNetwork parent = Pool.Find(id) ?? throw new CallRefusal(OpenNebulaErrorKind.NoExists, "Error getting virtual network Pool.");
        if (parent.IsReservation) throw CallRefusal.Action("Cannot reserve addresses from a reserved VNET");
        if (wanted.Into is { } into) call.Authorize((AccessOperation.Use, parent.Access), (AccessOperation.Manage, into.Access));
        else call.Authorize(AccessOperation.Use, parent);
        CloudNetwork network = wanted.Into ?? Create(call, TemplateTexts.With(parent.Template, "NAME", wanted.Name), parent.Clusters, id);
        if (wanted.Into is null) Save(network);
        if (State.Quotas.Problem(network.Uid, network.Gid, () => NetworkUsage.OfReservation(id, wanted.Size)) is { } problem)
        {
            if (wanted.Into is null) Forget(network);
            throw CallRefusal.Authorization(network.Uid, problem);
        }

        CloudAddressRange? range = parent.Ranges.Values
            .Where(r => wanted.RangeId is null || r.Id == wanted.RangeId)
            .Select(r => r.Reserve(network.Id, wanted.Size, wanted.From, network.NextRangeId, State.Random))
            .FirstOrDefault(r => r is not null);
        if (range is null)
        {
            if (wanted.Into is null) Forget(network);
            throw CallRefusal.Action(wanted.RangeId is { } rangeId
                ? FormattableString.Invariant($"Not enough free addresses in address range {rangeId}, or it does not exist")
                : "Not enough free addresses in an address range");
        }

        network.Add(range);
        State.Quotas.Settle(network);
        if (wanted.Into is null) Join(network);
        return network.Id;
    }

    private Reservation ReadReservation(int id, string text)
    {
        StoredTemplate sent;
        try
        {
            sent = TemplateTexts.Parse(text);
        }
        catch (CallRefusal refusal)
        {
            throw CallRefusal.Action(refusal.Message);
        }

        if (!sent.TryGet("SIZE", out int size) || size <= 0) throw CallRefusal.Action("Reservation SIZE must be a greater than 0");
        CloudNetwork? into = sent.TryGet("NETWORK_ID", out int network) ? ExistingReservation(id, network) : null;
        string name = sent.Get("NAME") ?? "";
        if (name.Length == 0 && into is null) throw CallRefusal.Action("NAME for reservation has to be set");
        int? range = sent.TryGet("AR_ID", out int rangeId) ? rangeId : null;
        if (range < 0) throw CallRefusal.Action("AR_ID must be equal or greater than 0");
        string? item = Array.Find(AddressItems, i => !string.IsNullOrEmpty(sent.Get(i)));
        if (range is null && item is not null) throw CallRefusal.Action("AR_ID must be specified for IP/MAC based reservations");
        return new Reservation(size, name, into, range, item is null ? null : (item, sent.Get(item)!));
    }

    private CloudNetwork ExistingReservation(int id, int network)
    {
        if (network < 0) throw CallRefusal.Action("NETWORK_ID must be equal or greater than 0");
        if (network == id) throw CallRefusal.Action("Cannot add a reservation from the same network");
        CloudNetwork into = Pool.Get(network);
        if (!into.IsReservation) throw CallRefusal.Action("Cannot add reservations to a non-reservation VNET");
        return into.ParentId == id ? into : throw CallRefusal.Action(FormattableString.Invariant(
            $"New reservations for virtual network {network} have to be from network {into.ParentId}"));
    }

    private static TemplateAttribute WithIpam(CloudNetwork network, TemplateAttribute range) =>
        network.Template.Get("IPAM_MAD") is { Length: > 0 } ipam && Vectors.Value(range, "IPAM_MAD") is null ? Vectors.With(range, ("IPAM_MAD", ipam)) : range;

    private sealed record Reservation(int Size, string Name, CloudNetwork? Into, int? RangeId, (string Item, string Address)? From);
}

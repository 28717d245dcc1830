using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>A range of addresses and who has them (OpenNebula 6.10 source, src/vnm/CloudAddressRange.cc).</summary>
internal sealed partial class CloudAddressRange
{
    /// <summary>The most addresses that one reservation takes.</summary>
    public const int MaxReservation = 1 << 16;

    // Its text is made when it is shown.
    private const string Allocated = "ALLOCATED";

    private readonly SortedDictionary<uint, LeaseHolder> _leases = [];
    private SortedDictionary<string, string> _items;
    private bool _isIp4;
    private bool _isIp6;
    private bool _isIp6Static;
    private uint _ip;
    private UInt128 _ip6;
    private ulong _global;
    private ulong _local;
    private ulong _mac;
    private uint _lowestFree;

    private CloudAddressRange(int id, SortedDictionary<string, string> items) => (Id, _items) = (id, items);

    public int Id { get; }

    public ulong Size { get; private set; }

    public int UsedCount => _leases.Count;

    public SortedSet<int> SecurityGroups { get; private set; } = [];

    /// <summary>The range of the parent that this one is reserved from; <see langword="null"/> when it is not.</summary>
    public int? ParentId => int.TryParse(Item("PARENT_NETWORK_AR_ID"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int id) ? id : null;

    public string Mac => Item("MAC");

    private ulong FreeCount => Size - Math.Min(Size, (ulong)_leases.Count);

    /// <summary>Makes a range of what a template says.</summary>
    /// <exception cref="CallRefusal">The range cannot be.</exception>
    public static CloudAddressRange Create(int id, TemplateAttribute sent, Random random)
    {
        var range = new CloudAddressRange(id, Vectors.Items(sent));
        range.SetType();
        range.SetIp();
        range.SetMac(random);
        if (!ulong.TryParse(range.Item("SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out ulong size))
            throw CallRefusal.Internal("Wrong SIZE for address range");
        range.Size = size;
        range.SecurityGroups = IdList.Parse(range.Item("SECURITY_GROUPS"));
        range._items["AR_ID"] = id.ToString(CultureInfo.InvariantCulture);
        foreach (string own in (string[])["ALLOCATED", "USED_LEASES", "LEASES", "PARENT_NETWORK_AR_ID", "PARENT_NETWORK"]) range._items.Remove(own);
        return range;
    }

    public string Item(string name) => _items.GetValueOrDefault(name, "");

    /// <summary>Gives the first free address.</summary>
    /// <returns>The items of the lease; <see langword="null"/> when there is none.</returns>
    public SortedDictionary<string, string>? Take(LeaseHolder holder)
    {
        while (_leases.ContainsKey(_lowestFree)) _lowestFree++;
        return _lowestFree < Size ? Take(_lowestFree, holder) : null;
    }

    /// <summary>Gives an address that is asked for.</summary>
    public SortedDictionary<string, string>? Take(string item, string address, LeaseHolder holder) =>
        IndexOf(item, address) is { } index && !_leases.ContainsKey(index) ? Take(index, holder) : null;

    /// <summary>Takes an address back from its holder.</summary>
    public bool Free(string item, string address, LeaseHolder holder)
    {
        if (IndexOf(item, address) is not { } index || !_leases.TryGetValue(index, out LeaseHolder held) || held != holder) return false;
        Forget(index);
        return true;
    }

    /// <summary>Takes all addresses back from a holder.</summary>
    public void FreeAll(LeaseHolder holder)
    {
        foreach (uint index in _leases.Where(l => l.Value == holder).Select(l => l.Key).ToArray()) Forget(index);
    }

    /// <summary>Takes back some addresses after one.</summary>
    public void FreeRun(string mac, ulong count, LeaseHolder holder)
    {
        if (IndexOf("MAC", mac) is not { } first) return;
        foreach (uint index in _leases.Where(l => l.Key >= first && l.Key - first < count && l.Value == holder).Select(l => l.Key).ToArray())
            Forget(index);
    }

    /// <summary>Reserves addresses that follow each other for a network.</summary>
    /// <param name="network">The network that gets them.</param>
    /// <param name="count">How many.</param>
    /// <param name="from">The first one: the item and the address; <see langword="null"/> where there is room.</param>
    /// <param name="id">The id of the range in that network.</param>
    /// <param name="random">Chance.</param>
    /// <returns>The range of that network; <see langword="null"/> when there is no room.</returns>
    public CloudAddressRange? Reserve(int network, int count, (string Item, string Address)? from, int id, Random random)
    {
        if ((ulong)count > FreeCount || count > MaxReservation) return null;
        uint? first = from is { } wanted ? IndexOf(wanted.Item, wanted.Address) : FirstRun((uint)count);
        if (first is not { } start || start + (ulong)count > Math.Min(Size, 1UL << 32)) return null;
        for (uint i = 0; i < count; i++)
        {
            if (_leases.ContainsKey(start + i)) return null;
        }

        CloudAddressRange reserved = Part(start, count, id, random);
        var holder = new LeaseHolder(ObjectKind.Net, network);
        for (uint i = 0; i < count; i++) _leases.Add(start + i, holder);
        _items[Allocated] = "";
        return reserved;
    }

    // Some of the addresses as a range of their own.
    private CloudAddressRange Part(uint start, int count, int id, Random random)
    {
        SortedDictionary<string, string> items = new(_items, StringComparer.Ordinal) { ["MAC"] = NetworkAddresses.MacText(NetworkAddresses.Plus(_mac, start)) };
        SetPorts(start, items);
        if (_isIp4) items["IP"] = NetworkAddresses.IpText(_ip + start);
        if (_isIp6Static) items["IP6"] = NetworkAddresses.Ip6Text(_ip6 + start);
        items["SIZE"] = count.ToString(CultureInfo.InvariantCulture);
        items.Remove("IPAM_MAD");
        CloudAddressRange part = Create(id, Vectors.Of("AR", items), random);
        part._items["PARENT_NETWORK_AR_ID"] = Item("AR_ID");
        return part;
    }

    private SortedDictionary<string, string> Take(uint index, LeaseHolder holder)
    {
        _leases.Add(index, holder);
        _items[Allocated] = "";
        return Lease(index);
    }

    private SortedDictionary<string, string> Lease(uint index)
    {
        ulong mac = NetworkAddresses.Plus(_mac, index);
        SortedDictionary<string, string> items = new(StringComparer.Ordinal) { ["MAC"] = NetworkAddresses.MacText(mac) };
        SetPorts(index, items);
        if (_isIp4) items["IP"] = NetworkAddresses.IpText(_ip + index);
        if (_isIp6Static) items["IP6"] = NetworkAddresses.Ip6Text(_ip6 + index);
        if (!_isIp6) return items;
        items["IP6_LINK"] = NetworkAddresses.Ip6Of(0xFE80UL << 48, mac);
        if (_local != 0) items["IP6_ULA"] = NetworkAddresses.Ip6Of(_local, mac);
        if (_global != 0) items["IP6_GLOBAL"] = NetworkAddresses.Ip6Of(_global, mac);
        return items;
    }

    // The place of an address in the range, free or not.
    private uint? IndexOf(string item, string address)
    {
        ulong index;
        switch (item)
        {
            case "IP" when _isIp4 && NetworkAddresses.TryParseIp(address, out uint ip) && ip >= _ip:
                index = ip - _ip;
                break;
            case "IP6" when _isIp6Static && NetworkAddresses.TryParseIp6(address, out UInt128 ip6) && ip6 >= _ip6 && ip6 - _ip6 <= uint.MaxValue:
                index = (ulong)(ip6 - _ip6);
                break;
            case "MAC" when NetworkAddresses.TryParseMac(address, out ulong mac) && mac >= _mac && mac - _mac <= uint.MaxValue:
                index = mac - _mac;
                break;
            default:
                return null;
        }

        return index < Size ? (uint)index : null;
    }

    private uint? FirstRun(uint count)
    {
        uint start = 0;
        foreach (uint taken in _leases.Keys)
        {
            if (taken - start >= count) return start;
            start = taken + 1;
        }

        return start + (ulong)count <= Size ? start : null;
    }

    private void SetPorts(uint index, SortedDictionary<string, string> items)
    {
        _ = uint.TryParse(Item("PORT_START"), NumberStyles.None, CultureInfo.InvariantCulture, out uint start);
        _ = uint.TryParse(Item("PORT_SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out uint size);
        if (start == 0 || size == 0) return;
        uint first = start + (index * size) + 1;
        items["EXTERNAL_PORT_RANGE"] = string.Create(CultureInfo.InvariantCulture, $"{first}:{first + size - 1}");
        items["INTERNAL_PORT_RANGE"] = string.Create(CultureInfo.InvariantCulture, $"1-{size}/{first}");
    }

    private void Forget(uint index)
    {
        _leases.Remove(index);
        _lowestFree = Math.Min(_lowestFree, index);
    }

    private string AllocatedText() => string.Concat(_leases.Select(l => string.Create(CultureInfo.InvariantCulture, $" {l.Key} {l.Value.Packed}")));
}

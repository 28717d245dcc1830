using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>What a range is made of, how it is changed and shown.</summary>
internal sealed partial class CloudAddressRange
{
    /// <summary>Changes what may be changed of a range; the rest of the update is not looked at.</summary>
    /// <param name="sent">The update, which takes the place of all other items.</param>
    /// <param name="keepsRestricted">Whether items that only administrators may change stay.</param>
    /// <exception cref="CallRefusal">The update cannot be; the range is as it was.</exception>
    public void Update(TemplateAttribute sent, bool keepsRestricted)
    {
        SortedDictionary<string, string> items = Vectors.Items(sent);
        if (keepsRestricted) Keep(items, RestrictedNames.OfAddressRanges);
        foreach (string own in (string[])["USED_LEASES", "LEASES", "MAC_END", "IP_END", "IP6_END", "IP6_ULA", "IP6_ULA_END", "IP6_GLOBAL", "IP6_GLOBAL_END"])
            items.Remove(own);
        Keep(items, ["IP", "IP6", "PARENT_NETWORK_AR_ID"]);
        foreach (string fixedItem in (string[])["TYPE", "MAC", "AR_ID", "ALLOCATED"]) items[fixedItem] = Item(fixedItem);
        if (Item("IPAM_MAD") is { Length: > 0 } ipam) items["IPAM_MAD"] = ipam;
        if (!_isIp6Static) items.Remove("PREFIX_LENGTH");
        else if (!IsNumber(items.GetValueOrDefault("PREFIX_LENGTH"))) items["PREFIX_LENGTH"] = Item("PREFIX_LENGTH");
        (ulong global, ulong local) = Prefixes(items);
        ulong size = NewSize(items);
        items["SIZE"] = size.ToString(CultureInfo.InvariantCulture);
        foreach (string number in (string[])["PORT_START", "PORT_SIZE"])
        {
            if (items.TryGetValue(number, out string? value) && !IsNumber(value)) items.Remove(number);
        }

        (_items, _global, _local, Size) = (items, global, local, size);
        SecurityGroups = IdList.Parse(Item("SECURITY_GROUPS"));
    }

    /// <summary>The range as it is kept.</summary>
    public void Write(XmlText xml)
    {
        xml.Open("AR");
        foreach ((string name, string value) in _items) xml.CData(name, name == Allocated ? AllocatedText() : value);
        xml.Close("AR");
    }

    /// <summary>The range with its ends and its leases.</summary>
    public void WriteExtended(XmlText xml, Func<LeaseHolder, bool> isShown)
    {
        xml.Open("AR");
        foreach ((string name, string value) in _items)
        {
            if (name != Allocated) xml.CData(name, value);
        }

        WriteEnds(xml);
        xml.Element("USED_LEASES", UsedCount);
        WriteLeases(xml, isShown);
        xml.Close("AR");
    }

    private void WriteEnds(XmlText xml)
    {
        ulong last = NetworkAddresses.Plus(_mac, Size - 1);
        xml.CData("MAC_END", NetworkAddresses.MacText(last));
        if (_isIp4) xml.CData("IP_END", NetworkAddresses.IpText(_ip + (uint)(Size - 1)));
        if (_isIp6) WritePrefix("IP6_ULA", _local);
        if (_isIp6) WritePrefix("IP6_GLOBAL", _global);
        if (_isIp6Static) xml.CData("IP6_END", NetworkAddresses.Ip6Text(_ip6 + Size - 1));

        void WritePrefix(string name, ulong prefix)
        {
            if (prefix == 0) return;
            xml.CData(name, NetworkAddresses.Ip6Of(prefix, _mac));
            xml.CData($"{name}_END", NetworkAddresses.Ip6Of(prefix, last));
        }
    }

    private void WriteLeases(XmlText xml, Func<LeaseHolder, bool> isShown)
    {
        if (_leases.Count == 0)
        {
            xml.Nothing("LEASES");
            return;
        }

        xml.Open("LEASES");
        foreach ((uint index, LeaseHolder holder) in _leases)
        {
            if (!isShown(holder)) continue;
            SortedDictionary<string, string> items = Lease(index);
            items[holder.Element] = holder.Id.ToString(CultureInfo.InvariantCulture);
            xml.Attribute(Vectors.Of("LEASE", items));
        }

        xml.Close("LEASES");
    }

    private void SetType()
    {
        string type = Item("TYPE").ToUpperInvariant();
        if (type is not ("ETHER" or "IP4" or "IP6" or "IP6_STATIC" or "IP4_6" or "IP4_6_STATIC"))
            throw CallRefusal.Internal("Unknown or missing address range TYPE.");
        _isIp4 = type is "IP4" or "IP4_6" or "IP4_6_STATIC";
        _isIp6 = type is "IP6" or "IP4_6";
        _isIp6Static = type is "IP6_STATIC" or "IP4_6_STATIC";
    }

    private void SetIp()
    {
        if (!_isIp4) _items.Remove("IP");
        else if (!NetworkAddresses.TryParseIp(Item("IP"), out _ip)) throw CallRefusal.Internal("Wrong or empty IP attribute");
        if (_isIp6) (_global, _local) = Prefixes(_items);
        else foreach (string prefix in (string[])["GLOBAL_PREFIX", "ULA_PREFIX"]) _items.Remove(prefix);
        if (!_isIp6Static)
        {
            _items.Remove("IP6");
            return;
        }

        if (!NetworkAddresses.TryParseIp6(Item("IP6"), out _ip6)) throw CallRefusal.Internal("Wrong or empty IP6 attribute");
        if (!int.TryParse(Item("PREFIX_LENGTH"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int length))
            throw CallRefusal.Internal("Wrong or empty PREFIX_LENGTH");
        if (Item("SIZE").Length == 0) _items["SIZE"] = RestOfPrefix(length).ToString(CultureInfo.InvariantCulture);
    }

    // From the first address to the end of its prefix, which is taken for 64 bits at least.
    private ulong RestOfPrefix(int length)
    {
        ulong size = length <= 64 ? ulong.MaxValue : length >= 128 ? 1 : 1UL << (128 - length);
        ulong mask = length <= 64 ? size : size - 1;
        return size - ((ulong)_ip6 & mask);
    }

    private void SetMac(Random random)
    {
        if (Item("MAC").Length > 0)
        {
            if (!NetworkAddresses.TryParseMac(Item("MAC"), out _mac)) throw CallRefusal.Internal("Wrong format for MAC attribute");
            return;
        }

        _mac = (NetworkAddresses.MacPrefix << 32) | (_isIp4 ? _ip : (uint)random.NextInt64(1L << 32));
        _items["MAC"] = NetworkAddresses.MacText(_mac);
    }

    private (ulong Global, ulong Local) Prefixes(SortedDictionary<string, string> items)
    {
        if (!_isIp6)
        {
            items.Remove("GLOBAL_PREFIX");
            items.Remove("ULA_PREFIX");
            return (0, 0);
        }

        if (!NetworkAddresses.TryParsePrefix(items.GetValueOrDefault("GLOBAL_PREFIX", ""), out ulong global))
            throw CallRefusal.Internal("Wrong format for IP6 global address prefix");
        return NetworkAddresses.TryParsePrefix(items.GetValueOrDefault("ULA_PREFIX", ""), out ulong local) ? (global, local)
            : throw CallRefusal.Internal("Wrong format for IP6 unique local address prefix");
    }

    private ulong NewSize(SortedDictionary<string, string> items)
    {
        string sent = items.GetValueOrDefault("SIZE", "");
        if (sent.Length == 0) return Size;
        if (!ulong.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out ulong size))
            throw CallRefusal.Internal("Unable to read the SIZE attribute, it must be number >= 0");
        if (ParentId is not null && size != Size) throw CallRefusal.Internal("The SIZE of a reservation cannot be changed.");
        return _leases.Count > 0 && _leases.Keys.Last() >= size
            ? throw CallRefusal.Internal("New SIZE cannot be applied. There are used leases that would fall outside the range.") : size;
    }

    private void Keep(SortedDictionary<string, string> items, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            items.Remove(name);
            if (_items.TryGetValue(name, out string? value)) items[name] = value;
        }
    }

    private static bool IsNumber(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _);
}

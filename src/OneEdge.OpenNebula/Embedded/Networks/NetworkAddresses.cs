using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Reads and writes addresses as the core does (OpenNebula 6.10 source, src/vnm/CloudAddressRange.cc).</summary>
internal static class NetworkAddresses
{
    /// <summary>What the MACs of a cloud begin with: 02:00.</summary>
    public const ulong MacPrefix = 0x0200;

    public static bool TryParseIp(string text, out uint ip)
    {
        ip = 0;
        string[] parts = text.Split('.');
        if (parts.Length != 4) return false;
        foreach (string part in parts)
        {
            if (!byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out byte value)) return false;
            ip = (ip << 8) | value;
        }

        return true;
    }

    public static string IpText(uint ip) => string.Create(CultureInfo.InvariantCulture, $"{ip >> 24}.{(ip >> 16) & 255}.{(ip >> 8) & 255}.{ip & 255}");

    public static bool TryParseMac(string text, out ulong mac)
    {
        mac = 0;
        string[] parts = text.Split(':');
        if (parts.Length != 6) return false;
        foreach (string part in parts)
        {
            if (!byte.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value)) return false;
            mac = (mac << 8) | value;
        }

        return true;
    }

    public static string MacText(ulong mac) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(mac >> 40) & 255:x2}:{(mac >> 32) & 255:x2}:{(mac >> 24) & 255:x2}:{(mac >> 16) & 255:x2}:{(mac >> 8) & 255:x2}:{mac & 255:x2}");

    /// <summary>A MAC so many after another; only the last four bytes count up.</summary>
    public static ulong Plus(ulong mac, ulong index) => (mac & 0xFFFF00000000) | (uint)(mac + index);

    public static bool TryParseIp6(string text, out UInt128 ip)
    {
        ip = 0;
        if (text.Contains('%', StringComparison.Ordinal) || text.Contains('[', StringComparison.Ordinal)) return false;
        if (!IPAddress.TryParse(text, out IPAddress? address) || address.AddressFamily != AddressFamily.InterNetworkV6) return false;
        foreach (byte value in address.GetAddressBytes()) ip = (ip << 8) | value;
        return true;
    }

    public static string Ip6Text(UInt128 ip)
    {
        Span<byte> bytes = stackalloc byte[16];
        for (int i = 15; i >= 0; i--, ip >>= 8) bytes[i] = (byte)ip;
        return new IPAddress(bytes).ToString();
    }

    /// <summary>The upper half of a prefix; an empty text is none.</summary>
    public static bool TryParsePrefix(string text, out ulong prefix)
    {
        prefix = 0;
        if (text.Length == 0) return true;
        if (!TryParseIp6(text, out UInt128 ip)) return false;
        prefix = (ulong)(ip >> 64);
        return true;
    }

    /// <summary>The address that a machine makes of a prefix and its MAC (EUI-64).</summary>
    public static string Ip6Of(ulong prefix, ulong mac)
    {
        ulong high = ((mac >> 24) ^ 0x020000) & 0xFFFFFF;
        ulong suffix = (high << 40) | (0xFFFEUL << 24) | (mac & 0xFFFFFF);
        return Ip6Text(((UInt128)prefix << 64) | suffix);
    }
}

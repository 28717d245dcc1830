using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Checks the rules of security groups (OpenNebula 6.10 source, src/secgroup/SecurityGroup.cc).</summary>
internal static class SecurityRules
{
    private const int MaxPort = 65_535;
    private const int MaxPorts = 15;

    /// <summary>The template without rules that repeat; refused when a rule cannot be.</summary>
    public static StoredTemplate Check(StoredTemplate template)
    {
        List<TemplateAttribute> rules = [];
        foreach (TemplateAttribute rule in template.Vectors("RULE"))
        {
            if (Problem(rule) is { } problem) throw CallRefusal.Internal(problem);
            if (!rules.Contains(rule)) rules.Add(rule);
        }

        return StoredTemplate.Create([.. TemplateTexts.Without(template, "RULE"), .. rules]);
    }

    private static string? Problem(TemplateAttribute rule)
    {
        string protocol = (rule.Get("PROTOCOL") ?? "").ToUpperInvariant();
        if (protocol is not ("TCP" or "UDP" or "ICMP" or "ICMPV6" or "IPSEC" or "ALL"))
            return "Wrong PROTOCOL in rule. Valid options: TCP, UDP, ICMP, ICMPV6, IPSEC, ALL.";
        if (Vectors.Value(rule, "RANGE") is { } range)
        {
            if (protocol is not ("TCP" or "UDP")) return "RANGE is supported only for TCP and UDP protocols.";
            if (RangeProblem(range) is { } problem) return problem;
        }

        if ((IcmpProblem(rule, "ICMP", protocol) ?? IcmpProblem(rule, "ICMPV6", protocol)) is { } icmp) return icmp;
        if ((rule.Get("RULE_TYPE") ?? "").ToUpperInvariant() is not ("INBOUND" or "OUTBOUND"))
            return "Wrong RULE_TYPE in rule. Valid options: INBOUND, OUTBOUND.";
        return AddressProblem(rule);
    }

    private static string? RangeProblem(string text)
    {
        int ports = 0;
        List<string> parts = [.. text.Split(',')];
        if (parts.Exists(p => !IsRange(p))) return "Invalid RANGE specification.";
        foreach (string part in parts)
        {
            long[] ends = [.. part.Split(':').Select(PortOf)];
            if (ends[^1] > MaxPort) return "RANGE out of bounds 0-65536.";
            if (ends[0] > ends[^1]) return "RANGE BEGIN value is greater than RANGE END value";
            ports += ends.Length;
            if (ports > MaxPorts) return "Not more than 15 ports can be specified in a RULE";
        }

        return null;
    }

    private static long PortOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long port) ? port : long.MaxValue;

    private static bool IsRange(string part)
    {
        string[] ends = part.Split(':');
        return ends.Length <= 2 && Array.TrueForAll(ends, e => e.Length > 0 && e.All(char.IsAsciiDigit));
    }

    private static string? IcmpProblem(TemplateAttribute rule, string kind, string protocol)
    {
        if (Vectors.Value(rule, $"{kind}_TYPE") is not { } value) return null;
        if (protocol != kind) return $"{kind}_TYPE is supported only for {kind} protocol.";
        return uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : $"Wrong {kind}_TYPE, it must be integer";
    }

    private static string? AddressProblem(TemplateAttribute rule)
    {
        if (Vectors.Value(rule, "IP") is { } ip)
        {
            if (!uint.TryParse(rule.Get("SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out _)) return "Wrong or empty SIZE.";
            return NetworkAddresses.TryParseIp(ip, out _) || NetworkAddresses.TryParseIp6(ip, out _) ? null : "Wrong format for IP value.";
        }

        return rule.Get("NETWORK_ID") is { } network && !int.TryParse(network, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
            ? "Wrong NETWORK_ID." : null;
    }
}

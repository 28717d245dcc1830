using System.Globalization;
using System.Text.RegularExpressions;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>An expression of requirements: comparisons of attributes of a host, joined with <c>&amp;</c>, <c>|</c>, <c>!</c> and parentheses.</summary>
internal sealed partial class HostExpression
{
    private const int MaxLength = 10_000;
    private const int MaxDepth = 100;

    private readonly Func<CloudHost, bool> _matches;

    private HostExpression(Func<CloudHost, bool> matches) => _matches = matches;

    public bool Matches(CloudHost host) => _matches(host);

    /// <summary>Reads an expression; <see langword="null"/> when it is none.</summary>
    public static HostExpression? Parse(string text)
    {
        if (text.Length > MaxLength) return null;
        string[] parts = [.. Token().Matches(text).Select(m => m.Value)];
        if (parts.Sum(p => p.Length) < text.Length) return null;
        string[] tokens = [.. parts.Where(p => !string.IsNullOrWhiteSpace(p))];
        int at = 0;
        Func<CloudHost, bool>? all = Any(tokens, ref at, 0);
        return all is null || at != tokens.Length ? null : new HostExpression(all);
    }

    private static Func<CloudHost, bool>? Any(string[] tokens, ref int at, int depth)
    {
        if (depth > MaxDepth || One(tokens, ref at, depth) is not { } left) return null;
        while (at < tokens.Length && tokens[at] is "&" or "|")
        {
            bool isAnd = tokens[at++] == "&";
            if (One(tokens, ref at, depth) is not { } right) return null;
            Func<CloudHost, bool> before = left;
            left = isAnd ? host => before(host) && right(host) : host => before(host) || right(host);
        }

        return left;
    }

    private static Func<CloudHost, bool>? One(string[] tokens, ref int at, int depth)
    {
        if (at >= tokens.Length || depth > MaxDepth) return null;
        if (tokens[at] == "!")
        {
            at++;
            return One(tokens, ref at, depth + 1) is { } inner ? host => !inner(host) : null;
        }

        if (tokens[at] == "(")
        {
            at++;
            Func<CloudHost, bool>? inner = Any(tokens, ref at, depth + 1);
            return inner is not null && at < tokens.Length && tokens[at++] == ")" ? inner : null;
        }

        if (at + 2 >= tokens.Length) return null;
        (string name, string sign, string value) = (tokens[at].Trim('"'), tokens[at + 1], tokens[at + 2].Trim('"'));
        at += 3;
        return sign is "=" or "!=" or "<" or ">" or "@>" ? host => Compare(Value(host, name), sign, value) : null;
    }

    private static string Value(CloudHost host, string name) => name.ToUpperInvariant() switch
    {
        "ID" or "HID" => host.Id.ToString(CultureInfo.InvariantCulture),
        "NAME" or "HOSTNAME" => host.Name,
        "CLUSTER_ID" => host.ClusterId.ToString(CultureInfo.InvariantCulture),
        "CLUSTER" => host.Cluster.Name,
        "FREE_CPU" or "FREECPU" => (host.TotalCpu - host.UsedCpu).ToString(CultureInfo.InvariantCulture),
        "FREE_MEMORY" or "FREEMEMORY" => (host.TotalMemory - host.UsedMemory).ToString(CultureInfo.InvariantCulture),
        "RUNNING_VMS" => host.Vms.Count.ToString(CultureInfo.InvariantCulture),
        _ => host.Template.Get(name) ?? host.Cluster.Template.Get(name) ?? "",
    };

    private static bool Compare(string left, string sign, string right)
    {
        if (sign == "@>") return left.Split(',').Contains(right);
        if (double.TryParse(left, CultureInfo.InvariantCulture, out double a) && double.TryParse(right, CultureInfo.InvariantCulture, out double b))
            return sign switch { "=" => a.Equals(b), "!=" => !a.Equals(b), "<" => a < b, _ => a > b };
        bool isSame = right.Contains('*', StringComparison.Ordinal) ? IsLike(left, right) : left == right;
        return sign switch { "=" => isSame, "!=" => !isSame, _ => false };
    }

    private static bool IsLike(string text, string pattern) => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);

    [GeneratedRegex("""\s+|[()&|!](?!=)|!=|@>|=|<|>|"[^"]*"|[^\s()&|!=<>"]+""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Token();
}

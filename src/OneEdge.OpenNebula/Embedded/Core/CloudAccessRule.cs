using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>An access rule, by the numbers of the core: who, what, which rights, in which zone.</summary>
internal sealed record CloudAccessRule(int Id, long User, long Resource, long Rights, long Zone)
{
    public const long Individual = 0x100000000;
    public const long OfGroup = 0x200000000;
    public const long Everyone = 0x400000000;
    public const long OfCluster = 0x800000000;
    public const long IdMask = 0xFFFFFFFF;

    private static readonly (long Bit, string Name)[] RightNames = [(1, "USE"), (2, "MANAGE"), (4, "ADMIN"), (8, "CREATE")];

    /// <summary>Why the rule cannot be; <see langword="null"/> when it can.</summary>
    public string? Problem
    {
        get
        {
            if (!IsScope(User, allowsCluster: false)) return "[user] is missing or malformed";
            if (!IsScope(Resource, allowsCluster: true) || Kinds(Resource).Count == 0) return "[resource] is missing or malformed";
            if (Rights is <= 0 or > 15) return "wrong [rights], it must be a combination of 1, 2, 4 and 8";
            return (Zone & (Individual | Everyone)) == 0 ? "[zone] is missing or malformed" : null;
        }
    }

    public bool Grants(AccessTarget target, AccessOperation operation, int zone)
    {
        long wanted = (long)operation & 15;
        if ((Rights & wanted) != wanted || (Resource & target.Kind.AclBit) == 0) return false;
        if ((Zone & Everyone) == 0 && Zone != (Individual | (uint)zone)) return false;
        if ((Resource & (Everyone | OfCluster)) != 0 && target.IsBeyondWideRules) return false;
        if ((Resource & Everyone) != 0) return true;
        if ((Resource & Individual) != 0) return target.Id >= 0 && (Resource & IdMask) == (uint)target.Id;
        if ((Resource & OfGroup) != 0) return target.Gid >= 0 && (Resource & IdMask) == (uint)target.Gid;
        return (Resource & OfCluster) != 0 && target.ClusterIds.Any(c => (Resource & IdMask) == (uint)c);
    }

    public void Write(XmlText xml)
    {
        xml.Open("ACL");
        xml.Element("ID", Id);
        xml.Element("USER", User.ToString("x", CultureInfo.InvariantCulture));
        xml.Element("RESOURCE", Resource.ToString("x", CultureInfo.InvariantCulture));
        xml.Element("RIGHTS", Rights.ToString("x", CultureInfo.InvariantCulture));
        xml.Element("ZONE", Zone.ToString("x", CultureInfo.InvariantCulture));
        xml.Element("STRING", ToString());
        xml.Close("ACL");
    }

    /// <summary>The text form: <c>@1 VM/* CREATE *</c>.</summary>
    public override string ToString()
    {
        string kinds = string.Join('+', Kinds(Resource));
        string rights = string.Join('+', RightNames.Where(r => (Rights & r.Bit) != 0).Select(r => r.Name));
        return $"{Scope(User)} {kinds}/{Scope(Resource)} {rights} {Scope(Zone)}";
    }

    private static List<string> Kinds(long resource) => [.. ObjectKind.All.Where(k => (resource & k.AclBit) != 0).Select(k => k.Right)];

    private static bool IsScope(long value, bool allowsCluster) =>
        (value & Everyone) != 0 || (value & Individual) != 0 || (value & OfGroup) != 0 || (allowsCluster && (value & OfCluster) != 0);

    private static string Scope(long value)
    {
        string id = (value & IdMask).ToString(CultureInfo.InvariantCulture);
        if ((value & Everyone) != 0) return "*";
        if ((value & Individual) != 0) return "#" + id;
        return ((value & OfGroup) != 0 ? "@" : "%") + id;
    }
}

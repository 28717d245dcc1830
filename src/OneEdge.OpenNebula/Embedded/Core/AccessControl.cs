using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Decides who may do what: locks, then the permissions of objects, then the access rules.</summary>
internal sealed class AccessControl
{
    private const int Zone = 0;

    private readonly SortedDictionary<(long User, int Id), CloudAccessRule> _rules = [];
    private int _next;

    /// <summary>The rules, by whom they are for.</summary>
    public IEnumerable<CloudAccessRule> Rules => _rules.Values;

    /// <summary>Adds a rule.</summary>
    /// <returns>Its id; -1 when there is one like it.</returns>
    public int Add(long user, long resource, long rights, long zone)
    {
        if (Rules.Any(r => (r.User, r.Resource, r.Rights, r.Zone) == (user, resource, rights, zone))) return -1;
        var rule = new CloudAccessRule(_next++, user, resource, rights, zone);
        _rules.Add((user, rule.Id), rule);
        return rule.Id;
    }

    public bool Remove(int id) => Rules.FirstOrDefault(r => r.Id == id) is { } rule && _rules.Remove((rule.User, id));

    /// <summary>The rules that a new group gets (OpenNebula 6.10 source, src/vdc and src/group).</summary>
    public void AddRulesOfGroup(int gid)
    {
        long group = CloudAccessRule.OfGroup | (uint)gid;
        Add(group, ObjectKind.Host.AclBit | CloudAccessRule.Everyone, 2, CloudAccessRule.Individual);
        Add(group, ObjectKind.Net.AclBit | CloudAccessRule.Everyone, 1, CloudAccessRule.Individual);
        Add(group, ObjectKind.Datastore.AclBit | CloudAccessRule.Everyone, 1, CloudAccessRule.Individual);
    }

    public void RemoveRulesOfGroup(int gid)
    {
        foreach (CloudAccessRule rule in Rules.Where(r => r.User == (CloudAccessRule.OfGroup | (uint)gid)).ToArray()) _rules.Remove((rule.User, rule.Id));
    }

    /// <summary>The rules for one object alone go with it; those for what is in a cluster go with the cluster.</summary>
    public void RemoveRulesOf(ObjectKind kind, int id)
    {
        long alone = kind.AclBit | CloudAccessRule.Individual | (uint)id;
        const long place = CloudAccessRule.OfCluster | CloudAccessRule.IdMask;
        long? cluster = kind == ObjectKind.Cluster ? CloudAccessRule.OfCluster | (uint)id : null;
        foreach (CloudAccessRule rule in Rules.Where(r => r.Resource == alone || (r.Resource & place) == cluster).ToArray())
            _rules.Remove((rule.User, rule.Id));
    }

    /// <summary>What the administrator of a group gets: its users, and what is theirs (OpenNebula 6.10 source, src/group/Group.cc).</summary>
    public void AddRulesOfAdmin(int uid, int gid)
    {
        foreach ((long resource, long rights) in RulesOfAdmin(gid)) Add(CloudAccessRule.Individual | (uint)uid, resource, rights, CloudAccessRule.Everyone);
    }

    public void RemoveRulesOfAdmin(int uid, int gid)
    {
        HashSet<(long, long)> rights = [.. RulesOfAdmin(gid)];
        long user = CloudAccessRule.Individual | (uint)uid;
        foreach (CloudAccessRule rule in Rules.Where(r => r.User == user && rights.Contains((r.Resource, r.Rights))).ToArray())
            _rules.Remove((rule.User, rule.Id));
    }

    private static (long Resource, long Rights)[] RulesOfAdmin(int gid)
    {
        long objects = ObjectKind.Vm.AclBit | ObjectKind.Net.AclBit | ObjectKind.Image.AclBit | ObjectKind.Template.AclBit | ObjectKind.Document.AclBit
            | ObjectKind.SecurityGroup.AclBit | ObjectKind.VirtualRouter.AclBit | ObjectKind.VmGroup.AclBit | ObjectKind.BackupJob.AclBit;
        long group = CloudAccessRule.OfGroup | (uint)gid;
        return
        [
            (ObjectKind.User.AclBit | group, 15),
            (objects | group, 3),
            (ObjectKind.VirtualRouter.AclBit | CloudAccessRule.Everyone, 8),
            (ObjectKind.Group.AclBit | CloudAccessRule.Individual | (uint)gid, 2),
        ];
    }

    /// <summary>What every cloud begins with.</summary>
    public void AddDefaults()
    {
        long users = CloudAccessRule.OfGroup | 1;
        long own = ObjectKind.Vm.AclBit | ObjectKind.Image.AclBit | ObjectKind.Template.AclBit | ObjectKind.Document.AclBit
            | ObjectKind.SecurityGroup.AclBit | ObjectKind.VmGroup.AclBit | ObjectKind.BackupJob.AclBit;
        Add(users, own | CloudAccessRule.Everyone, 8, CloudAccessRule.Everyone);
        Add(CloudAccessRule.Everyone, ObjectKind.Zone.AclBit | CloudAccessRule.Everyone, 1, CloudAccessRule.Everyone);
        long markets = ObjectKind.Marketplace.AclBit | ObjectKind.MarketplaceApp.AclBit;
        Add(CloudAccessRule.Everyone, markets | CloudAccessRule.Everyone, 1, CloudAccessRule.Everyone);
        AddRulesOfGroup(1);
    }

    /// <summary>Refuses a call whose caller lacks a right; all that are missing are named.</summary>
    public void Authorize(Caller caller, params ReadOnlySpan<(AccessOperation Operation, AccessTarget Target)> wanted)
    {
        List<string>? missing = null;
        foreach ((AccessOperation operation, AccessTarget target) in wanted)
        {
            if (!Allows(caller, operation, target)) (missing ??= []).Add(Missing(caller, operation, target));
        }

        if (missing is not null) throw CallRefusal.Authorization(caller, string.Join("; ", missing));
    }

    public bool Allows(Caller caller, AccessOperation operation, AccessTarget target)
    {
        if (target.Lock?.Refuses(operation) == true) return false;
        if (caller.IsAdmin) return true;
        AccessOperation plain = operation & ~AccessOperation.IgnoringLocks;
        return ByPermissions(caller, plain, target) || Rules.Any(r => IsFor(r, caller) && r.Grants(target, plain, Zone));
    }

    private static bool ByPermissions(Caller caller, AccessOperation operation, AccessTarget target)
    {
        if (target.Id < 0) return false;
        return (target.Permissions.RightsOf(2) & operation) != AccessOperation.None
            || (target.Uid == caller.Uid && (target.Permissions.RightsOf(0) & operation) != AccessOperation.None)
            || (caller.Groups.Contains(target.Gid) && (target.Permissions.RightsOf(1) & operation) != AccessOperation.None);
    }

    private static bool IsFor(CloudAccessRule rule, Caller caller) =>
        (rule.User & CloudAccessRule.Everyone) != 0
        || rule.User == (CloudAccessRule.Individual | (uint)caller.Uid)
        || caller.Groups.Any(g => rule.User == (CloudAccessRule.OfGroup | (uint)g));

    private static string Missing(Caller caller, AccessOperation operation, AccessTarget target)
    {
        string place = target.Id >= 0 ? string.Create(CultureInfo.InvariantCulture, $" [{target.Id}]") : "";
        if (caller.IsAdmin) return $"{target.Kind.Right} is locked.{place}";
        string name = (operation & ~AccessOperation.IgnoringLocks) switch
        {
            AccessOperation.Use => "USE",
            AccessOperation.Manage => "MANAGE",
            AccessOperation.Admin => "ADMIN",
            _ => "CREATE",
        };
        return $"Not authorized to perform {name} {target.Kind.Right}{place}";
    }
}

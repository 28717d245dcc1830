using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Decides who may do what: locks, then the permissions of objects, then the access rules.</summary>
internal sealed class AccessControl
{
    private const int Zone = 0;

    private readonly SortedDictionary<(long User, int Id), AccessRule> _rules = [];
    private int _next;

    /// <summary>The rules, by whom they are for.</summary>
    public IEnumerable<AccessRule> Rules => _rules.Values;

    /// <summary>Adds a rule.</summary>
    /// <returns>Its id; -1 when there is one like it.</returns>
    public int Add(long user, long resource, long rights, long zone)
    {
        if (Rules.Any(r => (r.User, r.Resource, r.Rights, r.Zone) == (user, resource, rights, zone))) return -1;
        var rule = new AccessRule(_next++, user, resource, rights, zone);
        _rules.Add((user, rule.Id), rule);
        return rule.Id;
    }

    public bool Remove(int id) => Rules.FirstOrDefault(r => r.Id == id) is { } rule && _rules.Remove((rule.User, id));

    /// <summary>The rules that a new group gets (OpenNebula 6.10 source, src/vdc and src/group).</summary>
    public void AddRulesOfGroup(int gid)
    {
        long group = AccessRule.OfGroup | (uint)gid;
        Add(group, ObjectKind.Host.AclBit | AccessRule.Everyone, 2, AccessRule.Individual);
        Add(group, ObjectKind.Net.AclBit | AccessRule.Everyone, 1, AccessRule.Individual);
        Add(group, ObjectKind.Datastore.AclBit | AccessRule.Everyone, 1, AccessRule.Individual);
    }

    public void RemoveRulesOfGroup(int gid)
    {
        foreach (AccessRule rule in Rules.Where(r => r.User == (AccessRule.OfGroup | (uint)gid)).ToArray()) _rules.Remove((rule.User, rule.Id));
    }

    /// <summary>What the administrator of a group gets: its users, and what is theirs (OpenNebula 6.10 source, src/group/Group.cc).</summary>
    public void AddRulesOfAdmin(int uid, int gid)
    {
        foreach ((long resource, long rights) in RulesOfAdmin(gid)) Add(AccessRule.Individual | (uint)uid, resource, rights, AccessRule.Everyone);
    }

    public void RemoveRulesOfAdmin(int uid, int gid)
    {
        HashSet<(long, long)> rights = [.. RulesOfAdmin(gid)];
        foreach (AccessRule rule in Rules.Where(r => r.User == (AccessRule.Individual | (uint)uid) && rights.Contains((r.Resource, r.Rights))).ToArray())
            _rules.Remove((rule.User, rule.Id));
    }

    private static (long Resource, long Rights)[] RulesOfAdmin(int gid)
    {
        long objects = ObjectKind.Vm.AclBit | ObjectKind.Net.AclBit | ObjectKind.Image.AclBit | ObjectKind.Template.AclBit | ObjectKind.Document.AclBit
            | ObjectKind.SecurityGroup.AclBit | ObjectKind.VirtualRouter.AclBit | ObjectKind.VmGroup.AclBit | ObjectKind.BackupJob.AclBit;
        long group = AccessRule.OfGroup | (uint)gid;
        return
        [
            (ObjectKind.User.AclBit | group, 15),
            (objects | group, 3),
            (ObjectKind.VirtualRouter.AclBit | AccessRule.Everyone, 8),
            (ObjectKind.Group.AclBit | AccessRule.Individual | (uint)gid, 2),
        ];
    }

    /// <summary>What every cloud begins with.</summary>
    public void AddDefaults()
    {
        long users = AccessRule.OfGroup | 1;
        long own = ObjectKind.Vm.AclBit | ObjectKind.Image.AclBit | ObjectKind.Template.AclBit | ObjectKind.Document.AclBit
            | ObjectKind.SecurityGroup.AclBit | ObjectKind.VmGroup.AclBit | ObjectKind.BackupJob.AclBit;
        Add(users, own | AccessRule.Everyone, 8, AccessRule.Everyone);
        Add(AccessRule.Everyone, ObjectKind.Zone.AclBit | AccessRule.Everyone, 1, AccessRule.Everyone);
        long markets = ObjectKind.Marketplace.AclBit | ObjectKind.MarketplaceApp.AclBit;
        Add(AccessRule.Everyone, markets | AccessRule.Everyone, 1, AccessRule.Everyone);
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

    private static bool IsFor(AccessRule rule, Caller caller) =>
        (rule.User & AccessRule.Everyone) != 0
        || rule.User == (AccessRule.Individual | (uint)caller.Uid)
        || caller.Groups.Any(g => rule.User == (AccessRule.OfGroup | (uint)g));

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

namespace OneEdge.OpenNebula.Embedded;

/// <summary>A group of machines: roles, and which of them are to be on one host or on different ones.</summary>
internal sealed class CloudVmGroup(int id, string name) : CloudObject(ObjectKind.VmGroup, id, name)
{
    private const string Affine = "AFFINED";
    private const string AntiAffine = "ANTI_AFFINED";

    private SortedDictionary<int, CloudVmGroupRole> _roles = [];
    private int _next;

    public int VmCount => _roles.Values.Sum(r => r.VmCount);

    public CloudVmGroupRole? Role(int id) => _roles.GetValueOrDefault(id);

    public CloudVmGroupRole? Role(string name) => _roles.Values.FirstOrDefault(r => r.Name == name);

    public void AddRole(TemplateAttribute sent)
    {
        string role = sent.Get("NAME") ?? "";
        if (role.Length == 0) throw CallRefusal.Internal("Missing NAME in VM group role");
        if (Role(role) is not null) throw CallRefusal.Internal("Role already exists");
        _roles.Add(_next, CloudVmGroupRole.Create(_next, sent));
        _next++;
    }

    /// <summary>Changes the roles; when that is refused they are as they were.</summary>
    public void Change(Action change)
    {
        (SortedDictionary<int, CloudVmGroupRole> roles, int next) before = (_roles, _next);
        _roles = new SortedDictionary<int, CloudVmGroupRole>(_roles.ToDictionary(r => r.Key, r => r.Value.VmCount > 0 ? r.Value : r.Value.Clone()));
        try
        {
            change();
            Check(Template);
        }
        catch (CallRefusal)
        {
            (_roles, _next) = before;
            throw;
        }
    }

    public void RemoveRole(int role) => _roles.Remove(role);

    /// <summary>
    /// Refuses rules of roles that are not there, that repeat or that contradict each other (OpenNebula 6.10 source, src/vm_group/VMGroup.cc).
    /// </summary>
    public void Check(StoredTemplate template)
    {
        List<SortedSet<int>> affine = Rules(template, Affine);
        List<SortedSet<int>> anti = Rules(template, AntiAffine);
        CheckRepeated(template, Affine, affine);
        if (affine.SelectMany(r => r).Select(r => _roles[r]).FirstOrDefault(r => r.IsAntiAffine) is { } role)
            throw CallRefusal.Internal($"Role {role.Name} is in an AFFINED rule but the role policy is ANTI_AFFINED");
        CheckRepeated(template, AntiAffine, anti);
        int[] both = [.. affine.SelectMany(r => r).Intersect(anti.SelectMany(r => r)).Order()];
        if (both.Length > 0)
            throw CallRefusal.Internal("Roles defined in AFFINED and ANTI_AFFINED rules:" + string.Concat(both.Select(r => $" {_roles[r].Name}")));
    }

    /// <summary>The machines that are to be on one host with a machine of a role: each set by itself.</summary>
    public IEnumerable<IReadOnlySet<int>> Together(CloudVmGroupRole role)
    {
        if (role.IsAffine) yield return role.Vms;
        foreach (SortedSet<int> rule in Rules(Template, Affine).Where(r => r.Contains(role.Id))) yield return rule.SelectMany(r => _roles[r].Vms).ToHashSet();
    }

    /// <summary>The machines that are not to be on a host with a machine of a role.</summary>
    public IReadOnlySet<int> Apart(CloudVmGroupRole role, int vm)
    {
        HashSet<int> others = role.IsAntiAffine ? [.. role.Vms] : [];
        foreach (SortedSet<int> rule in Rules(Template, AntiAffine).Where(r => r.Contains(role.Id)))
            others.UnionWith(rule.Where(r => r != role.Id).SelectMany(r => _roles[r].Vms));
        others.Remove(vm);
        return others;
    }

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("VM_GROUP");
        WriteHead(xml);
        Permissions.Write(xml);
        WriteLock(xml);
        xml.Open("ROLES");
        foreach (CloudVmGroupRole role in _roles.Values) role.Write(xml);
        xml.Close("ROLES");
        WriteTemplate(xml, view);
        xml.Close("VM_GROUP");
    }

    private List<SortedSet<int>> Rules(StoredTemplate template, string policy)
    {
        List<SortedSet<int>> rules = [];
        foreach (TemplateAttribute rule in template.GetAll(policy).Where(r => !r.IsVector))
        {
            CloudVmGroupRole?[] named = [.. rule.Value!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Role)];
            if (named.Contains(null)) throw CallRefusal.Internal($"Some roles used in {policy} attribute ({rule.Value}) are not defined");
            rules.Add([.. named.Select(r => r!.Id)]);
        }

        return rules;
    }

    private static void CheckRepeated(StoredTemplate template, string policy, List<SortedSet<int>> rules)
    {
        for (int i = 0; i < rules.Count; i++)
        {
            if (rules.Take(i).Any(r => r.SetEquals(rules[i])))
                throw CallRefusal.Internal($"Duplicated {policy} rule ({template.GetAll(policy).Where(r => !r.IsVector).ElementAt(i).Value}) detected.");
        }
    }
}

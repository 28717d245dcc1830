namespace OneEdge.OpenNebula.Embedded;

/// <summary>The resources of a kind in a VDC, and the access rules that they mean (OpenNebula 6.10 source, src/vdc/Vdc.cc).</summary>
internal sealed class VdcResources(ObjectKind kind, string element)
{
    /// <summary>Every resource of the kind.</summary>
    public const int All = -10;

    private const long Use = 1;
    private const long Manage = 2;

    private readonly SortedSet<(int Zone, int Id)> _resources = [];

    public ObjectKind Kind { get; } = kind;

    public void Add(AccessControl access, IEnumerable<int> groups, int zone, int id)
    {
        if (!_resources.Add((zone, id)))
            throw CallRefusal.Internal(FormattableString.Invariant($"{Kind.Right} {id} from Zone {zone} is already assigned to the VDC"));
        foreach (int group in groups) AddRules(access, group, zone, id);
        if (id != All) return;
        foreach ((int _, int single) in _resources.Where(r => r.Zone == zone && r.Id != All).ToArray()) Remove(access, groups, zone, single);
    }

    public void Remove(AccessControl access, IEnumerable<int> groups, int zone, int id)
    {
        if (!_resources.Remove((zone, id)))
            throw CallRefusal.Internal(FormattableString.Invariant($"{Kind.Right} {id} from Zone {zone} is not assigned to the VDC "));
        foreach (int group in groups) RemoveRules(access, group, zone, id);
    }

    /// <summary>Forgets a resource that was deleted.</summary>
    public void Forget(AccessControl access, IEnumerable<int> groups, int id)
    {
        if (_resources.Contains((0, id))) Remove(access, groups, 0, id);
    }

    public void AddGroup(AccessControl access, int group)
    {
        foreach ((int zone, int id) in _resources) AddRules(access, group, zone, id);
    }

    public void RemoveGroup(AccessControl access, int group)
    {
        foreach ((int zone, int id) in _resources) RemoveRules(access, group, zone, id);
    }

    public void Write(XmlText xml)
    {
        xml.Open($"{element}S");
        foreach ((int zone, int id) in _resources)
        {
            xml.Open(element);
            xml.Element("ZONE_ID", zone);
            xml.Element($"{element}_ID", id);
            xml.Close(element);
        }

        xml.Close($"{element}S");
    }

    private void AddRules(AccessControl access, int group, int zone, int id)
    {
        foreach ((long user, long resource, long rights, long place) in Rules(group, zone, id)) access.Add(user, resource, rights, place);
    }

    private void RemoveRules(AccessControl access, int group, int zone, int id)
    {
        foreach ((long user, long resource, long rights, long place) in Rules(group, zone, id))
        {
            if (access.Rules.FirstOrDefault(r => (r.User, r.Resource, r.Rights, r.Zone) == (user, resource, rights, place)) is { } rule) access.Remove(rule.Id);
        }
    }

    private IEnumerable<(long User, long Resource, long Rights, long Zone)> Rules(int group, int zone, int id)
    {
        long which = id == All ? CloudAccessRule.Everyone : (Kind == ObjectKind.Cluster ? CloudAccessRule.OfCluster : CloudAccessRule.Individual) | (uint)id;
        ObjectKind[] kinds = Kind == ObjectKind.Cluster ? [ObjectKind.Host, ObjectKind.Net, ObjectKind.Datastore] : [Kind];
        foreach (ObjectKind granted in kinds)
        {
            long rights = granted == ObjectKind.Host ? Manage : Use;
            yield return (CloudAccessRule.OfGroup | (uint)group, granted.AclBit | which, rights, CloudAccessRule.Individual | (uint)zone);
        }
    }
}

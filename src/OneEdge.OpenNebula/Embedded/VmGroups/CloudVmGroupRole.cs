using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>A role of a group of machines.</summary>
internal sealed class CloudVmGroupRole(int id, SortedDictionary<string, string> items)
{
    private readonly SortedSet<int> _vms = [];

    public int Id { get; } = id;

    public string Name => items.GetValueOrDefault("NAME", "");

    public bool IsAntiAffine => items.GetValueOrDefault("POLICY", "").Equals("ANTI_AFFINED", StringComparison.OrdinalIgnoreCase);

    public bool IsAffine => items.GetValueOrDefault("POLICY", "").Equals("AFFINED", StringComparison.OrdinalIgnoreCase);

    public int VmCount => _vms.Count;

    public IReadOnlySet<int> Vms => _vms;

    /// <summary>The hosts that its machines are to be on; empty when they may be anywhere.</summary>
    public IReadOnlySet<int> Hosts => IdList.Parse(items.GetValueOrDefault("HOST_AFFINED"));

    /// <summary>The hosts that its machines are not to be on.</summary>
    public IReadOnlySet<int> AvoidedHosts => IdList.Parse(items.GetValueOrDefault("HOST_ANTI_AFFINED"));

    /// <summary>A role of a template: its machines are not taken over.</summary>
    public static CloudVmGroupRole Create(int id, TemplateAttribute sent)
    {
        SortedDictionary<string, string> items = Vectors.Items(sent);
        items["ID"] = id.ToString(CultureInfo.InvariantCulture);
        items.Remove("VMS");
        return new CloudVmGroupRole(id, items);
    }

    public CloudVmGroupRole Clone() => new(Id, new SortedDictionary<string, string>(items, StringComparer.Ordinal));

    public void Update(TemplateAttribute sent)
    {
        foreach ((string name, string value) in sent.Items)
        {
            if (name is not ("VMS" or "ID")) items[name] = value;
        }
    }

    public void Add(int vm)
    {
        _vms.Add(vm);
        NoteVms();
    }

    public void Remove(int vm)
    {
        _vms.Remove(vm);
        NoteVms();
    }

    public void Write(XmlText xml) => xml.Attribute(Vectors.Of("ROLE", items));

    private void NoteVms()
    {
        if (_vms.Count == 0) items.Remove("VMS");
        else items["VMS"] = IdList.Join(_vms);
    }
}

using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>The snapshots that a persistent image has from the machines that used it.</summary>
internal sealed class ImageSnapshots
{
    private readonly List<TemplateAttribute> _snapshots = [];
    private string _orphans = "NO";
    private string _base = "-1";
    private int _next;

    public int Count => _snapshots.Count;

    public long TotalSize => Sizes.Sum(_snapshots.Select(SizeOf));

    /// <summary>Takes over the snapshots of a disk, from their XML.</summary>
    public void Load(string xml)
    {
        StoredTemplate all = StoredTemplate.ParseXml(xml);
        _snapshots.Clear();
        _snapshots.AddRange(all.Vectors("SNAPSHOT"));
        _orphans = all.Get("ALLOW_ORPHANS") ?? "NO";
        _base = all.Get("CURRENT_BASE") ?? "-1";
        _next = all.TryGet("NEXT_SNAPSHOT", out int next) ? next : 0;
    }

    public bool Exists(int id) => Find(id) is not null;

    public long SizeOf(int id) => Find(id) is { } snapshot ? SizeOf(snapshot) : 0;

    /// <summary>Why a snapshot of an image cannot be deleted; <see langword="null"/> when it can (OpenNebula 6.10 source, src/vm/Snapshots.cc).</summary>
    public string? DeletionProblem(int id)
    {
        if (Find(id) is not { } snapshot) return "Snapshot does not exist";
        if (_orphans == "YES") return null;
        if (TemplateTexts.IsYes(snapshot.Get("ACTIVE"))) return "Cannot delete the active snapshot";
        return string.IsNullOrEmpty(snapshot.Get("CHILDREN")) ? null : "Cannot delete snapshot with children";
    }

    public void Delete(int id)
    {
        if (Find(id) is not { } snapshot) return;
        _snapshots.Remove(snapshot);
        if (!snapshot.TryGet("PARENT", out int parent) || Find(parent) is not { } owner) return;
        SortedSet<int> children = IdList.Parse(owner.Get("CHILDREN"));
        children.Remove(id);
        Replace(owner, children.Count == 0 ? Without(owner, "CHILDREN") : Vectors.With(owner, ("CHILDREN", IdList.Join(children))));
    }

    /// <summary>Makes a snapshot the active one.</summary>
    public void Revert(int id)
    {
        if (Find(id) is not { } snapshot || TemplateTexts.IsYes(snapshot.Get("ACTIVE"))) return;
        if (_snapshots.Find(s => TemplateTexts.IsYes(s.Get("ACTIVE"))) is { } active) Replace(active, Without(active, "ACTIVE"));
        Replace(snapshot, Vectors.With(snapshot, ("ACTIVE", "YES")));
    }

    public void Clear()
    {
        _snapshots.Clear();
        (_base, _next) = ("-1", 0);
    }

    public void Write(XmlText xml)
    {
        xml.Open("SNAPSHOTS");
        xml.CData("ALLOW_ORPHANS", _orphans);
        xml.CData("CURRENT_BASE", _base);
        xml.CData("NEXT_SNAPSHOT", _next);
        foreach (TemplateAttribute snapshot in _snapshots) xml.Attribute(snapshot);
        xml.Close("SNAPSHOTS");
    }

    private TemplateAttribute? Find(int id)
    {
        string text = id.ToString(CultureInfo.InvariantCulture);
        return _snapshots.Find(s => s.Get("ID") == text);
    }

    private void Replace(TemplateAttribute snapshot, TemplateAttribute by) => _snapshots[_snapshots.IndexOf(snapshot)] = by;

    private static TemplateAttribute Without(TemplateAttribute vector, string item) =>
        Vectors.Of(vector.Name, vector.Items.Where(i => i.Key != item));

    private static long SizeOf(TemplateAttribute snapshot) => snapshot.TryGet("SIZE", out long size) ? size : 0;
}

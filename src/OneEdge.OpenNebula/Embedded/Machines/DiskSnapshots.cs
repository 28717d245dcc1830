using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>The snapshots of a disk: a tree, one of them active.</summary>
internal sealed class DiskSnapshots(int diskId)
{
    private readonly List<Snapshot> _all = [];
    private int _next;

    public int DiskId { get; } = diskId;

    public bool IsEmpty => _all.Count == 0;

    public int Count => _all.Count;

    private Snapshot? Active => _all.Find(s => s.IsActive);

    public int Create(string name, long time, long size)
    {
        var snapshot = new Snapshot(_next++, Active?.Id ?? -1, name, time, size);
        Activate(snapshot);
        _all.Add(snapshot);
        return snapshot.Id;
    }

    /// <summary>Drops a snapshot whose creation failed.</summary>
    public void Forget(int id)
    {
        if (Find(id) is not { } snapshot) return;
        _all.Remove(snapshot);
        if (snapshot.IsActive && Find(snapshot.Parent) is { } parent) parent.IsActive = true;
    }

    public bool Revert(int id)
    {
        if (Find(id) is not { } snapshot) return false;
        Activate(snapshot);
        return true;
    }

    public bool Rename(int id, string name)
    {
        if (Find(id) is not { } snapshot) return false;
        snapshot.Name = name;
        return true;
    }

    public bool Exists(int id) => Find(id) is not null;

    /// <summary>Why a snapshot cannot be deleted; <see langword="null"/> when it can.</summary>
    public string? DeletionProblem(int id)
    {
        if (Find(id) is not { } snapshot) return "Snapshot does not exist";
        if (_all.Exists(s => s.Parent == id)) return "Cannot delete snapshot with children";
        return snapshot.IsActive ? "Cannot delete the active snapshot" : null;
    }

    public void Delete(int id) => _all.RemoveAll(s => s.Id == id);

    public void Write(XmlText xml)
    {
        xml.Open("SNAPSHOTS");
        xml.CData("ALLOW_ORPHANS", "NO");
        xml.CData("CURRENT_BASE", Active is null || _all.Count <= 1 ? -1 : Active.Parent);
        xml.CData("DISK_ID", DiskId);
        xml.CData("NEXT_SNAPSHOT", _next);
        foreach (Snapshot snapshot in _all) snapshot.Write(xml, _all);
        xml.Close("SNAPSHOTS");
    }

    private void Activate(Snapshot snapshot)
    {
        foreach (Snapshot other in _all) other.IsActive = false;
        snapshot.IsActive = true;
    }

    private Snapshot? Find(int id) => _all.Find(s => s.Id == id);

    private sealed class Snapshot(int id, int parent, string name, long time, long size)
    {
        public int Id { get; } = id;

        public int Parent { get; } = parent;

        public string Name { get; set; } = name;

        public bool IsActive { get; set; }

        public void Write(XmlText xml, List<Snapshot> all)
        {
            xml.Open("SNAPSHOT");
            if (IsActive) xml.CData("ACTIVE", "YES");
            string children = string.Join(',', all.Where(s => s.Parent == Id).Select(s => s.Id.ToString(CultureInfo.InvariantCulture)));
            if (children.Length > 0) xml.CData("CHILDREN", children);
            xml.CData("DATE", time);
            xml.CData("ID", Id);
            xml.CData("NAME", Name);
            xml.CData("PARENT", Parent);
            xml.CData("SIZE", size);
            xml.Close("SNAPSHOT");
        }
    }
}

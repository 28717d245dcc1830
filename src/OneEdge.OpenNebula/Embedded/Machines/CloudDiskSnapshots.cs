using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>The snapshots of a disk: a tree, one of them active.</summary>
internal sealed class CloudDiskSnapshots(int diskId)
{
    private readonly List<Snapshot> _all = [];
    private int _next;

    public int DiskId { get; } = diskId;

    public bool IsEmpty => _all.Count == 0;

    /// <summary>The size of all of them in MiB.</summary>
    public long TotalSize => Sizes.Sum(_all.Select(s => s.Size));

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

    /// <summary>
    /// Why a snapshot cannot be deleted; <see langword="null"/> when it can. The rules are those of drivers that allow no orphans, as <c>dummy</c> is one
    /// (OpenNebula 6.10 source, src/vm/Snapshots.cc).
    /// </summary>
    public string? DeletionProblem(int id, bool isPersistent)
    {
        if (Find(id) is not { } snapshot) return "Snapshot does not exist";
        if (isPersistent && id == 0) return "Cannot delete snapshot 0 for persistent disk images";
        Snapshot[] children = ChildrenOf(id);
        if (children.Length > 1) return "Cannot delete snapshot with more than one children";
        if (children is not [Snapshot child]) return null;
        if (snapshot.IsActive) return "Cannot delete the active snapshot with children";
        int grandchildren = ChildrenOf(child.Id).Length;
        if (grandchildren > 1 || (grandchildren == 1 && child.IsActive)) return "Cannot delete snapshot if child has children";
        return snapshot.Parent >= 0 && ChildrenOf(snapshot.Parent).Length > 1 ? "Cannot delete snapshot if parent has more than one child" : null;
    }

    /// <summary>Takes a snapshot out of its chain; its parent is the active one when it was.</summary>
    public void Delete(int id)
    {
        if (Find(id) is not { } snapshot) return;
        _all.Remove(snapshot);
        if (Find(snapshot.Parent) is not { } parent) return;
        foreach (Snapshot child in ChildrenOf(id)) child.Parent = parent.Id;
        if (snapshot.IsActive) parent.IsActive = true;
    }

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

    private Snapshot[] ChildrenOf(int id) => [.. _all.Where(s => s.Parent == id)];

    private Snapshot? Find(int id) => _all.Find(s => s.Id == id);

    private sealed class Snapshot(int id, int parent, string name, long time, long size)
    {
        public int Id { get; } = id;

        public long Size { get; } = size;

        public int Parent { get; set; } = parent;

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
            xml.CData("SIZE", Size);
            xml.Close("SNAPSHOT");
        }
    }
}

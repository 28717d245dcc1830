using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>The increments of a backup image: a whole backup, and what was different each time after it (OpenNebula 6.10 source, src/image).</summary>
internal sealed class BackupIncrements
{
    private readonly List<(int Id, long Date, long Size, string Source)> _all = [];

    public int Count => _all.Count;

    /// <summary>The last one; -1 when there is none.</summary>
    public int Last => _all.Count > 0 ? _all[^1].Id : -1;

    public long Size => Sizes.Sum(_all.Select(i => i.Size));

    public void Add(string source, long size, long date) => _all.Add((Last + 1, date, size, source));

    /// <summary>Joins the oldest ones into a whole backup, so that so many are left.</summary>
    public void Flatten(int keep)
    {
        if (_all.Count > keep) _all.RemoveRange(0, _all.Count - keep);
    }

    public void Write(XmlText xml)
    {
        xml.Open("BACKUP_INCREMENTS");
        for (int i = 0; i < _all.Count; i++)
        {
            (int id, long date, long size, string source) = _all[i];
            xml.Attribute(Vectors.Of(
                "INCREMENT",
                ("DATE", date.ToString(CultureInfo.InvariantCulture)),
                ("ID", id.ToString(CultureInfo.InvariantCulture)),
                ("PARENT_ID", (i == 0 ? -1 : _all[i - 1].Id).ToString(CultureInfo.InvariantCulture)),
                ("SIZE", size.ToString(CultureInfo.InvariantCulture)),
                ("SOURCE", source),
                ("TYPE", i == 0 ? "FULL" : "INCREMENT")));
        }

        xml.Close("BACKUP_INCREMENTS");
    }
}

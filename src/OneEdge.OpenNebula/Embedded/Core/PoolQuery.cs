namespace OneEdge.OpenNebula.Embedded;

/// <summary>Which objects of a pool a call lists: whose, and from which to which.</summary>
internal static class PoolQuery
{
    public const int All = -2;
    public const int Own = -3;
    public const int OwnAndGroups = -1;
    public const int PrimaryGroup = -4;

    /// <summary>The objects that a filter shows to a caller, newest first.</summary>
    public static IEnumerable<T> Visible<T>(CloudCall call, ObjectPool<T> pool, int filter)
        where T : CloudObject
    {
        if (filter < PrimaryGroup) throw CallRefusal.Argument("Incorrect filter_flag");
        Caller caller = call.Caller;
        return pool.NewestFirst.Where(o => filter switch
        {
            PrimaryGroup => o.Gid == caller.Gid && IsVisible(call, o),
            Own => o.Uid == caller.Uid,
            OwnAndGroups => o.Uid == caller.Uid || (caller.Groups.Contains(o.Gid) && IsVisible(call, o)),
            All => IsVisible(call, o),
            _ => o.Uid == filter && IsVisible(call, o),
        });
    }

    /// <summary>A range of ids when <paramref name="end"/> is -1 or more, else a page of -end objects from an offset.</summary>
    public static IEnumerable<T> Page<T>(IEnumerable<T> items, int start, int end)
        where T : CloudObject
    {
        if (end < -1) return items.Skip(Math.Max(0, start)).Take(end == int.MinValue ? int.MaxValue : -end);
        return items.Where(o => (start < 0 || o.Id >= start) && (end < 0 || o.Id <= end));
    }

    /// <summary>Whether a caller may use an object. A lock hides nothing.</summary>
    public static bool IsVisible(CloudCall call, CloudObject item) =>
        call.Caller.IsAdmin || call.State.Access.Allows(call.Caller, AccessOperation.UseIgnoringLocks, item.Access);

    /// <summary>The XML of a pool.</summary>
    public static RpcValue Write<T>(CloudCall call, ObjectKind kind, IEnumerable<T> items)
        where T : CloudObject
    {
        var xml = new XmlText();
        xml.Open(kind.PoolElement);
        foreach (T item in items) item.WriteInPool(xml, call.View());
        xml.Close(kind.PoolElement);
        return xml.ToString();
    }
}

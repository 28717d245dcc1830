using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>The objects of a kind, by id. Ids are never given twice.</summary>
internal sealed class ObjectPool<T>(ObjectKind kind, int firstId)
    where T : CloudObject
{
    private readonly Dictionary<int, T> _byId = [];
    private readonly List<T> _ordered = [];
    private int _next = firstId;

    public ObjectKind Kind { get; } = kind;

    public int Count => _ordered.Count;

    /// <summary>The objects, oldest first.</summary>
    public IReadOnlyList<T> Ordered => _ordered;

    /// <summary>The same, for loops that count; the pool does not change meanwhile.</summary>
    public ReadOnlySpan<T> Span => CollectionsMarshal.AsSpan(_ordered);

    public IEnumerable<T> NewestFirst
    {
        get
        {
            for (int i = _ordered.Count - 1; i >= 0; i--) yield return _ordered[i];
        }
    }

    public int TakeId() => _next++;

    public void Add(T item)
    {
        _byId.Add(item.Id, item);
        int at = _ordered.Count;
        while (at > 0 && _ordered[at - 1].Id > item.Id) at--;
        _ordered.Insert(at, item);
    }

    public bool Remove(T item) => _byId.Remove(item.Id) && _ordered.Remove(item);

    public bool TryGet(int id, [MaybeNullWhen(false)] out T item) => _byId.TryGetValue(id, out item);

    public T? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>The object of a name, of one owner where names are unique for each owner only.</summary>
    public T? Find(string name, int? uid = null) => _ordered.Find(o => o.Name == name && (uid is null || o.Uid == uid));

    /// <summary>An object, or the refusal that it does not exist.</summary>
    public T Get(int id) => _byId.TryGetValue(id, out T? item) ? item : throw CallRefusal.NoExists(Kind, id);
}

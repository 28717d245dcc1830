namespace OneEdge.OpenNebula.Templates;

/// <summary>The values of the vector that is read: in the order in which their names came; the last value of a name counts.</summary>
internal struct VectorItems
{
    // So many names are compared with each other; more are worth an index.
    private const int Few = 32;

    private PooledList<KeyValuePair<string, string>> _items;
    private Dictionary<string, int>? _places;

    public void Set(string name, string value)
    {
        int place = PlaceOf(name);
        if (place >= 0)
        {
            _items.Set(place, KeyValuePair.Create(name, value));
            return;
        }

        _places?.Add(name, _items.Items.Length);
        _items.Add(KeyValuePair.Create(name, value));
    }

    public readonly IReadOnlyList<KeyValuePair<string, string>> ToList() => [.. _items.Items];

    public void Clear()
    {
        _items.Clear();
        _places = null;
    }

    public void Return()
    {
        _items.Return();
        _places = null;
    }

    private int PlaceOf(string name)
    {
        if (_places is not null) return _places.TryGetValue(name, out int known) ? known : -1;
        ReadOnlySpan<KeyValuePair<string, string>> items = _items.Items;
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].Key == name) return i;
        }

        if (items.Length == Few)
        {
            _places = new Dictionary<string, int>(Few * 2, StringComparer.Ordinal);
            for (int i = 0; i < items.Length; i++) _places.Add(items[i].Key, i);
        }

        return -1;
    }
}

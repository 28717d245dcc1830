using System.Diagnostics.CodeAnalysis;

namespace OneEdge.Config.Formats;

/// <summary>
/// A value while changes are made to it. Collections open when a change reaches into them; an object that stands behind several aliases is one object.
/// </summary>
internal sealed class YamlObject
{
    private readonly YamlObjects _objects;
    private ConfigValue? _value;
    private int _version;
    private YamlMembers? _members;
    private YamlItems? _items;

    public YamlObject(YamlObjects objects, ConfigValue value)
    {
        _objects = objects;
        _value = value;
        _version = objects.Version;
        Kind = value.Kind;
    }

    public ConfigValueKind Kind { get; }

    public ConfigValue Value
    {
        get
        {
            bool open = _members is not null || _items is not null;
            if (_value is not null && (!open || _version == _objects.Version)) return _value;
            ConfigValue fresh = _members is not null ? _members.ToValue() : _items!.ToValue();
            _value = _value is not null && _value.Equals(fresh) ? _value : fresh;
            _version = _objects.Version;
            return _value;
        }
    }

    /// <summary>The members of a map.</summary>
    public YamlMembers Members => _members ??= new YamlMembers(_objects, _value!);

    /// <summary>The items of an array.</summary>
    public YamlItems Items => _items ??= new YamlItems(_objects, _value!);

    /// <summary>Forgets the value that was put together from the content.</summary>
    public void Changed()
    {
        if (_members is not null || _items is not null) _value = null;
    }

    public void Open()
    {
        if (Kind == ConfigValueKind.Map) _ = Members;
        else if (Kind == ConfigValueKind.Array) _ = Items;
    }
}

/// <summary>Makes the objects of one editor.</summary>
internal sealed class YamlObjects(bool isStrict, bool areShared)
{
    private readonly Dictionary<ConfigValue, YamlObject>? _known = areShared ? new(ReferenceEqualityComparer.Instance) : null;

    /// <summary>Compares values as the format does.</summary>
    public IEqualityComparer<ConfigValue> Comparer { get; } = isStrict ? EqualityComparer<ConfigValue>.Default : ConfigValue.AnyOrderComparer.Instance;

    /// <summary>Grows with every change when one object may stand in several places, so that no place keeps an outdated value.</summary>
    public int Version { get; private set; }

    public void Changed()
    {
        if (areShared) Version++;
    }

    public YamlObject Wrap(ConfigValue value)
    {
        if (_known is null || value.Kind is not (ConfigValueKind.Map or ConfigValueKind.Array)) return new YamlObject(this, value);
        if (_known.TryGetValue(value, out YamlObject? known)) return known;
        var made = new YamlObject(this, value);
        _known.Add(value, made);
        made.Open();
        return made;
    }
}

/// <summary>The members of an open map: found by key, kept in order, removed in constant time.</summary>
internal sealed class YamlMembers
{
    private readonly YamlObjects _objects;
    private readonly Dictionary<ConfigValue, int> _places = [];
    private readonly List<KeyValuePair<ConfigValue, YamlObject>?> _members = [];

    public YamlMembers(YamlObjects objects, ConfigValue map)
    {
        _objects = objects;
        foreach ((ConfigValue key, ConfigValue value) in map.Members) Set(key, value);
    }

    public bool TryGet(ConfigValue key, [NotNullWhen(true)] out YamlObject? value)
    {
        value = _places.TryGetValue(key, out int place) ? _members[place]!.Value.Value : null;
        return value is not null;
    }

    public void Set(ConfigValue key, ConfigValue value)
    {
        KeyValuePair<ConfigValue, YamlObject> member = KeyValuePair.Create(key, _objects.Wrap(value));
        if (_places.TryGetValue(key, out int place))
        {
            _members[place] = member;
            return;
        }

        _places.Add(key, _members.Count);
        _members.Add(member);
    }

    public bool Remove(ConfigValue key)
    {
        if (!_places.Remove(key, out int place)) return false;
        _members[place] = null;
        return true;
    }

    public ConfigValue ToValue() =>
        ConfigValue.Map(_members.Where(m => m is not null).Select(m => KeyValuePair.Create(m!.Value.Key, m.Value.Value.Value)));
}

/// <summary>The items of an open array: found by value, appended and removed without looking at the others.</summary>
internal sealed class YamlItems
{
    private readonly YamlObjects _objects;
    private readonly List<YamlObject?> _items;
    private Dictionary<ConfigValue, Queue<int>>? _places;
    private int _version;

    public YamlItems(YamlObjects objects, ConfigValue array)
    {
        _objects = objects;
        _items = [.. array.Items.Select(objects.Wrap)];
    }

    public bool Contains(ConfigValue value) => Places().ContainsKey(value);

    public void Add(ConfigValue value)
    {
        Dictionary<ConfigValue, Queue<int>> places = Places();
        if (!places.TryGetValue(value, out Queue<int>? queue)) places.Add(value, queue = new Queue<int>());
        queue.Enqueue(_items.Count);
        _items.Add(_objects.Wrap(value));
    }

    /// <summary>Removes the first item with a value.</summary>
    public bool Remove(ConfigValue value)
    {
        if (!Places().TryGetValue(value, out Queue<int>? queue)) return false;
        _items[queue.Dequeue()] = null;
        if (queue.Count == 0) _places!.Remove(value);
        return true;
    }

    /// <summary>The item at a place; null beyond the end, as in Ruby.</summary>
    public ConfigValue At(int index)
    {
        Compact();
        return index < _items.Count ? _items[index]!.Value : ConfigValue.Null;
    }

    public void Insert(int index, ConfigValue value)
    {
        Compact();
        _items.Insert(Math.Min(index, _items.Count), _objects.Wrap(value));
        _places = null;
    }

    public bool RemoveAt(int index)
    {
        Compact();
        if (index >= _items.Count) return false;
        _items.RemoveAt(index);
        _places = null;
        return true;
    }

    public ConfigValue ToValue()
    {
        Compact();
        return ConfigValue.Array(_items.Select(i => i!.Value));
    }

    private void Compact()
    {
        if (_items.RemoveAll(i => i is null) > 0) _places = null;
    }

    private Dictionary<ConfigValue, Queue<int>> Places()
    {
        if (_places is not null && _version == _objects.Version) return _places;
        _version = _objects.Version;
        _places = new(_objects.Comparer);
        for (int i = 0; i < _items.Count; i++)
        {
            if (_items[i] is not { } item) continue;
            if (!_places.TryGetValue(item.Value, out Queue<int>? queue)) _places.Add(item.Value, queue = new Queue<int>());
            queue.Enqueue(i);
        }

        return _places;
    }
}

namespace OneEdge.Config.Formats;

/// <summary>An attribute or a section while it is edited.</summary>
internal sealed class OnedEditNode
{
    private readonly OnedSyntax? _syntax;
    private readonly bool _isNewSection;
    private OnedScope? _items;
    private string? _value;

    /// <summary>Takes a node of the text over.</summary>
    public OnedEditNode(OnedSyntax syntax, OnedNode original)
    {
        _syntax = syntax;
        Original = original;
        Name = syntax.NameOf(original);
        UpperName = Name;
    }

    /// <summary>Makes a new attribute (with a value) or a new section (without).</summary>
    public OnedEditNode(string name, string? value)
    {
        Name = name;
        UpperName = name.ToUpperInvariant();
        _value = value;
        _isNewSection = value is null;
    }

    /// <summary>The name by which changes address it: upper-cased when it was read, as it was given when it is new.</summary>
    public string Name { get; }

    /// <summary>The name that it will have when the text is read again.</summary>
    public string UpperName { get; }

    public OnedNode Original { get; }

    public bool IsNew => _syntax is null;

    public bool IsSection => IsNew ? _isNewSection : Original.IsSection;

    public bool IsRemoved { get; set; }

    public bool HasNewValue { get; private set; }

    /// <summary>The value of an attribute.</summary>
    public string Value => _value ??= _syntax!.ValueOf(Original);

    /// <summary>The value; <see langword="null"/> for a section, unless a change gave it one, with which it cannot be written.</summary>
    public string? ValueOrNull => IsSection && !HasNewValue ? null : Value;

    /// <summary>The items of a section. What stands below a value cannot be written.</summary>
    public OnedScope Items => _items ??= _syntax is null || !Original.IsSection ? new OnedScope(this) : new OnedScope(_syntax, this);

    /// <summary>Whether there are items; does not read them.</summary>
    public bool HasItems => _items is null ? !IsNew && Original.IsSection : _items.Count > 0;

    /// <summary>The value of the NAME of a keyed section, if it has one now.</summary>
    public string? Key => _items is null ? _syntax?.KeyOf(Original) : _items.Find(OnedSchema.Key)?.First?.Value;

    /// <summary>The change that made or wrote it last, or -1.</summary>
    public int LastWrite { get; set; } = -1;

    /// <summary>The changes that touched the section, by their numbers; absent when there were none.</summary>
    public List<int>? Touched { get; private set; }

    /// <summary>The last change that removed an item of the section, or -1.</summary>
    public int LastRemoval { get; set; } = -1;

    /// <summary>The last change that added, wrote or removed a NAME of the section, or -1.</summary>
    public int LastKeyChange { get; set; } = -1;

    public void Write(string value)
    {
        if (value == ValueOrNull) return;
        _value = value;
        HasNewValue = true;
    }

    public void Touch(int change)
    {
        Touched ??= [];
        if (Touched.Count == 0 || Touched[^1] != change) Touched.Add(change);
    }
}

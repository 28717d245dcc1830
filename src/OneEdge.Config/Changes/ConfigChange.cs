namespace OneEdge.Config;

/// <summary>One change to a document, independent of any document.</summary>
/// <remarks>
/// The members are those of the original's operation records. A change made by <see cref="Insert"/>, <see cref="Set"/> or <see cref="Remove"/>
/// behaves like a change line; <see cref="ConfigDocument.DiffTo"/> and YAML patches make changes that know the old value.
/// </remarks>
public sealed record ConfigChange
{
    /// <summary>What the change does.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>The path of the container that is changed.</summary>
    public ConfigPath Path { get; init; } = ConfigPath.Root;

    /// <summary>The key in the container; <see langword="null"/> when the change is about the container itself or about an item of an array.</summary>
    public ConfigValue? Key { get; init; }

    /// <summary>The new value; <see langword="null"/> when the change has none, which differs from <see cref="ConfigValue.Null"/>.</summary>
    public ConfigValue? Value { get; init; }

    /// <summary>The value that is expected, or that is removed.</summary>
    public ConfigValue? Old { get; init; }

    /// <summary>Whether the change has the leniency of a change line (the original's <c>hintings</c>): an <c>ins</c> at an array appends to it.</summary>
    public bool IsLine { get; init; }

    /// <summary>oned.conf: whether the attribute holds many values, for names that are not known to do so.</summary>
    public bool? Multiple { get; init; }

    /// <summary>Shell files: whether the variable is to be exported.</summary>
    public bool? Export { get; init; }

    /// <summary>Strict YAML: the place in the array, from 0.</summary>
    public int? Index { get; init; }

    /// <summary>The whole path, the key included.</summary>
    public ConfigPath Target => Key is null ? Path : Path.Append(Key);

    /// <summary>Makes an <c>ins</c>: adds a key, a further value of a repeated attribute, or an item to an array.</summary>
    /// <param name="path">The path, the key included.</param>
    /// <param name="value">The value.</param>
    /// <returns>The change.</returns>
    public static ConfigChange Insert(ConfigPath path, ConfigValue value) => Line(ChangeKind.Insert, path, value, old: null);

    /// <summary>Makes a <c>set</c>: gives a key a value, whatever it had.</summary>
    /// <param name="path">The path, the key included.</param>
    /// <param name="value">The value.</param>
    /// <returns>The change.</returns>
    public static ConfigChange Set(ConfigPath path, ConfigValue value) => Line(ChangeKind.Set, path, value, value);

    /// <summary>Makes an <c>rm</c>: removes a key, or one item of the array or repeated attribute at the path.</summary>
    /// <param name="path">The path, the key included.</param>
    /// <param name="item">The item to remove; the whole key when absent or null.</param>
    /// <returns>The change.</returns>
    public static ConfigChange Remove(ConfigPath path, ConfigValue? item = null)
    {
        ConfigChange change = Line(ChangeKind.Remove, path, ConfigValue.Null, item ?? ConfigValue.Null);
        return item is { IsNull: false } && change.Key is not null ? change with { Path = path, Key = null } : change;
    }

    /// <summary>The change as a change line without its file.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => ChangeLineText.ToApply(this);

    private static ConfigChange Line(ChangeKind kind, ConfigPath path, ConfigValue? value, ConfigValue? old)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new ConfigChange { Kind = kind, Path = path.Count > 0 ? path.Parent : path, Key = path.Last, Value = value, Old = old, IsLine = true };
    }
}

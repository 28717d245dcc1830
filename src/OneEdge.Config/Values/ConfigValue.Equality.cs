namespace OneEdge.Config;

public sealed partial class ConfigValue
{
    private int? _hash;

    /// <inheritdoc/>
    public bool Equals(ConfigValue? other) => Equals(this, other, anyOrder: false);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConfigValue);

    /// <summary>Whether two values are equal when the order of the items of arrays does not matter, at any depth.</summary>
    /// <param name="other">The other value.</param>
    /// <returns>Whether they are.</returns>
    public bool EqualsInAnyOrder(ConfigValue? other) => Equals(this, other, anyOrder: true);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash ??= Hash();

    // Independent of the order of keys and items, so that one hash serves both equalities.
    private int Hash() => Kind switch
    {
        ConfigValueKind.Array => Items.Aggregate(((int)Kind * 397) + Items.Count, (sum, item) => unchecked(sum + (item.GetHashCode() * 31))),
        ConfigValueKind.Map => Members.Aggregate(((int)Kind * 397) + Members.Count, (sum, m) => unchecked(sum + HashCode.Combine(m.Key, m.Value))),
        _ => HashCode.Combine(Kind, _content),
    };

    private static bool Equals(ConfigValue left, ConfigValue? right, bool anyOrder)
    {
        if (ReferenceEquals(left, right)) return true;
        if (right is null || left.Kind != right.Kind) return false;
        return left.Kind switch
        {
            ConfigValueKind.Null => true,
            ConfigValueKind.Boolean => left.AsBoolean() == right.AsBoolean(),
            ConfigValueKind.Integer => left.AsInteger() == right.AsInteger(),
            ConfigValueKind.Float => left.AsDouble().Equals(right.AsDouble()),
            ConfigValueKind.Array when left.GetHashCode() != right.GetHashCode() => false,
            ConfigValueKind.Map when left.GetHashCode() != right.GetHashCode() => false,
            ConfigValueKind.Array => anyOrder ? SameItems(left.Items, right.Items) : left.Items.SequenceEqual(right.Items),
            ConfigValueKind.Map => left.Members.Count == right.Members.Count
                && left.Members.All(m => right.Find(m.Key) is { } value && Equals(m.Value, value, anyOrder)),
            _ => string.Equals(left.AsString(), right.AsString(), StringComparison.Ordinal),
        };
    }

    private static bool SameItems(IReadOnlyList<ConfigValue> left, IReadOnlyList<ConfigValue> right)
    {
        if (left.Count != right.Count) return false;
        var open = new Dictionary<ConfigValue, int>(AnyOrderComparer.Instance);
        foreach (ConfigValue item in left) open[item] = open.GetValueOrDefault(item) + 1;
        foreach (ConfigValue item in right)
        {
            if (open.GetValueOrDefault(item) == 0) return false;
            open[item]--;
        }

        return true;
    }

    /// <summary>Compares by <see cref="EqualsInAnyOrder"/>.</summary>
    internal sealed class AnyOrderComparer : IEqualityComparer<ConfigValue>
    {
        public static AnyOrderComparer Instance { get; } = new();

        public bool Equals(ConfigValue? x, ConfigValue? y) => x is null ? y is null : x.EqualsInAnyOrder(y);

        public int GetHashCode(ConfigValue obj) => obj.GetHashCode();
    }
}

using System.Globalization;

namespace OneEdge.OpenNebula;

/// <summary>Whose objects a pool gives.</summary>
/// <param name="Flag">The number that the server takes; a user's id gives the objects of that user.</param>
public readonly record struct PoolFilter(int Flag)
{
    /// <summary>The objects of the caller's primary group.</summary>
    public static PoolFilter PrimaryGroup => new(-4);

    /// <summary>The objects of the caller.</summary>
    public static PoolFilter Mine => new(-3);

    /// <summary>All objects that the caller may use.</summary>
    public static PoolFilter All => new(-2);

    /// <summary>The objects of the caller and of the caller's groups.</summary>
    public static PoolFilter MineAndGroups => new(-1);

    /// <summary>The objects of a user.</summary>
    /// <param name="id">The id of the user.</param>
    public static PoolFilter User(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        return new PoolFilter(id);
    }

    /// <summary>The number.</summary>
    public override string ToString() => Flag.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace OneEdge.OpenNebula;

/// <summary>Which part of a pool one call gives.</summary>
/// <param name="Start">The first id, or the number of objects to pass over.</param>
/// <param name="End">The last id, -1 for no end; below -1 the negative number of objects.</param>
public readonly record struct PoolRange(int Start, int End)
{
    /// <summary>The whole pool.</summary>
    public static PoolRange All => new(-1, -1);

    /// <summary>The objects with ids from one to another, both included.</summary>
    /// <param name="first">The first id.</param>
    /// <param name="last">The last id.</param>
    public static PoolRange Ids(int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(last);
        return new PoolRange(first, last);
    }

    /// <summary>
    /// A number of objects of the list, which is sorted by id: from the highest on unless the server is configured otherwise. Objects that come and go
    /// move the others: two calls for neighbouring parts may give an object twice, or not at all. The <c>ListAsync</c> methods take care of that.
    /// </summary>
    /// <param name="skip">How many objects to pass over.</param>
    /// <param name="count">How many to give, at least 2: the server takes 1 for something else.</param>
    public static PoolRange Page(int skip, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return new PoolRange(skip, -count);
    }

    /// <summary>The two numbers.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start},{End}");
}

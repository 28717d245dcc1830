namespace OneEdge.Flow.Tests.Simulation;

/// <summary>The choices of a simulation: drawn from a seed, or given. Those that are not given are zero, so a shorter list makes a tamer run.</summary>
internal sealed class Choices
{
    private readonly Random? _random;
    private readonly List<int> _made;
    private int _next;

    private Choices(Random? random, IEnumerable<int> made)
    {
        _random = random;
        _made = [.. made];
    }

    public IReadOnlyList<int> Made => _made;

    public static Choices OfSeed(int seed) => new(new Random(seed), []);

    public static Choices Of(IEnumerable<int> made) => new(null, made);

    /// <summary>A number below another one.</summary>
    public int Below(int bound)
    {
        if (_next == _made.Count) _made.Add(_random?.Next(1 << 16) ?? 0);
        return _made[_next++] % bound;
    }

    /// <summary>Something that happens in some percent of the cases.</summary>
    public bool Chance(int percent) => Below(100) >= 100 - percent;
}

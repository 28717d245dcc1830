namespace OneEdge.Fuzz;

/// <summary>Random numbers of one execution: the same ones for the same seed and number of the execution, whatever ran before.</summary>
internal sealed class Chance
{
    private ulong _state;

    public Chance(ulong seed, long execution)
    {
        _state = Mix(seed + 0x9E3779B97F4A7C15) ^ Mix((ulong)execution * 0xD1342543DE82EF95);
    }

    /// <summary>A number from 0 to <paramref name="bound"/>, which is not included.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    // The finaliser of SplitMix64.
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

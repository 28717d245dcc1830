namespace OneEdge.Storage;

/// <summary>Which parts of the file hold metadata that only one thing may refer to; asked when a cluster has too many references.</summary>
internal sealed class MetadataMap
{
    private readonly List<(long Start, long End, string Name)> _ranges = [];
    private long[]? _furthest;

    /// <summary>The L2 tables, which several L1 tables may share, and nothing else.</summary>
    public IReadOnlyDictionary<long, L2Use> L2Tables { get; set; } = new Dictionary<long, L2Use>();

    /// <summary>Adds a part, in bytes.</summary>
    public void Add(long start, long length, string name)
    {
        if (length > 0) _ranges.Add((start, start + length, name));
    }

    /// <summary>The metadata with which something else overlaps; <see langword="null"/> when that is not what is wrong with a cluster.</summary>
    /// <param name="start">Where the cluster begins.</param>
    /// <param name="size">The cluster size.</param>
    /// <param name="references">How many references it has.</param>
    public string? OverlapAt(long start, int size, ulong references)
    {
        if (references < 2) return null;
        if (L2Tables.TryGetValue(start, out L2Use use) && use.Active + use.Inactive < references) return "an L2 table";
        _furthest ??= Sort();
        int low = 0, high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].Start < start + size) low = middle + 1;
            else high = middle;
        }

        for (int i = low - 1; i >= 0 && _furthest[i] > start; i--)
            if (_ranges[i].End > start) return _ranges[i].Name;
        return null;
    }

    // For each range how far it or any before it goes.
    private long[] Sort()
    {
        _ranges.Sort((left, right) => left.Start.CompareTo(right.Start));
        long[] furthest = new long[_ranges.Count];
        long end = 0;
        for (int i = 0; i < furthest.Length; i++) furthest[i] = end = Math.Max(end, _ranges[i].End);
        return furthest;
    }
}

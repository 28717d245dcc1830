namespace OneEdge.OpenNebula.Embedded;

/// <summary>What something uses, or wants to use. An amount of zero is looked at, too: who is over a limit may not even ask.</summary>
internal sealed class QuotaUsage
{
    // So that sums stay numbers, whatever templates say.
    private const decimal Most = 1_000_000_000_000_000;

    public static readonly QuotaUsage None = new();

    private readonly List<QuotaItem> _items = [];

    public IReadOnlyList<QuotaItem> Items => _items;

    /// <summary>Adds an amount to that of the same thing.</summary>
    public void Add(QuotaKind kind, int id, string metric, decimal amount)
    {
        int at = _items.FindIndex(i => i.Kind == kind && i.Id == id && i.Metric == metric);
        if (at < 0) _items.Add(new QuotaItem(kind, id, metric, amount));
        else _items[at] = _items[at] with { Amount = _items[at].Amount + amount };
    }

    /// <summary>A number of a template as an amount; what is no number is nothing.</summary>
    public static decimal Amount(double number) => double.IsFinite(number) ? (decimal)Math.Clamp(number, (double)-Most, (double)Most) : 0;
}

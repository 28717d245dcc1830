using System.Runtime.InteropServices;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>What something uses, or wants to use. An amount of zero is looked at, too: who is over a limit may not even ask.</summary>
internal sealed class QuotaUsage
{
    // So that sums stay numbers, whatever templates say.
    private const decimal Most = 1_000_000_000_000_000;

    public static readonly QuotaUsage None = new();

    // Enough for a machine with a disk and a NIC.
    private readonly List<QuotaItem> _items = new(10);

    public ReadOnlySpan<QuotaItem> Items => CollectionsMarshal.AsSpan(_items);

    /// <summary>Adds an amount to that of the same thing.</summary>
    public void Add(QuotaKind kind, int id, string metric, decimal amount)
    {
        foreach (ref QuotaItem item in CollectionsMarshal.AsSpan(_items))
        {
            if (item.Kind != kind || item.Id != id || item.Metric != metric) continue;
            item = item with { Amount = item.Amount + amount };
            return;
        }

        _items.Add(new QuotaItem(kind, id, metric, amount));
    }

    /// <summary>A number of a template as an amount; what is no number is nothing.</summary>
    public static decimal Amount(double number) => double.IsFinite(number) ? (decimal)Math.Clamp(number, (double)-Most, (double)Most) : 0;
}

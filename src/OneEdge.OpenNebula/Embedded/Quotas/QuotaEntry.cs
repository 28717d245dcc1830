using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>The limits of one kind and id, and what is used.</summary>
internal sealed class QuotaEntry
{
    /// <summary>A limit that is the one of everybody.</summary>
    public const decimal ByDefault = -1;

    public const decimal Unlimited = -2;

    private readonly QuotaKind _kind;
    private readonly int _id;
    private readonly decimal _implicit;
    private readonly decimal[] _limits;
    private readonly decimal[] _used;

    /// <summary>An entry without limits.</summary>
    public QuotaEntry(QuotaKind kind, int id, decimal implicitLimit)
    {
        (_kind, _id, _implicit) = (kind, id, implicitLimit);
        _limits = [.. kind.Metrics.Select(_ => implicitLimit)];
        _used = new decimal[kind.Metrics.Count];
    }

    public bool HasLimits => Array.Exists(_limits, l => l != _implicit);

    /// <summary>Whether there is nothing to keep.</summary>
    public bool IsIdle => !HasLimits && Array.TrueForAll(_used, u => u == 0);

    /// <summary>Takes over limits: those that are not told go.</summary>
    /// <returns>Whether they can be limits; when not, they are as before.</returns>
    public bool TrySet(TemplateAttribute sent)
    {
        decimal[] limits = [.. _kind.Metrics.Select(m => sent.TryGet(m, out double number) && double.IsFinite(number) ? QuotaUsage.Amount(number) : _implicit)];
        if (Array.Exists(limits, l => l < 0 && l != Unlimited && l != _implicit)) return false;
        limits.CopyTo(_limits, 0);
        return true;
    }

    public decimal Limit(string metric) => _limits[IndexOf(metric)];

    public decimal Used(string metric) => _used[IndexOf(metric)];

    public void Add(string metric, decimal amount) => _used[IndexOf(metric)] += amount;

    public void Write(XmlText xml)
    {
        var items = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (_kind.HasIds) items["ID"] = _id.ToString(CultureInfo.InvariantCulture);
        for (int i = 0; i < _limits.Length; i++)
        {
            items[_kind.Metrics[i]] = Text(_limits[i]);
            items[$"{_kind.Metrics[i]}_USED"] = Text(_used[i]);
        }

        xml.Attribute(new TemplateAttribute(_kind.Name, [.. items]));
    }

    private static string Text(decimal value) => value.ToString(decimal.IsInteger(value) ? "F0" : "F2", CultureInfo.InvariantCulture);

    private int IndexOf(string metric)
    {
        for (int i = 0; i < _limits.Length; i++)
        {
            if (_kind.Metrics[i] == metric) return i;
        }

        throw new ArgumentException($"{_kind.Name} does not count {metric}.", nameof(metric));
    }
}

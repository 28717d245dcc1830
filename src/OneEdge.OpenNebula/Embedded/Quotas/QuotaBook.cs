using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>The limits of a user, of a group or of everybody, and what is used of them (OpenNebula 6.10 source, src/um/Quota.cc).</summary>
internal sealed class QuotaBook
{
    private readonly OrderedDictionary<(QuotaKind Kind, int Id), QuotaEntry> _entries = [];
    private readonly decimal _implicit;

    private QuotaBook(decimal implicitLimit) => _implicit = implicitLimit;

    /// <summary>Whether there is any limit.</summary>
    public bool HasLimits { get; private set; }

    public static QuotaBook OfOwner() => new(QuotaEntry.ByDefault);

    public static QuotaBook OfEverybody() => new(QuotaEntry.Unlimited);

    /// <summary>
    /// Takes over limits: a vector of a kind and an id takes the place of an older one. Those before a wrong one are taken over, as the core does.
    /// </summary>
    /// <exception cref="CallRefusal">A limit is negative, or an id is no number.</exception>
    public void Set(StoredTemplate limits)
    {
        try
        {
            foreach (QuotaKind kind in QuotaKind.Set)
            {
                foreach (TemplateAttribute sent in limits.Vectors(kind.Name)) Set(kind, sent);
            }
        }
        finally
        {
            HasLimits = _entries.Values.Any(e => e.HasLimits);
        }
    }

    /// <summary>Why there cannot be more of something; <see langword="null"/> when there can.</summary>
    /// <param name="wanted">How much more.</param>
    /// <param name="defaults">The limits where this book has none.</param>
    public string? Problem(QuotaUsage wanted, QuotaBook defaults)
    {
        foreach (QuotaItem item in wanted.Items)
        {
            QuotaEntry? entry = _entries.GetValueOrDefault((item.Kind, item.Id));
            decimal limit = entry?.Limit(item.Metric) ?? QuotaEntry.ByDefault;
            if (limit == QuotaEntry.ByDefault)
                limit = defaults._entries.GetValueOrDefault((item.Kind, item.Id))?.Limit(item.Metric) ?? QuotaEntry.Unlimited;
            if (limit == QuotaEntry.Unlimited || (entry?.Used(item.Metric) ?? 0) + item.Amount <= limit) continue;
            string of = item.Kind.HasIds ? FormattableString.Invariant($" with ID: {item.Id}") : "";
            return $"limit of {Number(limit)} reached for {item.Metric} quota in {item.Kind.Name}{of}";
        }

        return null;
    }

    /// <summary>Counts what is used now.</summary>
    public void Add(QuotaUsage usage)
    {
        foreach (QuotaItem item in usage.Items)
        {
            if (!_entries.TryGetValue((item.Kind, item.Id), out QuotaEntry? entry))
                _entries.Add((item.Kind, item.Id), entry = new QuotaEntry(item.Kind, item.Id, _implicit));
            entry.Add(item.Metric, item.Amount);
        }
    }

    /// <summary>Takes back what is no more used. What has neither limits nor use is forgotten.</summary>
    public void Subtract(QuotaUsage usage)
    {
        foreach (QuotaItem item in usage.Items)
        {
            if (_entries.TryGetValue((item.Kind, item.Id), out QuotaEntry? entry)) entry.Add(item.Metric, -item.Amount);
        }

        foreach (QuotaItem item in usage.Items) Tidy(item.Kind, item.Id);
    }

    public void Write(XmlText xml)
    {
        foreach (QuotaKind kind in QuotaKind.Shown)
        {
            xml.Open($"{kind.Name}_QUOTA");
            foreach (((QuotaKind of, _), QuotaEntry entry) in _entries)
            {
                if (of == kind) entry.Write(xml);
            }

            xml.Close($"{kind.Name}_QUOTA");
        }
    }

    private void Set(QuotaKind kind, TemplateAttribute sent)
    {
        int id = -1;
        bool isRight = !kind.HasIds || sent.TryGet("ID", out id);
        if (isRight)
        {
            if (!_entries.TryGetValue((kind, id), out QuotaEntry? entry)) _entries.Add((kind, id), entry = new QuotaEntry(kind, id, _implicit));
            isRight = entry.TrySet(sent);
            Tidy(kind, id);
        }

        if (isRight) return;
        string items = string.Join(',', Vectors.Items(sent).Select(i => $"{i.Key}={i.Value}"));
        throw CallRefusal.Action($"Negative limits or bad format in quota {kind.Name} = [ {items} ]");
    }

    private void Tidy(QuotaKind kind, int id)
    {
        if (_entries.TryGetValue((kind, id), out QuotaEntry? entry) && entry.IsIdle) _entries.Remove((kind, id));
    }

    // As a stream of C++ writes a float: six digits, then a power of ten.
    private static string Number(decimal limit) => ((float)limit).ToString("G6", CultureInfo.InvariantCulture).ToLowerInvariant();
}

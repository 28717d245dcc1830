namespace OneEdge.Config;

/// <summary>Which file of an installation has which format. Immutable; the stock catalogue is extended with <see cref="With"/>.</summary>
public sealed class ConfigCatalog
{
    private readonly Dictionary<string, ConfigFormat> _exact = new(StringComparer.Ordinal);
    private readonly List<ConfigCatalogEntry> _patterns = [];

    /// <summary>Creates a catalogue.</summary>
    /// <param name="entries">The entries; of two that name the same file the later one counts.</param>
    public ConfigCatalog(IEnumerable<ConfigCatalogEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Entries = [.. entries];
        foreach (ConfigCatalogEntry entry in Entries)
        {
            // An exact name replaces an earlier one, and a later pattern takes precedence over both.
            if (entry.Pattern.Contains('*')) _patterns.Insert(0, entry);
            else _exact[entry.Pattern] = entry.Format;
        }
    }

    /// <summary>The files of every known release.</summary>
    public static ConfigCatalog Default { get; } = new(StockCatalog.Entries);

    /// <summary>The entries, in the order given.</summary>
    public IReadOnlyList<ConfigCatalogEntry> Entries { get; }

    /// <summary>The files of one release.</summary>
    /// <param name="release">The release, for example 6.10.5; known are 5.12 to 7.4.</param>
    /// <returns>The catalogue.</returns>
    public static ConfigCatalog For(Version release)
    {
        ArgumentNullException.ThrowIfNull(release);
        return new ConfigCatalog(StockCatalog.Entries.Where(e => e.IsIn(release)));
    }

    /// <summary>Adds entries that take precedence over the present ones.</summary>
    /// <param name="entries">The entries.</param>
    /// <returns>The larger catalogue.</returns>
    public ConfigCatalog With(params IEnumerable<ConfigCatalogEntry> entries) => new([.. Entries, .. entries]);

    /// <summary>The format of a file.</summary>
    /// <param name="name">The file, as seen from the root of the installation.</param>
    /// <returns>The format; <see langword="null"/> when the catalogue does not know the file.</returns>
    public ConfigFormat? FormatOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_exact.TryGetValue(name, out ConfigFormat? format)) return format;
        return _patterns.Find(e => e.Matches(name))?.Format;
    }
}

using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Upgrade;

/// <summary>A stock file in two releases.</summary>
internal sealed record StockPair(string File, string Releases, ConfigFormat Format, SourceText Old, SourceText New)
{
    private ConfigValue? _oldData;
    private ConfigValue? _newData;

    /// <summary>Every file of a known structure that is in both releases of an ordered pair of releases, also of a release with itself.</summary>
    public static IReadOnlyList<StockPair> All { get; } = [.. Find()];

    public ConfigValue OldData => _oldData ??= Data(Old);

    public ConfigValue NewData => _newData ??= Data(New);

    /// <summary>Plans with the old and the new stock file and one decision for every conflict.</summary>
    public UpgradeFilePlan Plan(SourceText mine, ConflictChoice choice) => Plan(Old, mine, New, choice);

    public UpgradeFilePlan Plan(SourceText old, SourceText mine, SourceText @new, ConflictChoice choice) =>
        new UpgradePlanner(ConfigCatalog.Default, ConfigLimits.Default, _ => choice).Plan(File, old, mine, @new);

    public ConfigValue Data(SourceText text) => UpgradeOracle.Data(Format.Parse(text));

    public override string ToString() => $"{File} {Releases}";

    private static IEnumerable<StockPair> Find() =>
        from older in RealFiles.StockTrees()
        from newer in RealFiles.StockTrees()
        from name in RealFiles.Stock().Select(f => f.Name).Distinct(StringComparer.Ordinal)
        let format = ConfigCatalog.Default.FormatOf(name)
        where format is not null && format != ConfigFormat.Text && System.IO.File.Exists(older + name) && System.IO.File.Exists(newer + name)
        select new StockPair(name, $"{Path.GetFileName(older)}-{Path.GetFileName(newer)}", format, Read(older, name), Read(newer, name));

    private static SourceText Read(string tree, string name) => SourceText.FromBytes(System.IO.File.ReadAllBytes(tree + name), name);
}

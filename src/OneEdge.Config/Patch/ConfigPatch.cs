namespace OneEdge.Config;

/// <summary>Changes to files of an installation, independent of where it lies. Immutable.</summary>
public sealed class ConfigPatch
{
    /// <summary>Creates a patch.</summary>
    /// <param name="files">The files and their changes; of a file named twice the changes are joined at its first place.</param>
    public ConfigPatch(IEnumerable<FilePatch> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        Files = [.. files.GroupBy(f => f.File, StringComparer.Ordinal).Select(g => g.First() with { Changes = [.. g.SelectMany(f => f.Changes)] })];
    }

    /// <summary>The patch without changes.</summary>
    public static ConfigPatch Empty { get; } = new([]);

    /// <summary>The files, in the order of their first appearance.</summary>
    public IReadOnlyList<FilePatch> Files { get; }

    /// <summary>The number of changes in all files.</summary>
    public int ChangeCount => Files.Sum(f => f.Changes.Count);

    /// <summary>Reads a patch in either form: YAML when the first line is <c>---</c>, change lines otherwise.</summary>
    /// <param name="text">The patch.</param>
    /// <param name="catalog">Which file has which format; the stock catalogue when absent.</param>
    /// <returns>The patch.</returns>
    /// <exception cref="ConfigPatchException">The text is no patch; the exception holds every finding with its line.</exception>
    public static ConfigPatch Parse(string text, ConfigCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsYaml(text) ? ParseYaml(text) : ParseLines(text, catalog);
    }

    /// <summary>Reads change lines: <c>FILE ins|set|rm PATH [JSON]</c>, one a line; blank lines and lines that start with <c>#</c> are skipped.</summary>
    /// <inheritdoc cref="Parse(string, ConfigCatalog?)"/>
    public static ConfigPatch ParseLines(string text, ConfigCatalog? catalog = null) => ParseLines(text, catalog, exists: null);

    /// <summary>Reads the YAML form, which names the format of each file itself.</summary>
    /// <param name="text">The patch.</param>
    /// <returns>The patch.</returns>
    /// <exception cref="ConfigPatchException">The text is no patch; the exception holds every finding.</exception>
    public static ConfigPatch ParseYaml(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return YamlPatchReader.Read(text);
    }

    /// <summary>Adds a change.</summary>
    /// <param name="file">The file, as seen from the root of the installation.</param>
    /// <param name="change">The change.</param>
    /// <param name="format">The format of the file; looked up in the stock catalogue when absent.</param>
    /// <returns>The larger patch.</returns>
    /// <exception cref="ConfigPatchException">The stock catalogue does not know the file and no format is given.</exception>
    public ConfigPatch With(string file, ConfigChange change, ConfigFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        format ??= ConfigCatalog.Default.FormatOf(file) ?? throw new ConfigPatchException([PatchFindings.UnknownFile(ConfigCatalog.Default, file, line: null)]);
        return new ConfigPatch([.. Files, new FilePatch(file, format, [change])]);
    }

    /// <summary>The patch as change lines. They can't say everything: see <see cref="ToYaml"/>.</summary>
    /// <returns>One line a change, each ended by a newline.</returns>
    public string ToLines() => PatchWriter.Lines(this);

    /// <summary>The patch as text for people: a file name, then one line a change.</summary>
    /// <returns>The text.</returns>
    public string ToText() => PatchWriter.Text(this);

    /// <summary>The patch in the YAML form, which keeps everything.</summary>
    /// <returns>The document.</returns>
    public string ToYaml() => PatchWriter.Yaml(this);

    internal static bool IsYaml(string text)
    {
        int end = text.IndexOf('\n');
        return (end < 0 ? text : text[..end]).Trim() == "---";
    }

    internal static ConfigPatch ParseLines(string text, ConfigCatalog? catalog, Func<string, bool>? exists)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new LinePatchReader(catalog ?? ConfigCatalog.Default, exists).Read(text);
    }
}

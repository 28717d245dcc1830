using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OneEdge.Text;

namespace OneEdge.Benchmarks;

/// <summary>
/// The inputs of the recorded figures, read from <c>shared/bench/config</c> in a directory above this program; without them, made-up inputs of
/// the same kind and about the same size, so that every benchmark runs from a clone alone.
/// </summary>
internal static partial class BenchmarkData
{
    private static readonly string? Folder = Ancestors(AppContext.BaseDirectory)
        .Select(d => Path.Combine(d, "shared", "bench", "config")).FirstOrDefault(Directory.Exists);

    public static byte[] OnedConf => Read("oned-6.10.5.conf") ?? MadeUpOned("6.10.5");

    public static byte[] OlderOnedConf => Read("oned-6.0.0.conf") ?? MadeUpOned("6.0.0");

    public static byte[] OnevmYaml => Read("onevm-6.10.5.yaml") ?? MadeUpYaml(1_000);

    /// <summary>One change line for <see cref="OnedConf"/>.</summary>
    public static string SetOne => Patch("set-1.patch") ?? "/etc/one/oned.conf set PORT 1000\n";

    /// <summary>10,000 lines that write 20 keys again and again.</summary>
    public static string SetTenThousand => Patch("set-10000.patch") ?? Lines(i => $"/etc/one/oned.conf set BENCH_{i % 20} {i}");

    /// <summary>10,000 lines, each of which adds a value to a repeated attribute.</summary>
    public static string InsertTenThousand => Patch("ins-10000.patch") ?? Lines(i => $"/etc/one/oned.conf ins VM_RESTRICTED_ATTR \"\\\"BENCH/A{i:00000}\\\"\"");

    /// <summary>10,000 lines that write 500 keys of <see cref="OnevmYaml"/>.</summary>
    public static string YamlTenThousand => Patch("yaml-10000.patch") ?? Lines(i => $"/etc/one/cli/onevm.yaml set :ID/:k{i % 500} {i}");

    /// <summary>A configuration of at least so many bytes: the stock one repeated, with every section under a name of its own.</summary>
    public static byte[] LargeOned(int bytes)
    {
        string text = SourceEncoding.GetString(OnedConf);
        var large = new StringBuilder(bytes + text.Length);
        int section = 0;
        while (large.Length < bytes)
            large.Append(SectionName().Replace(text, name => string.Create(CultureInfo.InvariantCulture, $"{name}_{section++}"))).Append('\n');
        return SourceEncoding.GetBytes(large.ToString());
    }

    /// <summary>A YAML map of columns, like those of the command-line tools, of at least so many bytes.</summary>
    public static byte[] MadeUpYaml(int bytes)
    {
        var text = new StringBuilder("---\n:ID:\n  :desc: ONE identifier\n  :size: 5\n\n");
        for (int i = 0; text.Length < bytes; i++)
            text.Append(CultureInfo.InvariantCulture, $":COLUMN_{i}:\n  :desc: The text of column {i} # shown as its help\n  :size: {i % 40}\n  :left: true\n  :units: [K, M, \"G {i}\"]\n\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A shell file of so many assignments.</summary>
    public static byte[] Shell(int assignments) =>
        Encoding.UTF8.GetBytes(Lines(i => $"# What variable {i} is for.\nexport VARIABLE_{i}=\"value {i}\"\nPLAIN_{i}={i}\n", assignments));

    /// <summary>Assignments of at least so many bytes, each name once or twice.</summary>
    public static byte[] LargeShell(int bytes, bool repeated)
    {
        var text = new StringBuilder(bytes + 64);
        for (int i = 0; text.Length < bytes; i++) text.Append(CultureInfo.InvariantCulture, $"V_{(repeated ? i / 2 : i)}=\"value {i}\"\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] MadeUpOned(string release)
    {
        var text = new StringBuilder(60_000);
        text.Append(CultureInfo.InvariantCulture, $"# Made-up configuration of release {release}\nPORT = 2633\nVERSION = \"{release}\"\n");
        for (int i = 0; i < 300; i++)
            text.Append(CultureInfo.InvariantCulture, $"#*****************************************\n#  What this attribute is for, in a few words.\n#  Attribute {i}\nATTRIBUTE_{i} = \"value {i}\"\nVM_RESTRICTED_ATTR = \"CONTEXT/FILE_{i}\"\n");
        for (int i = 0; i < 20; i++)
            text.Append(CultureInfo.InvariantCulture, $"VM_MAD = [\n    NAME          = \"driver-{i}\",\n    EXECUTABLE    = \"one_vmm_exec\",\n    ARGUMENTS     = \"-t 15 -r 0 {release}\"\n]\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Lines(Func<int, FormattableString> line, int count = 10_000)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) text.Append(FormattableString.Invariant(line(i))).Append('\n');
        return text.ToString();
    }

    private static string? Patch(string name) => Read(name) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static byte[]? Read(string name) =>
        Folder is not null && File.Exists(Path.Combine(Folder, name)) ? File.ReadAllBytes(Path.Combine(Folder, name)) : null;

    private static IEnumerable<string> Ancestors(string? directory)
    {
        for (; directory is not null; directory = Path.GetDirectoryName(directory)) yield return directory;
    }

    [GeneratedRegex(@"^[A-Z_]+(?=[ \t]*=[ \t]*\[)", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SectionName();
}

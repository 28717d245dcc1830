using OneEdge.Config;
using OneEdge.Config.Formats;

namespace OneEdge.Fuzz.Targets;

/// <summary>oned.conf.</summary>
internal sealed class OnedTarget : DocumentTarget
{
    public override string Name => "oned";

    public override IReadOnlyList<string> Seeds { get; } =
    [
        "PORT = 2633\n",
        "# comment\nLOG = [\n  SYSTEM      = \"file\",\n  DEBUG_LEVEL = 3\n]\n\nDB = [ BACKEND = \"sqlite\",\n       TIMEOUT = 2500 ] # c\n",
        "VM_MAD = [\n    NAME = \"kvm\", # c\n    # d\n    ARGUMENTS = \"-t 15 -r 0 kvm\",\n    TYPE = \"kvm\" ]\nVM_MAD = [ NAME = \"lxc\", TYPE = xml ]\n",
        "VM_RESTRICTED_ATTR = \"NIC/MAC\"\nVM_RESTRICTED_ATTR = \"NIC/VLAN_ID\"\nINHERIT_IMAGE_ATTR = \"X\"\nE = 1\nE = 2\n",
        "A=1\r\nB = \"two\\\" \\\\ words\"\r\nS=[A=1,B=2]\r\n",
        "A = \"x\ny\"\nS = [ A = \"x\ny\", B = ] ]",
        "\tE\t=\tx]y # c\n\n  s = [\n\n# c\nA = 1\n,B = 2\n# d\n\n]\n",
        "\u00e9\nA = \u00e9\n",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "=", "[", "]", ",", "#", "\"", "\\", "\\\"", "\\\\", " = ", " = [ ", " ]\n", ",\n    ", "# c\n", " # c", "\n", "\r\n", "A", "B", "E", "S", "e", "PORT",
        "NAME", "NAME = \"kvm\"", "NAME = j",
        "VM_MAD", "VM_MAD = [ ", "VM_RESTRICTED_ATTR = \"A\"\n", "\"x\"", "\"\"", "1", "x", "x]", "'", "\"a\nb\"", "A = 1\n", "B = 2, ", "S = [ A = 1 ]\n",
        "LONG_NAME", "\u00e9", "[2]", "/", ":",
    ];

    protected override ConfigFormat Format => ConfigFormat.Oned;

    protected override IReadOnlyList<ConfigPath> Names { get; } =
    [
        "E", "F", "NEW", "e", "E[2]", "A", "S", "S/A", "S/NEW", "T/A", "VM_MAD/\"kvm\"", "VM_MAD/\"kvm\"/NAME", "VM_MAD/j/NEW", "VM_MAD/new/NAME", "VM_MAD",
        "VM_RESTRICTED_ATTR",
        "VM_RESTRICTED_ATTR[2]", "", "a b", "S/A[2]", "VM_MAD/j/name", "t/A", ConfigPath.Create(1), ConfigPath.Create("S", 1),
    ];

    protected override IReadOnlyList<ConfigValue> Values { get; } =
        ["1", "x", "\"q\"", "\"a\nb\"", "x]", "x,y", "a b", "", 7, ConfigValue.Null, "\"k\"", "j", "[", "\r", "c\r", "\"\\\\\"", "\"NIC/MAC\"", true,
            ConfigValue.Array(1), "\u00e9", "\"", "#"];

    // The texts outside of the path stay, in their order; the new value is there.
    protected override void CheckIntent(ConfigDocument before, KeyValuePair<ConfigPath, ConfigValue>[] entries, ConfigChange change, ConfigDocument after)
    {
        ConfigPath path = change.Target;
        bool plain = path.Count > 0
            && path.All(e => e.Kind == ConfigValueKind.String && OnedGrammar.IsName(e.AsString()) && !e.AsString().Any(char.IsAsciiLetterLower));
        if (!plain || change.Multiple is not null || OnedSchema.IsKeyed(path[0].AsString())) return;
        string Others(IEnumerable<KeyValuePair<ConfigPath, ConfigValue>> all) =>
            string.Join('\n', all.Where(e => !e.Key.Equals(path) && !e.Key.Take(path.Count).SequenceEqual(path)).Select(e => $"{e.Key}={e.Value}"));
        OracleException.Check(Others(entries) == Others(after.Enumerate()), "values outside of the path stay", () => $"{path}");
        ConfigValue[] old = [.. entries.Where(e => e.Key.Equals(path)).Select(e => e.Value)];
        ConfigValue[] now = [.. after.Enumerate().Where(e => e.Key.Equals(path)).Select(e => e.Value)];
        bool repeated = OnedSchema.IsMultiple(path[0].AsString());
        if (change.Kind == ChangeKind.Remove)
        {
            OracleException.Check(now.Length < old.Length || old.Length == 0, "a removed value is gone", () => $"{path}");
            return;
        }

        // Setting a section to nothing is no change.
        if (change.Value is null or { IsNull: true } && entries.Any(e => e.Key.Count > path.Count && e.Key[0].Equals(path[0]))) return;
        string text = RubyText.Of(change.Value ?? ConfigValue.Null);
        if (old.Length > 1 || (repeated && change.Kind == ChangeKind.Insert)) OracleException.Check(now.Any(v => v.AsString() == text),
            "a written value is there", () => $"{path}");
        else OracleException.Check(now is [var one] && one.AsString() == text, "a written value is the only one", () => $"{path}: {now.Length}");
        if (old.Length == 1 && now.Length == 1)
            OracleException.Check(ChangesOnly(before.Source, after.Source, Bytes(old[0]), Bytes(now[0])),
                "a written value replaces the bytes of the old one and no others", () => $"{path}");
        if (old.Length == 0)
            OracleException.Check(Kept(before.Source, after.Source) >= before.Source.Length, "a new value leaves every byte", () => $"{path}");
    }

    protected override (string Expected, string Read) Data(ConfigEditor editor, ConfigDocument read) =>
        (((OnedEditor)editor).ToValue().ToJson(), read.ToValue().ToJson());

    private static int Bytes(ConfigValue value) => OneEdge.Text.SourceEncoding.GetBytes(value.AsString()).Length;
}

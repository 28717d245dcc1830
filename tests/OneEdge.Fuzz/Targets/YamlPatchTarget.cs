using OneEdge.Config;
using OneEdge.Text;

namespace OneEdge.Fuzz.Targets;

/// <summary>The YAML form of patches.</summary>
internal sealed class YamlPatchTarget : FuzzTarget
{
    public override string Name => "yaml-patch";

    public override IReadOnlyList<string> Seeds { get; } =
    [
        "---\npatches:\n  /etc/one/oned.conf:\n    class: Augeas::ONE\n    change:\n    - path: []\n      key: PORT\n      value: '2634'\n" +
        "      old: '2633'\n      state: set\n      extra: {}\n",
        "---\npatches:\n  /etc/one/cli/oneimage.yaml:\n    class: Yaml\n    change:\n    - path:\n      - :ID\n      key: :size\n      value: 7\n" +
        "      state: ins\n      extra:\n        hintings: true\n",
        "---\npatches:\n  /x:\n    class: Yaml::Strict\n    change:\n    - {path: [\":ID\", ':list'], key: , old: a, state: rm, extra: {index: 0}}\n" +
        "  /y:\n    class: Augeas::Shell\n    change:\n    - {path: [], key: A, value: x, old: y, state: set, extra: {export: true}}\n",
        "patches:\n  /t:\n    class: Simple\n    change:\n    - path: []\n      key:\n      value: |\n        --- old\n        +++ new\n" +
        "        @@ -1 +1 @@\n        -a\n        +x\n      state: set\n      extra: {multiple: false}\n",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "patches:", "class: ", "Augeas::ONE", "Augeas::Shell", "Yaml", "Yaml::Strict", "Simple", "change:", "- ", "path: []", "path: ", "key: ", "value: ",
        "old: ", "state: ", "set", "ins", "rm", "extra: {}", "extra: {index: 0}", "extra: {hintings: true}",
        "extra: {multiple: true}", "extra: {export: false}", "index: 99999999999", "\n", "  ", "[", "]", "{", "}", ",", "\"", "'", ":a", "~", "1", "1.5",
        "true", ".nan", "&a ", "*a", "!!str ", "|\n", "\u00e9", "---\n", "#", "? ", ": ",
    ];

    public override bool Execute(byte[] input, Chance chance)
    {
        ConfigPatch patch;
        try
        {
            patch = ConfigPatch.ParseYaml(SourceEncoding.GetString(input));
        }
        catch (ConfigPatchException e)
        {
            CheckDiagnostics(e.Diagnostics, input, accepted: false);
            return false;
        }

        PatchChecks.Check(patch);
        _ = patch.ToLines();
        return true;
    }
}

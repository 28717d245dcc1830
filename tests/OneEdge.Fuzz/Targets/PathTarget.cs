using OneEdge.Config;
using OneEdge.Text;

namespace OneEdge.Fuzz.Targets;

/// <summary>The text form of paths.</summary>
internal sealed class PathTarget : FuzzTarget
{
    private static readonly ConfigDocument[] Documents =
    [
        ConfigFormat.Oned.Parse("PORT = 1\nDB = [ BACKEND = \"sqlite\" ]\nVM_MAD = [ NAME = \"kvm\", A = 1 ]\nE = 1\nE = 2\n"),
            ConfigFormat.Shell.Parse("A=1\n"),
        ConfigFormat.Yaml.Parse(":USER:\n  :size: 5\n  l: [a, b]\n"), ConfigFormat.Text.Parse("x"),
    ];

    public override string Name => "path";

    public override IReadOnlyList<string> Seeds { get; } = ["PORT", "DB/BACKEND", "VM_MAD/\"kvm\"/ARGUMENTS", ":USER/:size", "/", "", "//a//b/", "A[2]", "l/0"];

    public override IReadOnlyList<string> Tokens { get; } = ["/", ":", ":a", "a", "\"kvm\"", "[2]", "[0]", "[", "]", "\"", "\\", " ", "PORT", "E", "VM_MAD",
        ":USER", ":size", "l", "0", "-1", "99999999999999999999", "\u00e9", "\0", "\n"];

    public override bool Execute(byte[] input, Chance chance)
    {
        string text = SourceEncoding.GetString(input);
        ConfigPath path = ConfigPath.Parse(text);
        string written = path.ToString();
        ConfigPath again = ConfigPath.Parse(written);
        OracleException.Check(again.Equals(path) && again.GetHashCode() == path.GetHashCode(), "a written path reads as the same", () => Show(written));
        OracleException.Check(again.ToString() == written, "the text of a path does not drift", () => Show(written));
        OracleException.Check(path.Count == 0 || path.Parent.Append(path.Last!).Equals(path), "a path is its parent and its last element", () => Show(written));
        foreach (ConfigDocument document in Documents)
        {
            _ = document.Find(path);
            _ = document.PositionOf(path);
        }

        return path.Count > 0;
    }
}

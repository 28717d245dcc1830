using OneEdge.Config;
using OneEdge.Text;

namespace OneEdge.Fuzz.Targets;

/// <summary>Change lines.</summary>
internal sealed class ChangeLinesTarget : FuzzTarget
{
    private const string Oned = "/etc/one/oned.conf";
    private const string Yaml = "/etc/one/cli/oneimage.yaml";
    private const string Shell = "/etc/one/hm/hmrc";

    public override string Name => "lines";

    public override IReadOnlyList<string> Seeds { get; } =
    [
        $"{Oned} set PORT 2633\n",
        $"# c\n\n{Oned} ins VM_MAD/\"kvm\"/TYPE \"\\\"x\\\"\"\r\n{Oned} set \"VM_MAD/\\\"a b\\\"/X\" 1\n",
        $"{Oned} rm VM_RESTRICTED_ATTR \"\\\"NIC/MAC\\\"\"\n{Oned} rm LOG\n{Oned} rm DB/BACKEND\n",
        $$"""{{Yaml}} set :ID/:size {":a":[":b",1,2.5e3,true,null,"\u00e9"]}""" + "\n" + $"{Yaml} ins :ID/:list \":x\"\n{Yaml} rm :ID/:list \"a\"\n{Yaml} set / {{\"a\":1}}\n",
        $"{Shell} set A \"\\\"x y\\\"\"\n{Shell} ins B 7\n{Shell} rm A[2]\n  \"set\" \"A\" 1\n",
        $"{Oned} SET //DB///BACKEND/ 1\n{Oned} set PORT\n",
        "/etc/one/vmm_exec/vmm_exec_kvm.conf set A 1\n/etc/one/auth/x509_auth.conf set :a 1\n",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        Oned + " ", Yaml + " ", Shell + " ", "/etc/one/onedd.conf ", "set ", "ins ", "rm ", "SET ", "PORT", "DB/BACKEND", ":ID/:size", ":ID",
            "VM_MAD/\"kvm\"/A", "\"VM_MAD/\\\"k\\\"/A\"", "/", "//", ":", "\"", "\\\"", "\\", "\\\\", " ", "\t", "\n", "\r\n", "#",
        "1", "-1", "1e9", "1.5", "0.1e-400", "9999999999999999999999", "true", "null", "\"x\"", "\"\\u00e9\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "[", "]",
        "{", "}", "[1,2]", "{\"a\":1}", "{\"a\":{\"b\":[]}}", "{\"a\":1,\"a\":2}", ",", "NaN", "\v", "\f", "\0", "\uFEFF", "A[2]", " 1\n",
        "\u00a0", "\u2028", "'x'", "\":s\"", "VM_RESTRICTED_ATTR",
    ];

    public override bool Execute(byte[] input, Chance chance)
    {
        string text = SourceEncoding.GetString(input);
        ConfigPatch patch;
        try
        {
            patch = chance.OneIn(4) ? ConfigPatch.Parse(text) : ConfigPatch.ParseLines(text);
        }
        catch (ConfigPatchException e)
        {
            CheckDiagnostics(e.Diagnostics, input, accepted: false);
            return false;
        }

        PatchChecks.Check(patch);
        string lines = patch.ToLines();
        ConfigPatch again = PatchChecks.Read(() => ConfigPatch.ParseLines(lines), lines);
        OracleException.Check(PatchChecks.Same(patch, again), "written lines keep what was read from lines",
            () => $"{Show(lines)}\n{Show(again.ToLines())}\n{patch.ToYaml()}\n{again.ToYaml()}");
        OracleException.Check(again.ToLines() == lines, "written lines do not drift", () => $"{Show(lines)}\n{Show(again.ToLines())}");
        return true;
    }
}

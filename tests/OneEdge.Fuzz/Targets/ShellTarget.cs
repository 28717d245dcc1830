using OneEdge.Config;
using OneEdge.Config.Formats;

namespace OneEdge.Fuzz.Targets;

/// <summary>Shell assignments.</summary>
internal sealed class ShellTarget : DocumentTarget
{
    public override string Name => "shell";

    public override IReadOnlyList<string> Seeds { get; } =
    [
        "A=1\n",
        "# c\nexport LIBVIRT_URI=qemu:///system\nexport QEMU_PROTOCOL=qemu+ssh # c\nMIGRATE_OPTIONS=\"--unsafe  x\"\n",
        "A=1\nB='two words'\nexport A B\nA=2 # again\n",
        "A=1; B=2; export C=3\nARR=( a \"b c\"\n  d )\n",
        "if [ -f /x ]; then\n  . /x\nelse\n  A=1\nfi\nB=$(date)\nC=`ls -l`\nD=$((1+2))\n",
        "f() {\n  A=1\n}\nwhile true; do\n  x && y || z;;\ndone\ncase $A in\n  a|b) A=1;;\n  *) B=2;;\nesac\n",
        "unset A\nsource /etc/x\nalias l='ls -l'\neval `x`\nreturn 1\nexit 2\nshift\nulimit -n 10\n",
        "A=1\r\nexport B=\"x\r\ny\"\r\n",
        "A=1\nA=2;;\nexport A[1]\n\nA[2]=3\n# caf\u00e9\nB=\u00e9",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "A", "B", "A=1", "B=", "=", ";", ";;", "\n", "\r\n", " ", "\t", "#", " # c\n", "export ", "export A\n", "unset A\n", "\"", "'", "`", "$(", ")", "(",
        "( a b )", "()", "{ ", "}\n", "if x; then\n", "fi\n",
        "elif y; then\n", "else\n", "while x; do\n", "done\n", "for i in 1 2; do\n", "case x in\n", "a) ", ";;\n", "esac\n", "[ -f x ]", "[[ x ]]", "&&", "||",
        "|", "\\", "\\\n", "\"x y\"", "'q'", "$A", "${B}", "$((1+2))", "`a`",
        "A[1]", "A[2]=", ".", "source x\n", "eval x", "function f() {\n", "\u00e9", "a#b", "-", "return 1\n", "alias x=y\n",
    ];

    protected override ConfigFormat Format => ConfigFormat.Shell;

    protected override IReadOnlyList<ConfigPath> Names { get; } =
        ["A", "B", "C", "NEW", "A[1]", "A[2]", "X-Y", "bad name", "unset", "export", "", "x/A", "\u00e9", "1", ConfigPath.Create(1),
            ConfigPath.Create(ConfigValue.Symbol("A"))];

    protected override IReadOnlyList<ConfigValue> Values { get; } =
    [
        "1", "x", "\"a b\"", "'q'", "", "$(ls)", "a#b", "\"x\ny\"", "x y", "a;b", "\"open", "(a b)", "()", "x\\", "\u00e9", "x\r", "`a`", "${B}", 7, true,
        false, ConfigValue.Null, "\"x\r\ny\"", "( a )", "#", "\\", ConfigValue.Symbol("s"), 1.5,
    ];

    protected override void CheckIntent(ConfigDocument before, KeyValuePair<ConfigPath, ConfigValue>[] entries, ConfigChange change, ConfigDocument after)
    {
        var old = (ShellDocument)before;
        var now = (ShellDocument)after;
        string name = change.Key!.AsString();
        if (name.EndsWith(']')) return;
        string Others(ShellDocument document) =>
            string.Join('\n', document.Variables.InOrder.Where(v => v.Name != name).Select(v => $"{v.IsExported} {v.Name}={v.Value}"));
        OracleException.Check(Others(old) == Others(now), "other variables stay", () => name);
        OracleException.Check(Statements(old) == Statements(now), "other statements stay", () => name);
        ShellVariable? variable = now.Variables.Find(name);
        if (change.Kind == ChangeKind.Remove)
        {
            OracleException.Check(variable is null, "a removed variable is gone", () => name);
            return;
        }

        if (change.Value is null || change is { Kind: ChangeKind.Set, Export: not null }) return;
        OracleException.Check(variable is not null
            && variable.Value == RubyText.Of(change.Value), "a written value is there", () => $"{name}={variable?.Value}");
        ShellVariable? first = old.Variables.Find(name);
        if (first is null && change.Export is null) OracleException.Check(after.Source.Span.StartsWith(before.Source.Span), "a new variable leaves every byte",
            () => name);
        if (first is not null && before.Diagnostics.Count == 0 && change.Kind == ChangeKind.Set)
            OracleException.Check(ChangesOnly(before.Source, after.Source, Bytes(first), Bytes(variable!)),
                "a written value replaces the bytes of the old one and no others", () => name);
    }

    protected override (string Expected, string Read) Data(ConfigEditor editor, ConfigDocument read) =>
        (Sorted(((ShellEditor)editor).Data()), Sorted(((ShellDocument)read).Variables.InOrder));

    private static string Sorted(IEnumerable<ShellVariable> variables) =>
        string.Join('\n', variables.OrderBy(v => v.Name, StringComparer.Ordinal).Select(v => $"{v.IsExported} {v.Name}={v.Value}"));

    private static string Statements(ShellDocument document) =>
        string.Join('\n', document.Statements.Where(s => s.Kind == ShellStatementKind.Other).Select(s => document.Source.GetString(s.Content).Trim()));

    private static int Bytes(ShellVariable variable) => OneEdge.Text.SourceEncoding.GetBytes(variable.Value).Length;
}

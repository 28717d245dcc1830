using System.Text;
using CsCheck;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Shell;

/// <summary>Texts that look like shell files, right and wrong ones.</summary>
internal static class ShellSnippets
{
    /// <summary>Whole lines of every kind.</summary>
    public static readonly string[] Lines =
    [
        "A=1", "export B=2", "  C=3", "\tD=\"x y\"   # tail", "E='q'", "F=", "export A B", "export  A", "unset A", "unset A  B ${!P*}", ". /etc/x",
        "source /etc/y",
        "source", ". a b", "A = 1", "A=1; B=2", "A=1 ; B=2;", "A=1;", "A=1;# c", "A=1 #", "A=1#c", "A=1 # c", "A= # c", "A=#c", "A=a#b", "A=\"a\"#b", "A=x y",
        "A=x y=z",
        "A=x B=y cmd", "A=x B=y", "A=x\\", "A=x\\ y", "A=\\", "A=a\\\"b", "A=\"a\\\"b\"", "A=\"a\\\\\"", "A=\"a", "b\"", "A='a", "b'", "A=`ls`", "A=`ls",
        "A=``ls``", "A=``l s``",
        "A=`a`b", "A=$(ls -l)", "A=$(ls $(x))", "A=$((1+2))", "A=$((1+(2)))", "A=$(a#b)", "A=${B:-c}", "A=$", "A=$(", "A=()", "A=( )", "A=(a b)",
        "A=( a \"b c\" )", "A=(a", "b)",
        "A=(a b", ")", "A[1]=x", "A[a,b]=x", "A[-]=x", "A[]=x", "-A=1", "A-B=1", "1A=2", "A.B=1", "export=1", "unset=1", "exportX=1", "export", "unset",
        "export A=1 B=2",
        "if=1", "fi=1", "# c", "#", " # ", "##x", "# a \r b", "#\r", "", " ", "\t", "echo a b", "echo a; echo b", "echo a && echo b", "echo a && A=1",
        "echo a || exit 1", "echo a | grep b",
        "echo a | A=1", "echo a &&", "&& b", "| c", "|| d", "echo a & ", "echo \"a", "echo a \\", "  b", "echo a > f", "echo a 2>&1", "./x y", "/bin/x",
        "$X y", "$X", "$X=1", "echo", "a:b", "[ -f x ] && . x",
        "[ -f x ]", "[[ a == b ]]", "[ a ] ]", "[ a ]]", "[a]", "[ ]", "[ a b ] || exit 1 && x y", "[[ a ] ]]", "[ -z \"$A\" ] # c", "eval \"$X\"", "eval a b",
        "eval", "alias x='y z'", "alias x=y z", "alias x",
        "exit 1", "exit", "exit 1 2 3", "shift", "shift;", "exitx", "return", "return 1", "return x", "return 12x", "ulimit -n 5", "exit 1 && x",
        "trap 'x' EXIT", "set -e", "true; false;;", "x && y;;", "x && y; ;",
        "if [ -f x ]; then", "if x", "then", "then A=1", "then #", "elif y; then", "else", "else B=1", "fi", "fi;", "fi # c", "fi A=1", "for i in a b; do",
        "for i", "do", "done", "while true; do", "until x && y; do",
        "select a in b; do", "done < f", "case $x in", "case \"x\" in", "case $x", "in", "a) x ;;", "a|b) A=1;;", "*) ;;", "c)", ";;", "a) x;;;", "a) x; ;;",
        "a);;", "esac", "esac # c", "foo() {", "foo () {", "foo(){",
        "function foo() {", "function foo {", "foo()", "{", "}", "} # c", "foo() { x; }", "foo() ( x; )", "foo() { # c", "{ x; }", "{ x }", "( x )",
        "function () {", "if () {", "if x; then y; fi", "if x && y || z w; then A=1; fi",
        "if ! x; then", "for x in a; do B=2; done; A=1", "foo() { x; } A=1", "a && { b; }", "A=\u00e9", "\u00e9=1", "A=1\f", "A=a&b", "A=a|b", "A=a(b)",
        "A=a;b", "A==", "=1", "=", "A+=1", "let x=1", "A=~/x", "A=*", "A={a,b}",
    ];

    private static readonly string[] RightLines = [.. Lines.Where(l => ConfigFormat.Shell.TryParse(SourceText.From(l + "\n"), out _, out _))];

    private static readonly string[] Parts =
    [
        "A", "B", "x", "1", "=", "=", "\"", "'", "`", "$", "$(", "(", ")", "((", "))", ";", ";;", "&&", "||", "|", "&", "#", " ", " ", " ", "\t", "\n", "\n",
        "\n", "\\", "\\\n", "export ", "unset ", ". ", "source ", "if ", "then ", "fi", "else ",
        "for ", "do ", "done", "while ", "case ", "in ", "esac", "{", "}", "[", "]", "[[", "]]", "[ a ]", "()", "f() {", "${!x*}", "a b", "\"c d\"", "A=1",
        "echo", "exit", "return ", "eval ", "alias ", "shift", "-", ".", "/", ",",
    ];

    /// <summary>A text of a few lines.</summary>
    public static Gen<string> OfLines { get; } = Gen.Frequency(
        (9, Gen.Int[0, RightLines.Length - 1].Select(i => RightLines[i])),
        (1, Gen.Int[0, Lines.Length - 1].Select(i => Lines[i]))).Array[1, 6].Select(lines => string.Join('\n', lines) + "\n");

    /// <summary>A text of a few parts.</summary>
    public static Gen<string> OfParts { get; } = Gen.Int[0, Parts.Length - 1].Select(i => Parts[i]).Array[1, 14].Select(parts => string.Concat(parts) + "\n");

    /// <summary>Blocks inside blocks, mostly right.</summary>
    public static Gen<string> OfBlocks { get; } = Gen.Int[0, int.MaxValue].Select(seed => Blocks(new Random(seed)));

    /// <summary>Any of the above.</summary>
    public static Gen<string> Any { get; } = Gen.Frequency((3, OfLines), (2, OfParts), (6, OfBlocks));

    /// <summary>The bytes as Latin-1, so that some are no UTF-8.</summary>
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static string Blocks(Random random)
    {
        var text = new StringBuilder();
        for (int i = random.Next(1, 5); i > 0; i--) text.Append(Entry(random, 0)).Append(Pick(random, "\n", "\n", ";\n", " # c\n", "; ", "\n\n# c\n", "\n#\n"));
        return text.Append('\n').ToString();
    }

    private static string Entry(Random random, int depth)
    {
        string Body() => string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => Entry(random, depth + 1) + End()));
        string End() => Pick(random, "\n", "\n", "\n  ", "; ", ";", " # c\n", "\n#c\n", random.Next(9) == 0 ? " " : "\n");
        string Head() => Pick(random, "x", "[ -f \"$x\" ]", "x && y", "a in b c", "! x || y z");
        string Space() => Pick(random, " ", "\n", "\n\n", "\t", random.Next(9) == 0 ? "" : " \n");
        string Choice() => $"{Space()}{Pick(random, "a", "a|b", "*", "\"x y\" | c")}{Space()}{Body()}{Space()};;\n";
        if (depth > 3) return Pick(random, "A=1", "x y", "export C=3");
        return random.Next(14) switch
        {
            0 => $"if {Head()};{Space()}then{Space()}{Body()}fi",
            1 => $"if {Head()}\nthen\n{Body()}elif {Head()}; then {Body()}else{Space()}{Body()}fi",
            2 => $"{Pick(random, "for", "while", "until", "select")} {Head()};{Space()}do{Space()}{Body()}done",
            3 => $"case {Pick(random, "$x", "\"$x\"", "'x'")} in\n{string.Concat(Enumerable.Range(0, random.Next(0, 3)).Select(_ => Choice()))}esac",
            4 => $"foo(){Space()}{{{Space()}{Body()}}}",
            5 => $"function bar () {Pick(random, "", "# c\n")}({Space()}{Body()})",
            6 => $"{{{Space()}{Body()}}}",
            7 => $"{Pick(random, "x", "x y", "A=1 x")}{Space()}{Pick(random, "&&", "||", "|")}{Space()}{Entry(random, depth + 1)}",
            8 => Pick(random, random.Next(9) == 0 ? Lines : RightLines),
            _ => Pick(random, "A=1", "B=\"x y\"", "export C=3", "export A B", "x y z", "[ a ] && b", "unset D", ". e", "F=(a b)", "A=2"),
        };
    }

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];
}

using System.Diagnostics;
using System.Text;
using CsCheck;
using OneEdge.Config.Formats;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Shell;

/// <summary>Laws over random and real shell files, and hostile input.</summary>
public sealed class ShellPropertyTests
{
    private static readonly string[] Values =
    [
        "1", "x", "\"a b\"", "'q'", "", "$(ls)", "a#b", "\"x\ny\"", "x y", "a;b", "\"open", "(a b)", "()", "x\\", "\u00e9", "x\r", "`a`", "${B}",
    ];
    private static readonly string[] Names = ["A", "B", "C", "D", "E", "F", "A[1]", "A[2]", "X", "A-B", "bad name", "unset", "export"];

    private static readonly Gen<ConfigChange> Change = Gen.Select(
        Gen.Int[0, 2], Pick(Names), Pick(Values), Gen.Int[0, 5], Gen.Bool,
        (kind, name, value, export, line) => new ConfigChange
        {
            Kind = (ChangeKind)kind,
            Key = name,
            Value = kind == 2 || export == 4 ? null : value,
            Old = kind == 2 ? null : value,
            Export = export > 1 ? null : export == 1,
            IsLine = line,
        });

    private static readonly Gen<byte[]> Document = Gen.Select(
        Gen.Frequency((3, ShellSnippets.OfLines), (2, ShellSnippets.OfBlocks)), Gen.Int[0, 7],
        (text, form) =>
            ShellSnippets.Bytes((form & 3) == 0 ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : (form & 4) == 0 ? text : text.TrimEnd('\n')));

    [Fact]
    public void Text_after_any_changes_reads_back_as_the_data_of_the_editor() => Gen.Select(Document, Change.Array[1, 8]).Sample(
        (bytes, changes) => Check(bytes, changes), iter: 20_000, threads: 1);

    [Fact]
    public void Stock_file_after_any_changes_reads_back_as_the_data_of_the_editor()
    {
        byte[][] files =
        [
            .. RealFiles.Stock().Where(f => Path.GetFileName(f.File) is "kvmrc" or "sshrc" or "datastore.conf" or "ceph.conf" or "vmm_execrc")
                .Select(f => File.ReadAllBytes(f.File)),
        ];
        string[] names = [.. files.SelectMany(f => ShellVectors.Document(f).Variables.InOrder.Select(v => v.Name)).Distinct()];
        Gen<ConfigChange> change = Gen.Select(Change, Pick(names), (c, name) => c with { Key = name });
        Gen.Select(Gen.Int[0, files.Length - 1], change.Array[1, 10]).Sample((file, changes) => Check(files[file], changes), iter: 1_000, threads: 1);
    }

    [Fact]
    public void Setting_a_value_and_setting_it_back_gives_the_same_bytes() => Gen.Select(Document, Pick(Values)).Sample(
        (bytes, value) =>
        {
            if (!TryRead(bytes, out ShellDocument? document) || document.Diagnostics.Count > 0) return;
            foreach (ShellVariable variable in document.Variables.InOrder)
            {
                ConfigApplyResult result = document.Apply(SetTo(variable.Name, value));
                if (result.Outcomes[0].Status == ChangeStatus.Failed) continue;
                Assert.Equal(bytes, result.Document.Apply(SetTo(variable.Name, variable.Value)).Text.Bytes.ToArray());
            }
        },
        iter: 5_000, threads: 1);

    [Fact]
    public void Inserting_and_removing_a_variable_gives_the_same_data_and_other_lines_stay() => Document.Sample(
        bytes =>
        {
            if (!TryRead(bytes, out ShellDocument? document) || document.Statements.Any(s => s.Names.Any(n => document.Source.GetString(n) == "NEW"))) return;
            ConfigDocument added = document.Apply(ConfigChange.Insert("NEW", "1")).Document;
            SourceText removed = added.Apply(ConfigChange.Remove("NEW")).Text;
            Assert.True(removed.Span.StartsWith(bytes));
            Assert.True(removed.Length - bytes.Length <= 2);
        },
        iter: 5_000, threads: 1);

    [Fact]
    public void Lines_without_the_variable_stay_through_any_change() => Gen.Select(Document, Change).Sample(
        (bytes, change) =>
        {
            if (!TryRead(bytes, out ShellDocument? document)) return;
            string name = change.Key!.AsString().Split('[')[0];
            bool[] touched = TouchedLines(document, name);
            string[] before = document.Source.ToString().Split('\n');
            string[] after = document.Apply(change).Text.ToString().Split('\n');
            int at = 0;
            for (int i = 0; i < before.Length; i++)
            {
                if (touched[i] || before[i].TrimEnd('\r').Length == 0) continue;
                at = Array.FindIndex(after, at, l => l.TrimEnd('\r') == before[i].TrimEnd('\r')) + 1;
                Assert.True(at > 0, $"line '{before[i]}' is gone");
            }
        },
        iter: 10_000, threads: 1);

    [Fact]
    public void Random_bytes_are_read_or_refused_and_never_altered() => Gen.Byte.Array[0, 60].Sample(
        bytes =>
        {
            if (TryRead(bytes, out ShellDocument? document)) Assert.Equal(bytes, document.Apply([]).Text.Bytes.ToArray());
        },
        iter: 50_000, threads: 1);

    [Fact]
    public void Difference_of_any_two_documents_applied_to_one_gives_the_data_of_the_other() => Gen.Select(Document, Document).Sample(
        (older, newer) =>
        {
            if (!TryRead(older, out ShellDocument? from) || !TryRead(newer, out ShellDocument? to)) return;
            ConfigApplyResult result = from.Apply(from.DiffTo(to).Changes);
            Assert.True(result.IsComplete);
            Assert.Equal(ShellVectors.Data(to), ShellVectors.Data(result.Document));
        },
        iter: 10_000,
        threads: 1,
        print: pair => $"{Encoding.Latin1.GetString(pair.Item1)}\n--- to\n{Encoding.Latin1.GetString(pair.Item2)}");

    [Theory]
    [InlineData("A=\"")]
    [InlineData("A='")]
    [InlineData("A=$(")]
    [InlineData("A=`")]
    [InlineData("A=(")]
    [InlineData("\"")]
    [InlineData("\"x")]
    [InlineData("if ")]
    [InlineData("{ ")]
    [InlineData("f() { ")]
    [InlineData("f() (\n")]
    [InlineData("if x; then\n")]
    [InlineData("case x in\na) ")]
    [InlineData("while x; do ")]
    [InlineData("x && ")]
    [InlineData("x && \n")]
    [InlineData("x | \\\n")]
    [InlineData("A=1 ")]
    [InlineData("[ x ")]
    [InlineData("# c\n")]
    [InlineData("\n")]
    [InlineData(" ")]
    [InlineData("#")]
    [InlineData(";")]
    [InlineData("A=1;")]
    [InlineData("A=1\n")]
    [InlineData("A")]
    [InlineData("x && y;;\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("\\")]
    [InlineData("export A\n")]
    public void Hostile_repetition_is_read_in_bounded_time(string part)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(new StringBuilder().Insert(0, part, 1_000_000 / part.Length).ToString());
        var clock = Stopwatch.StartNew();
        if (TryRead(bytes, out ShellDocument? document)) Assert.Equal(bytes.Length, document.Source.Length);
        HangLimit.AssertNotReached(clock);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_an_error_that_names_it()
    {
        string text = new StringBuilder().Insert(0, "if x; then\n", 100_000).ToString();
        Assert.False(ConfigFormat.Shell.TryParse(SourceText.From(text), out _, out IReadOnlyList<Diagnostic> diagnostics));
        Assert.Equal(ConfigErrorCodes.Limit, Assert.Single(diagnostics).Code);
        string nested = new StringBuilder().Insert(0, "{ ", 400).Append("A=1; ").Insert(805, "} ", 399).Append("}\n").ToString();
        Assert.True(ConfigFormat.Shell.TryParse(SourceText.From(nested), out _, out _));
    }

    private static Gen<T> Pick<T>(T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);

    private static ConfigChange SetTo(string name, string value) => new() { Kind = ChangeKind.Set, Key = name, Value = value, Old = value };

    private static bool TryRead(byte[] bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ShellDocument? document)
    {
        document = ConfigFormat.Shell.TryParse(SourceText.FromBytes(bytes), out ConfigDocument? read, out _) ? (ShellDocument)read : null;
        return document is not null;
    }

    private static void Check(byte[] bytes, ConfigChange[] changes)
    {
        if (!TryRead(bytes, out ShellDocument? document)) return;
        var editor = (ShellEditor)document.CreateEditor();
        editor.Complete([.. changes.Select(editor.Apply)]);
        SourceText text = editor.ToSource();
        string expected = string.Join(
            '\n', editor.Data().OrderBy(v => v.Name, StringComparer.Ordinal).Select(v => $"{(v.IsExported ? "export " : "")}{v.Name}={v.Value}"));
        Assert.Equal(expected, ShellVectors.Data(ConfigFormat.Shell.Parse(text)));
        Assert.Equal(Others(document), Others((ShellDocument)ConfigFormat.Shell.Parse(text)));
    }

    private static IEnumerable<string> Others(ShellDocument document) =>
        document.Statements.Where(s => s.Kind == ShellStatementKind.Other).Select(s => document.Source.GetString(s.Content).Trim());

    private static bool[] TouchedLines(ShellDocument document, string name)
    {
        bool[] touched = new bool[document.Source.ToString().Split('\n').Length];
        foreach (ShellStatement statement in document.Statements.Where(
            s => s.Name.Split('[')[0] == name || s.Names.Any(n => document.Source.GetString(n) == name)))
        {
            int end = document.Source.GetPosition(statement.Content.End).Line;
            for (int line = document.Source.GetPosition(statement.Start).Line; line <= end; line++) touched[line - 1] = true;
        }

        return touched;
    }
}

using System.Text;
using CsCheck;
using OneEdge.Config.Formats;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Oned;

public sealed class OnedLawTests
{
    private static readonly Gen<string> Blank = Pick("", "", " ", "  ", "\t");
    private static readonly Gen<string> Comment = Pick("#", "# c", "# A = 1, ]", "#\"", "# \u00e9");
    private static readonly Gen<string> Name = Pick("A", "B", "C", "LONG_NAME", "low");
    private static readonly Gen<string> Value = Pick("1", "x", "\"q\"", "\"\"", "\"a\nb\"", "\"\\\"\"", "x]", "'");
    private static readonly Gen<string> NewLine = Pick("\n", "\n", "\n", "\r\n");

    private static readonly Gen<string> Entry =
        from lead in Blank
        from name in Pick("E", "F", "e", "VM_RESTRICTED_ATTR", "INHERIT_IMAGE_ATTR")
        from gap in Blank
        from value in Value
        from rest in Gen.OneOf(Blank, Gen.Select(Blank, Comment, (b, c) => b + c))
        select $"{lead}{name}{gap}={gap}{value}{rest}";

    // Behind a comma: nothing, a blank or a new line, perhaps with comments.
    private static readonly Gen<string> Space = Gen.OneOf(Blank, Pick("\n", "\n  ", "\n\n  ", "\n    "));
    private static readonly Gen<string> Comments = Gen.Select(Comment, Blank, (c, b) => c + "\n" + b).Array[0, 2].Select(string.Concat);

    private static readonly Gen<string> Items =
        from items in Gen.Select(Name, Blank, Value, Blank, (n, g, v, b) => (n, g, v, b)).Array[1, 5]
        from gaps in Gen.Select(Space, Comments, string.Concat).Array[items.Length]
        from tail in Gen.OneOf(Space, Gen.Select(Space, Comment, (s, c) => s + c + "\n"), Gen.Select(Space, Comment, Comment, (s, c, d) => $"{s}{c}\n{d}\n"))
        select string.Concat(items.Select(
            (item, i) => $"{(i == 0 ? "" : "," + gaps[i])}{item.n}{item.g}={item.b}{item.v}{(i < items.Length - 1 ? item.b : "")}")) + tail;

    private static Gen<string> SectionOf(string name, string first) =>
        from lead in Blank
        from open in Space
        from comments in Comments
        from items in Items
        select $"{lead}{name} = [{open}{comments}{first}{items}]";

    private static readonly Gen<string> Document =
        from parts in Gen.OneOf(Entry, Entry, Blank, Gen.Select(Blank, Comment, string.Concat)).Array[0, 8]
        from plain in SectionOf("S", "")
        from keyed in Gen.Select(SectionOf("VM_MAD", "NAME = \"k\",\n "), SectionOf("VM_MAD", "NAME = j, "), (a, b) => new[] { a, b })
        from order in Gen.Shuffle(parts.Append(plain).Concat(keyed).ToArray())
        from newLine in NewLine
        from final in Gen.Bool
        select string.Join("\n", order).Replace("\n", newLine, StringComparison.Ordinal) + (final ? newLine : "");

    private static readonly Gen<string> Target = Pick(
        "E", "F", "G", "e", "g", "E[2]", "VM_RESTRICTED_ATTR", "INHERIT_IMAGE_ATTR", "S", "S/A", "S/B", "S/C", "S/LONG_NAME", "S/LOW", "S/NEW", "S/A[2]",
        "T/A", "t/A",
        "VM_MAD/\"k\"", "VM_MAD/\"k\"/NAME", "VM_MAD/\"k\"/A", "VM_MAD/\"k\"/B", "VM_MAD/\"k\"/NEW", "VM_MAD/j/C", "VM_MAD/j/NAME",
        "VM_MAD/j/name", "VM_MAD/new/NAME", "VM_MAD/new/X", "VM_MAD/A", "VM_MAD", "DB", "a b");

    private static readonly Gen<ConfigValue> NewValue = Pick<ConfigValue>(
        "1", "x", "\"q\"", "\"a\nb\"", "x]", "x,y", "a b", "", 7, ConfigValue.Null, "\"k\"", "j", "new", "[", "\r", "c\r");

    private static readonly Gen<ConfigChange> Change =
        from kind in Gen.Int[0, 2]
        from target in Target
        from value in NewValue
        from isLine in Gen.Bool
        from multiple in Pick<bool?>(null, null, true)
        select (kind switch
        {
            0 => ConfigChange.Insert(target, value),
            1 => ConfigChange.Set(target, value),
            _ => ConfigChange.Remove(target, isLine ? null : value),
        }) with
        { Multiple = multiple };

    [Fact]
    public void Reading_the_new_text_gives_the_data_of_the_editor() => Gen.Select(Document, Change.Array[0, 12]).Sample((text, changes) =>
    {
        if (!ConfigFormat.Oned.TryParse(SourceText.From(text), out ConfigDocument? document, out _)) return;
        AssertLaw((OnedDocument)document, changes);
    }, iter: 20_000);

    [Fact]
    public void Random_documents_are_mostly_in_the_grammar()
    {
        int parsed = 0;
        Document.Sample(text => { if (ConfigFormat.Oned.TryParse(SourceText.From(text), out _, out _)) Interlocked.Increment(ref parsed); }, iter: 1000);
        Assert.InRange(parsed, 300, 1000);
    }

    [Fact]
    public void Changes_to_real_files_keep_the_law()
    {
        ConfigDocument[] documents = [.. RealDocuments("oned.conf"), .. RealDocuments("monitord.conf")];
        Gen<ConfigChange> change =
            from document in Pick(documents)
            from index in Gen.Int[0, 10_000]
            from kind in Gen.Int[0, 2]
            from value in NewValue
            let paths = document.Enumerate().ToArray()
            let path = paths[index % paths.Length].Key
            select kind switch
            {
                0 => ConfigChange.Insert(path.Count > 1 ? path.Parent.Append("NEW") : path, value),
                1 => ConfigChange.Set(path, value),
                _ => ConfigChange.Remove(path),
            };
        Gen.Select(Pick(documents), change.Array[1, 30]).Sample((document, changes) => AssertLaw((OnedDocument)document, changes), iter: 300);
    }

    [Fact]
    public void Setting_a_value_changes_no_byte_outside_of_it()
    {
        foreach (ConfigDocument document in RealDocuments("oned.conf").Take(1))
        {
            foreach ((ConfigPath path, ConfigValue value) in document.Enumerate().Where(v => document.Find(v.Key)!.Kind == ConfigValueKind.String))
            {
                ConfigApplyResult there = document.Apply(ConfigChange.Set(path, "4711"));
                if (!there.IsComplete) continue;
                int change = Encoding.UTF8.GetByteCount(value.AsString()) - 4;
                Assert.Equal(document.Source.Length - change, there.Text.Length);
                Assert.Equal(
                    document.Source.Bytes, path[^1].Equals("NAME") ? document.Source.Bytes : there.Document.Apply(ConfigChange.Set(path, value)).Text.Bytes);
            }
        }
    }

    [Fact]
    public void Inserting_and_removing_again_gives_the_old_bytes()
    {
        foreach (ConfigDocument document in RealDocuments("oned.conf"))
        {
            ConfigPath[] paths = ["NEW", "NEW/X", "DB/NEW", "LOG/NEW", "VM_MAD/\"kvm\"/NEW", "TM_MAD_CONF/\"ceph\"/NEW", "VM_MAD/\"new\"/NAME"];
            foreach (ConfigPath path in paths)
            {
                ConfigDocument inserted = document.Apply(ConfigChange.Insert(path, "1")).Document;
                ConfigPath removal = path.Count > 1 && path[^1].Equals("X") ? path.Parent : path.Last!.Equals("NAME") ? "VM_MAD/1" : path;
                Assert.Equal(document.ToString(), inserted.Apply(ConfigChange.Remove(removal)).Document.ToString());
            }
        }
    }

    [Fact]
    public void Difference_of_two_real_files_turns_one_into_the_other()
    {
        foreach (string name in (string[])["oned.conf", "monitord.conf", "sched.conf", "vmm_exec_kvm.conf"])
        {
            ConfigDocument[] documents = [.. RealDocuments(name)];
            foreach (ConfigDocument old in documents)
            {
                foreach (ConfigDocument @new in documents)
                {
                    ConfigDiff diff = old.DiffTo(@new);
                    ConfigApplyResult result = old.Apply(diff.Changes);
                    Assert.True(result.IsComplete);
                    Assert.True(result.Document.DiffTo(@new).IsEmpty, name);

                    // A line cannot say that a name outside of the list of multiple attributes repeats (USER_ENCRYPTED_ATTR).
                    if (diff.Changes.Any(c => c.Multiple == true && !OnedSchema.IsMultipleName(c))) continue;
                    ConfigDocument byLine = old.Apply(OnedCase.ReadLines(string.Join('\n', diff.Changes.Select(c => "/f " + c)))!).Document;
                    Assert.True(byLine.DiffTo(@new).IsEmpty, name);
                }
            }
        }
    }

    [Fact]
    public void Random_documents_differ_by_changes_that_lead_from_one_to_the_other() => Gen.Select(Document, Document).Sample((a, b) =>
    {
        if (!ConfigFormat.Oned.TryParse(SourceText.From(a), out ConfigDocument? old, out _)
            || !ConfigFormat.Oned.TryParse(SourceText.From(b), out ConfigDocument? @new, out _))
            return;
        if (RepeatsAValue(old.ToValue()) || RepeatsAValue(@new.ToValue())) return;
        ConfigApplyResult result = old.Apply(old.DiffTo(@new).Changes);
        if (!result.IsComplete || !result.Document.DiffTo(@new).IsEmpty) throw new InvalidOperationException($"{a}\n=====\n{b}\n=====\n{result.Text}");
    }, iter: 5_000);

    [Fact]
    public void Any_bytes_are_read_or_refused_and_come_back() =>
        Pick("A", "=", "[", "]", "\"", "\\", "#", "\n", "\r", " ", ",", "1", "NAME", "VM_MAD", "\0", "\uFEFF", "\uDCE9").Array[0, 40].Select(string.Concat)
            .Sample(text =>
    {
        SourceText source = SourceText.From(text);
        bool read = ConfigFormat.Oned.TryParse(source, out ConfigDocument? document, out IReadOnlyList<Diagnostic> diagnostics);
        if (read == diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error)) throw new InvalidOperationException("errors and a document");
        if (document is not null && !ReferenceEquals(document.Source, source)) throw new InvalidOperationException("not the source");
    }, iter: 20_000);

    // Changes see a repeated attribute as a set, as in the original.
    private static bool RepeatsAValue(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Array => value.Items.Distinct().Count() < value.Items.Count,
        ConfigValueKind.Map => value.Members.Any(m => RepeatsAValue(m.Value)),
        _ => false,
    };

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static void AssertLaw(OnedDocument document, IReadOnlyList<ConfigChange> changes)
    {
        var editor = new OnedEditor(document);
        List<ChangeOutcome> outcomes = [.. changes.Select(editor.Apply)];
        IReadOnlyList<ChangeOutcome> completed = editor.Complete(outcomes);
        SourceText text = editor.ToSource();
        string trace = $"{document}\n=====\n{string.Join('\n', completed.Select(o => $"{o.Status} {o.Change} {o.Reason}"))}\n=====\n{text}";
        if (!ConfigFormat.Oned.TryParse(text, out ConfigDocument? read, out IReadOnlyList<Diagnostic> diagnostics))
            throw new InvalidOperationException($"{diagnostics[0]}\n{trace}");
        if (!read.ToValue().Equals(editor.ToValue())) throw new InvalidOperationException($"{read.ToValue().ToJson()}\n{editor.ToValue().ToJson()}\n{trace}");
        if (completed.All(o => o.Status != ChangeStatus.Applied) && !ReferenceEquals(text, document.Source))
            throw new InvalidOperationException("changed\n" + trace);
    }

    private static IEnumerable<ConfigDocument> RealDocuments(string name) => RealFiles.Stock().Where(f => Path.GetFileName(f.Name) == name)
        .Select(f => ConfigFormat.Oned.Parse(SourceText.FromBytes(File.ReadAllBytes(f.File), name)));
}

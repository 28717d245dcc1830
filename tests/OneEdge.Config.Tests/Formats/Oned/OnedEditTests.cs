using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Oned;

public sealed class OnedEditTests
{
    private const string Section = "S = [\n  # in\n  A     = 1,\n  B     = \"two\" ,\n  # before c\n  C = 3\n  # tail\n]\n";

    [Theory]
    [InlineData("A = 1\n", "set A 2", "A = 2\n")]
    [InlineData("A   =   1   # c\n", "set A 2", "A   =   2   # c\n")]
    [InlineData("a = 1\nB = 2\n", "set A 9", "a = 9\nB = 2\n")]
    [InlineData("A = 1", "ins B 2", "A = 1\nB = 2")]
    [InlineData("", "ins B 2", "B = 2\n")]
    [InlineData("A = 1\r\n", "ins S/B 2", "A = 1\r\nS = [\r\n    B = 2\r\n]\r\n")]
    [InlineData("\uFEFFA = 1\nB = 2\n", "rm A", "\uFEFFB = 2\n")]
    [InlineData("# a\nA = 1 # c\n# b\nB = 2\n", "rm A", "# a\n# b\nB = 2\n")]
    [InlineData("A = 1\nB = 2", "rm B", "A = 1\n")]
    [InlineData("D = 1\nE = 0\nD = 2\nD=3\n", "set D 9", "D = 9\nE = 0\n")]
    [InlineData("VM_RESTRICTED_ATTR = a\nX = 1\n", "ins VM_RESTRICTED_ATTR \"b\"", "VM_RESTRICTED_ATTR = a\nX = 1\nVM_RESTRICTED_ATTR = b\n")]
    [InlineData("M = a\nM = b\n", "set M[2] \"c\"", "M = a\nM = c\n")]
    [InlineData(
        "DB = [ BACKEND = \"sqlite\",\n       TIMEOUT = 2500 ]\n", "ins DB/NEW 1", "DB = [ BACKEND = \"sqlite\",\n       TIMEOUT = 2500,\n       NEW = 1 ]\n")]
    [InlineData("DB = [ BACKEND = \"sqlite\",\n       TIMEOUT = 2500 ]\n", "rm DB/BACKEND", "DB = [ TIMEOUT = 2500 ]\n")]
    [InlineData("DB = [ BACKEND = \"sqlite\",\n       TIMEOUT = 2500 ]\n", "rm DB/TIMEOUT", "DB = [ BACKEND = \"sqlite\" ]\n")]
    [InlineData("T = [ X = 1, Y = 2 ]\n", "ins T/Z 3", "T = [ X = 1, Y = 2, Z = 3 ]\n")]
    [InlineData("T = [ X = 1, Y = 2 ]\n", "rm T/X", "T = [ Y = 2 ]\n")]
    [InlineData("T = [ X = 1, Y = 2, Z = 3 ]\n", "rm T/Y", "T = [ X = 1, Z = 3 ]\n")]
    [InlineData("T = [\n  NAME   = 1,\n  LONGER = 2\n]\n", "ins T/X 3", "T = [\n  NAME   = 1,\n  LONGER = 2,\n  X      = 3\n]\n")]
    [InlineData("T = [\n  A=1\n]\n", "ins T/LONG 3", "T = [\n  A=1,\n  LONG=3\n]\n")]
    [InlineData("T = [\n  A = 1, # a\n  B = 2 # b\n]\n", "ins T/C 3", "T = [\n  A = 1, # a\n  B = 2, # b\n  C = 3\n]\n")]
    [InlineData("T = [\n  A = 1, # a\n  B = 2 # b\n]\n", "rm T/B", "T = [\n  A = 1 # a\n]\n")]
    [InlineData("T = [\n  A = 1, # a\n  B = 2 # b\n]\n", "rm T/A", "T = [\n  B = 2 # b\n]\n")]
    [InlineData("T = [\n  # c\n  A = 1,\n\n  B = 2\n]\n", "rm T/A", "T = [\n  # c\n  B = 2\n]\n")]
    [InlineData("VM_MAD = [ NAME = \"a\" ]\n\nVM_MAD = [ NAME = \"b\" ]\n", "rm VM_MAD/\"a\"", "\nVM_MAD = [ NAME = \"b\" ]\n")]
    [InlineData("VM_MAD = [ NAME = \"a\" ]\n", "ins VM_MAD/\"b\"/NAME \"\\\"b\\\"\"", "VM_MAD = [ NAME = \"a\" ]\nVM_MAD = [\n    NAME = \"b\"\n]\n")]
    [InlineData(Section, "ins S/D 4", "S = [\n  # in\n  A     = 1,\n  B     = \"two\" ,\n  # before c\n  C = 3,\n  D = 4\n  # tail\n]\n")]
    [InlineData(Section, "rm S/A", "S = [\n  # in\n  B     = \"two\" ,\n  # before c\n  C = 3\n  # tail\n]\n")]
    [InlineData(Section, "rm S/B", "S = [\n  # in\n  A     = 1,\n  # before c\n  C = 3\n  # tail\n]\n")]
    [InlineData(Section, "rm S/C", "S = [\n  # in\n  A     = 1,\n  B     = \"two\"\n  # before c\n# tail\n]\n")]
    public void Change_touches_nothing_but_its_item(string before, string line, string after)
    {
        ConfigApplyResult result = Apply(before, line);
        Assert.True(result.IsComplete, result.Outcomes[0].Reason);
        Assert.Equal(after, result.Text.ToString());
    }

    [Theory]
    [InlineData("P = 2633\n", "set P 2633", ChangeStatus.Applied, true)]
    [InlineData("P = 2633\n", "set P \"2633\"", ChangeStatus.Applied, false)]
    [InlineData("P = 2633\n", "ins P 2633", ChangeStatus.Applied, true)]
    [InlineData("P = 2633\n", "ins P \"2633\"", ChangeStatus.NotApplied, false)]
    [InlineData("P = 2633\n", "rm Q", ChangeStatus.NotApplied, false)]
    [InlineData("P = 2633\n", "rm P 1", ChangeStatus.Applied, false)]
    [InlineData("D = 1\nD = 2\n", "ins D \"2\"", ChangeStatus.NotApplied, false)]
    [InlineData("D = 1\nD = 2\n", "ins D \"3\"", ChangeStatus.Applied, true)]
    [InlineData("INHERIT_IMAGE_ATTR = a\n", "rm INHERIT_IMAGE_ATTR", ChangeStatus.NotApplied, false)]
    [InlineData("INHERIT_IMAGE_ATTR = a\n", "rm INHERIT_IMAGE_ATTR \"b\"", ChangeStatus.NotApplied, false)]
    [InlineData("INHERIT_IMAGE_ATTR = a\n", "rm INHERIT_IMAGE_ATTR \"a\"", ChangeStatus.Applied, false)]
    [InlineData("DB = [ A = 1 ]\n", "ins DB", ChangeStatus.NotApplied, false)]
    [InlineData("A = 1\n", "rm A/B", ChangeStatus.NotApplied, false)]
    [InlineData("A = 1\n", "rm B-C", ChangeStatus.NotApplied, false)]
    public void Change_is_reported_as_the_original_reports_it(string before, string line, ChangeStatus status, bool replaced)
    {
        ChangeOutcome outcome = Apply(before, line).Outcomes[0];
        Assert.Equal((status, replaced), (outcome.Status, outcome.Replaced));
        Assert.Equal(status == ChangeStatus.Applied, outcome.Reason is null);
    }

    [Theory]
    [InlineData("A = 1\n", "set A/B/C/D 1", "Diff path can not have more than 2 components (got 3)")]
    [InlineData("A = 1\n", "set A/B/C 1", "Unknown index key name for section A")]
    [InlineData("A = 1\n", "set VM_MAD/\"x\"/T 1", "Patch path 'VM_MAD/\"x\"' not found")]
    [InlineData("A = 1\n", "rm VM_MAD/\"x\" 1", "Patch path 'VM_MAD/\"x\"' not found")]
    [InlineData("A = 1\n", "set / 1", "path is empty")]
    [InlineData("A = 1\n", "set * 1", "not a name")]
    [InlineData("A = 1\n", "set A[ 1", "not a name")]
    [InlineData("A = 1\n", "set A[3] 1", "There is no A[3]")]
    [InlineData("A = 1\n", "ins A-B 1", "not a name")]
    [InlineData("A = 1\n", "set A", "empty value")]
    [InlineData("A = 1\n", "set A \"x y\"", "a blank")]
    [InlineData("A = 1\n", "set A \"x#y\"", "'#'")]
    [InlineData("A = 1\n", "set A [1]", "'['")]
    [InlineData("A = 1\n", "set A \"\\\"x\"", "closing quote")]
    [InlineData("A = 1\n", "set A \"\\\"x\\\\y\\\"\"", "backslash")]
    [InlineData("S = [ A = 1 ]\n", "set S/A \"x,y\"", "','")]
    [InlineData("S = [ A = 1 ]\n", "set S 5", "is a section")]
    [InlineData("A = 1\n", "ins A/B 2", "is a value")]
    [InlineData("A = 1\n", "ins a/B 2", "A is a value")]
    [InlineData("S = [ A = 1 ]\n", "ins s 2", "S is a section")]
    [InlineData("S = [ A = 1 ]\n", "ins s/B 2", "There is a section S already")]
    [InlineData("S = [ A = 1 ]\n", "rm S/A", "without items")]
    [InlineData("VM_MAD = [ NAME = a, X = 1 ]\n", "rm VM_MAD/a/NAME", "without its NAME")]
    [InlineData("VM_MAD = [ NAME = a, X = 1 ]\n", "ins VM_MAD/a/name \"b\"", "2 NAMEs")]
    [InlineData("VM_MAD = [ NAME = a ]\nVM_MAD = [ NAME = b ]\n", "set VM_MAD/a/NAME \"b\"", "two sections VM_MAD with the NAME b")]
    [InlineData("VM_MAD = [ NAME = a ]\nVM_MAD = [ NAME = b ]\n", "ins VM_MAD/X 1", "several sections")]
    [InlineData("A = 1\n", "ins VM_MAD/X 1", "without its NAME")]
    public void Change_that_cannot_be_made_says_why_and_has_no_effect(string before, string line, string reason)
    {
        ConfigApplyResult result = Apply(before, line);
        Assert.Equal(ChangeStatus.Failed, result.Outcomes[0].Status);
        Assert.Contains(reason, result.Outcomes[0].Explanation, StringComparison.Ordinal);
        Assert.Same(result.Text, result.Document.Source);
        Assert.Equal(before, result.Text.ToString());
    }

    [Fact]
    public void Batch_may_pass_through_states_that_could_not_be_read()
    {
        ConfigDocument document = ConfigFormat.Oned.Parse("S = [ A = 1 ]\nVM_MAD = [\n  NAME = a,\n  X = 1\n]\nD = 1\n");
        ConfigApplyResult result = document.Apply(OnedCase.ReadLines(string.Join('\n',
            "/f rm S/A", "/f ins S/B 2", "/f rm VM_MAD[1]/NAME", "/f ins VM_MAD[1]/NAME \"b\"", "/f rm D", "/f ins D/X 1"))!);
        Assert.True(result.IsComplete);
        Assert.Equal("""{"S":{"B":"2"},"VM_MAD":{"b":{"X":"1","NAME":"b"}},"D":{"X":"1"}}""", result.Document.ToValue().ToJson());
    }

    [Fact]
    public void Refused_change_leaves_the_other_changes_of_its_batch_in_place()
    {
        ConfigDocument document = ConfigFormat.Oned.Parse("S = [ A = 1 ]\nP = 1\n");
        ConfigApplyResult result = document.Apply(OnedCase.ReadLines("/f set P 2\n/f set S/A 5\n/f rm S/A\n/f ins Q 3")!);
        Assert.Equal([ChangeStatus.Applied, ChangeStatus.Applied, ChangeStatus.Failed, ChangeStatus.Applied], result.Outcomes.Select(o => o.Status));
        Assert.Equal("S = [ A = 5 ]\nP = 2\nQ = 3\n", result.Text.ToString());
    }

    [Fact]
    public void Lines_of_a_difference_name_the_values_and_sections_that_they_remove()
    {
        ConfigDocument old = ConfigFormat.Oned.Parse("VM_RESTRICTED_ATTR = a\nVM_RESTRICTED_ATTR = b\nVM_MAD = [ NAME = \"x\" ]\nVM_MAD = [ NAME = \"y\" ]\n");
        ConfigDocument @new = ConfigFormat.Oned.Parse("VM_RESTRICTED_ATTR = b\nVM_MAD = [ NAME = \"y\" ]\n");
        string[] lines = [.. old.DiffTo(@new).Changes.Select(c => "/f " + c)];
        Assert.Equal(["/f rm  VM_RESTRICTED_ATTR \"a\"", "/f rm  \"VM_MAD/\\\"x\\\"\""], lines);
        Assert.Equal(@new.ToValue(), old.Apply(OnedCase.ReadLines(string.Join('\n', lines))!).Document.ToValue());
    }

    [Theory]
    [InlineData("PORT = 1\n", "PORT = 2\n", "set PORT \"\"", "set PORT 2")]
    [InlineData("PORT = 1\n", "PORT = 1\n", "ins A-B 1", "rm A-B")]
    [InlineData("PORT = 1\n", "PORT = 1\n", "ins PORT/X 1", "rm PORT/X")]
    [InlineData("DB = [ A = 1 ]\n", "DB = 2\n", "rm DB", "ins DB 2")]
    [InlineData("DB = 2\n", "DB = [\n    A = 1\n]\n", "ins DB/A \"1\"", "rm DB", "ins DB/A 1")]
    public void Only_the_end_of_a_batch_has_to_be_writable(string before, string after, params string[] lines)
    {
        ConfigApplyResult result = Apply(before, lines);
        Assert.True(result.IsComplete, string.Join('\n', result.Outcomes.Select(o => o.Explanation)));
        Assert.Equal(after, result.Text.ToString());
    }

    [Fact]
    public void Refused_secret_is_not_shown()
    {
        ChangeOutcome outcome = Apply("DB = [ PASSWD = \"x\" ]\n", "set DB/PASSWD \"open sesame\"").Outcomes[0];
        Assert.Equal(ChangeStatus.Failed, outcome.Status);
        Assert.DoesNotContain("sesame", outcome.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Change_that_cannot_be_carried_out_is_told_before_one_that_cannot_be_written()
    {
        ConfigPatch patch = ConfigPatch.ParseLines("/etc/one/oned.conf set PORT \"a b\"\n/etc/one/oned.conf set VM_MAD/\"none\"/X 1\n");
        FilePlan plan = PatchPlanner.Plan(patch.Files[0], SourceText.From("PORT = 1\n"), ConfigLimits.Default);
        Assert.All(plan.Outcomes, o => Assert.Equal(ChangeStatus.Failed, o.Status));
        Assert.Same(plan.Outcomes[1], plan.FirstFailure);
        Assert.False(plan.IsChanged);
    }

    private static ConfigApplyResult Apply(string before, params string[] lines) =>
        ConfigFormat.Oned.Parse(before).Apply(OnedCase.ReadLines(string.Join('\n', lines.Select(l => "/f " + l)))!);
}

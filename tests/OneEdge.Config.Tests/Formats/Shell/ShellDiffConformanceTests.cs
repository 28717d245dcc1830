using System.Text.Json;
using OneEdge.Config.Formats;
using OneEdge.Testing;

namespace OneEdge.Config.Tests.Formats.Shell;

/// <summary>Recorded comparisons of shell files.</summary>
public sealed class ShellDiffConformanceTests
{
    [Fact]
    public void Comparisons_give_the_recorded_changes_and_warnings()
    {
        int equal = 0, better = 0;
        List<string> wrong = [];
        foreach (JsonElement recorded in ShellVectors.Cases("diff"))
        {
            ConfigDiff diff = Diff(recorded, out _, out ShellDocument newer);
            JsonElement expect = recorded.GetProperty("expect");
            if (expect.TryGetProperty("error", out _))
            {
                better++;
                continue;
            }

            JsonElement yaml = expect.GetProperty("yaml");
            string text = yaml.TryGetProperty("text", out JsonElement inline)
                ? inline.GetString()!
                : System.Text.Encoding.UTF8.GetString(ShellVectors.File(yaml.GetProperty("file_hash").GetString()!));
            string[] warnings = [.. expect.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!)];
            string[] own = [.. diff.Warnings.Select(w => $"WARN  : File {Path.GetFileName(newer.Source.Name)}: {w.Message}").Distinct()];
            ConfigChange[] changes = [.. ShellVectors.YamlChanges(text)];
            if (HasWideLineEnds(recorded))
                changes = [.. changes.Select(WithoutCarriageReturn).Where(c => c.Kind != ChangeKind.Set || !Equals(c.Value, c.Old) || c.Export is not null)];
            if (!changes.SequenceEqual(diff.Changes)) wrong.Add($"{recorded.GetProperty("id")}: {string.Join(" / ", diff.Changes)} instead of {text}");
            else if (!own.SequenceEqual(warnings))
                wrong.Add($"{recorded.GetProperty("id")}: {string.Join(" / ", own)} instead of {string.Join(" / ", warnings)}");
            else equal++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{equal} equal, {better} where the original fails");
        Assert.Empty(wrong);
        Assert.True(equal > 0);
    }

    [Fact]
    public void Changes_of_a_recorded_comparison_applied_to_the_old_file_give_the_data_of_the_new_one()
    {
        foreach (JsonElement recorded in ShellVectors.Cases("diff"))
        {
            ConfigDiff diff = Diff(recorded, out ShellDocument older, out ShellDocument newer);
            ConfigApplyResult result = older.Apply(diff.Changes);
            Assert.True(result.IsComplete);
            Assert.Equal(ShellVectors.Data(newer), ShellVectors.Data(result.Document));
        }
    }

    [Fact]
    public void Changes_between_stock_files_of_any_two_releases_applied_to_one_give_the_data_of_the_other()
    {
        var files = RealFiles.Stock().Where(f => IsShell(f.File)).GroupBy(f => Path.GetFileName(f.Name)).ToList();
        Assert.NotEmpty(files);
        foreach ((byte[] older, byte[] newer) in files.SelectMany(
            g => g.SelectMany(a => g.Select(b => (System.IO.File.ReadAllBytes(a.File), System.IO.File.ReadAllBytes(b.File))))))
        {
            ShellDocument from = ShellVectors.Document(older), to = ShellVectors.Document(newer);
            ConfigApplyResult result = from.Apply(from.DiffTo(to).Changes);
            Assert.Equal(ShellVectors.Data(to), ShellVectors.Data(result.Document));
            Assert.True(result.Document.DiffTo(to).IsEmpty);
        }
    }

    // The deviation: a carriage return before a line feed is no part of the value.
    private static bool HasWideLineEnds(JsonElement recorded) => recorded.GetProperty("inputs").EnumerateArray()
        .Any(i => ShellVectors.File(i.GetProperty("file_hash").GetString()!).AsSpan().IndexOf("\r\n"u8) >= 0);

    private static ConfigChange WithoutCarriageReturn(ConfigChange change) =>
        change with { Value = WithoutCarriageReturn(change.Value), Old = WithoutCarriageReturn(change.Old) };

    private static ConfigValue? WithoutCarriageReturn(ConfigValue? value) => value is { Kind: ConfigValueKind.String } ? value.AsString().TrimEnd('\r') : value;

    private static bool IsShell(string file) => Path.GetFileName(file) is "kvmrc" or "sshrc" or "tmrc" or "hmrc" or "defaultrc" or "guacd"
        or "datastore.conf" or "ceph.conf" or "fs.conf" or "http.conf" or "fs_lvm.conf" or "vmm_execrc";

    private static ConfigDiff Diff(JsonElement recorded, out ShellDocument older, out ShellDocument newer)
    {
        ShellDocument[] documents = [.. recorded.GetProperty("inputs").EnumerateArray()
            .Select(i => ShellVectors.Document(ShellVectors.File(i.GetProperty("file_hash").GetString()!), i.GetProperty("path").GetString()))];
        (older, newer) = (documents[0], documents[1]);
        return older.DiffTo(newer);
    }
}

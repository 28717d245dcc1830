using OneEdge.Config;
using OneEdge.Config.Formats;

namespace OneEdge.Fuzz.Targets;

/// <summary>What holds for every patch that was read.</summary>
internal static class PatchChecks
{
    private static readonly Dictionary<ConfigFormat, ConfigDocument> Samples = new()
    {
        [ConfigFormat.Oned] = ConfigFormat.Oned.Parse("PORT = 1\nDB = [ BACKEND = \"sqlite\" ]\nVM_MAD = [ NAME = \"kvm\", A = 1 ]\n" +
        "VM_RESTRICTED_ATTR = \"A\"\n"),
        [ConfigFormat.Shell] = ConfigFormat.Shell.Parse("A=1\nexport B=\"x\"\nA=2\n"),
        [ConfigFormat.Yaml] = ConfigFormat.Yaml.Parse(":ID:\n  :size: 5\n  :list: [a, b]\nb: c\n"),
        [ConfigFormat.YamlStrict] = ConfigFormat.YamlStrict.Parse(":ID:\n  :size: 5\n  :list: [a, b]\nb: c\n"),
        [ConfigFormat.Text] = ConfigFormat.Text.Parse("a\nb\nc\n"),
    };

    /// <summary>The YAML form keeps everything and does not drift; applying throws nothing and leaves texts that can be read.</summary>
    public static void Check(ConfigPatch patch)
    {
        CheckOutcomes(patch);

        // YAML has no form for a symbol with bytes that are not UTF-8, and nothing such a change could apply to.
        if (patch.Files.SelectMany(f => f.Changes).SelectMany(c => c.Target).Any(e => e.Kind == ConfigValueKind.Symbol
            && YamlScalarText.HasCarrier(e.AsString()))) return;
        string yaml = patch.ToYaml();
        ConfigPatch again = Read(() => ConfigPatch.ParseYaml(yaml), yaml);
        OracleException.Check(Same(patch, again), "the YAML form keeps every change", () => $"{patch.ToText()}\n{yaml}\n{again.ToText()}");
        OracleException.Check(again.ToYaml() == yaml, "the YAML form does not drift", () => $"{yaml}\n{again.ToYaml()}");
    }

    private static void CheckOutcomes(ConfigPatch patch)
    {
        foreach (FilePatch file in patch.Files)
        {
            ConfigApplyResult result = Samples[file.Format].Apply(file.Changes);
            bool readable = file.Format.TryParse(result.Text, out _, out IReadOnlyList<Diagnostic> diagnostics);
            OracleException.Check(readable, "an edited text can be read", () => $"{FuzzTarget.Show(result.Text.Span)}\n{string.Join('\n', diagnostics)}");
            OracleException.Check(result.Outcomes.Count == file.Changes.Count, "every change has an outcome", () => file.File);
            foreach (ChangeOutcome outcome in result.Outcomes) _ = outcome.ToReportLine();
        }
    }

    public static bool Same(ConfigPatch left, ConfigPatch right) =>
        left.Files.Select(f => (f.File, f.Format)).SequenceEqual(right.Files.Select(f => (f.File, f.Format)))
        && left.Files.SelectMany(f => f.Changes).SequenceEqual(right.Files.SelectMany(f => f.Changes));

    /// <summary>Reads what was written by the library itself.</summary>
    public static ConfigPatch Read(Func<ConfigPatch> read, string text)
    {
        try
        {
            return read();
        }
        catch (ConfigPatchException e)
        {
            throw new OracleException("a written patch can be read", $"{e.Message}\n{FuzzTarget.Show(OneEdge.Text.SourceEncoding.GetBytes(text))}");
        }
    }
}

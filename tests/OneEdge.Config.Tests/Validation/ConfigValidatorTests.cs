using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Validation;

public sealed class ConfigValidatorTests
{
    [Fact]
    public void Stock_files_are_without_fault_against_themselves()
    {
        foreach ((string file, string name) in RealFiles.Stock())
        {
            if (ConfigCatalog.Default.FormatOf(name) is not { } format) continue;
            ConfigDocument document = format.Parse(SourceText.FromBytes(File.ReadAllBytes(file), name));
            Assert.DoesNotContain(ConfigValidator.Validate(document, document), f => f.Code.StartsWith("OEC15", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Second_spelling_and_repeated_attribute_are_found_at_their_place()
    {
        IReadOnlyList<Diagnostic> findings = ConfigValidator.Validate(
            ConfigFormat.Oned.Parse("PORT = 1\nport = 2\nVM_RESTRICTED_ATTR = \"a\"\nVM_RESTRICTED_ATTR = \"b\"\n", "oned.conf"));

        Assert.Equal([ConfigErrorCodes.DuplicateKey, ConfigErrorCodes.Spelling], findings.Select(f => f.Code).Order(StringComparer.Ordinal));
        Assert.All(findings, f => Assert.Equal(1, f.Position!.Value.Line));
    }

    [Fact]
    public void Name_without_its_section_is_found()
    {
        Diagnostic finding = Assert.Single(ConfigValidator.Validate(ConfigFormat.Oned.Parse(
            "TM_MAD = [ EXECUTABLE = \"one_tm\", ARGUMENTS = \"-t 15 -d ssh,shared\" ]\nTM_MAD_CONF = [ NAME = \"ssh\" ]\n", "oned.conf")));

        Assert.Equal(ConfigErrorCodes.MissingSection, finding.Code);
        Assert.Contains("'shared'", finding.Message, StringComparison.Ordinal);
        Assert.Equal(1, finding.Position!.Value.Line);
    }

    [Fact]
    public void Unknown_key_suggests_the_known_one()
    {
        ConfigDocument stock = ConfigFormat.Yaml.Parse(":host: localhost\n:port: 2474\n# :log_level: 2\n");
        IReadOnlyList<Diagnostic> findings = ConfigValidator.Validate(
            ConfigFormat.Yaml.Parse(":hots: localhost\n:port: 2474\n:log_level: 3\n", "x.conf"), stock);

        Diagnostic finding = Assert.Single(findings);
        Assert.Equal(ConfigErrorCodes.UnknownKey, finding.Code);
        Assert.Contains(":host", finding.Hint, StringComparison.Ordinal);
        Assert.Equal("x.conf(1,1): warning OEC1504: :hots is not in the stock file (did you mean ':host'?)", finding.ToString());
    }

    [Fact]
    public void Value_of_another_kind_is_found()
    {
        ConfigDocument stock = ConfigFormat.Yaml.Parse(":port: 2474\n:list: [1]\n:f: 1.5\n");
        IReadOnlyList<Diagnostic> findings = ConfigValidator.Validate(ConfigFormat.Yaml.Parse(":port: \"2474\"\n:list: 1\n:f: 2\n"), stock);

        Assert.Equal(
            [":port is a text, a whole number in the stock file", ":list is a whole number, a list in the stock file"], findings.Select(f => f.Message));
    }

    [Fact]
    public void Section_of_a_new_name_may_have_the_keys_of_its_kind()
    {
        ConfigDocument stock = ConfigFormat.Oned.Parse("VM_MAD = [ NAME = \"kvm\", TYPE = \"kvm\" ]\n");
        IReadOnlyList<Diagnostic> findings = ConfigValidator.Validate(
            ConfigFormat.Oned.Parse("VM_MAD = [ NAME = \"kvm\", TYPE = \"kvm\" ]\nVM_MAD = [ NAME = \"mine\", TYPE = \"x\", TYPO = \"y\" ]\n"), stock);

        Assert.Equal("VM_MAD/\"mine\"/TYPO is not in the stock file", Assert.Single(findings).Message);
    }
}

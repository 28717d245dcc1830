using OneEdge.Testing;

namespace OneEdge.Config.Tests.Catalog;

public sealed class ConfigCatalogTests
{
    [Theory]
    [InlineData("/etc/one/oned.conf", "Augeas::ONE")]
    [InlineData("/etc/one/cli/oneimage.yaml", "Yaml::Strict")]
    [InlineData("/etc/one/cli/.hidden.yaml", null)]
    [InlineData("/etc/one/cli/sub/x.yaml", null)]
    [InlineData("/etc/one/sunstone-views/a/b/c.yaml", "Yaml")]
    [InlineData("/etc/one/sunstone-views/x.yaml", "Yaml")]
    [InlineData("/etc/one/sunstone-views/.git/x.yaml", null)]
    [InlineData("/etc/one/sunstone-views.yaml", "Yaml")]
    [InlineData("/var/lib/one/remotes/etc/vmm/lxc/profiles/any", "Simple")]
    [InlineData("/etc/one/OneD.conf", null)]
    [InlineData("etc/one/oned.conf", null)]
    public void File_has_the_format_of_its_pattern(string file, string? className) => Assert.Equal(className, ConfigCatalog.Default.FormatOf(file)?.ClassName);

    [Fact]
    public void Release_knows_only_its_own_files()
    {
        Assert.Null(ConfigCatalog.For(new Version(6, 10, 5)).FormatOf("/etc/one/schedulers/one_drs.conf"));
        Assert.NotNull(ConfigCatalog.For(new Version(7, 4)).FormatOf("/etc/one/schedulers/one_drs.conf"));
    }

    [Fact]
    public void Later_entry_takes_precedence()
    {
        ConfigCatalog catalog = ConfigCatalog.Default.With(
            new ConfigCatalogEntry("/etc/one/oned.conf", ConfigFormat.Text), new ConfigCatalogEntry("/opt/**/*.conf", ConfigFormat.Shell));

        Assert.Same(ConfigFormat.Text, catalog.FormatOf("/etc/one/oned.conf"));
        Assert.Same(ConfigFormat.Shell, catalog.FormatOf("/opt/a/b/c.conf"));
        Assert.Null(catalog.FormatOf("/opt"));
    }

    [Fact]
    public void Catalogued_stock_files_of_every_release_parse_in_their_format()
    {
        foreach ((string file, string name) in RealFiles.Stock())
        {
            if (ConfigCatalog.Default.FormatOf(name) is not { } format) continue;
            ConfigDocument document = format.Parse(Text.SourceText.FromBytes(File.ReadAllBytes(file), name));
            Assert.Equal(File.ReadAllBytes(file), document.Source.Bytes);
        }
    }

    [Fact]
    public void Hostile_pattern_and_name_are_matched_quickly()
    {
        var entry = new ConfigCatalogEntry("/" + string.Concat(Enumerable.Repeat("a*", 200)) + "b", ConfigFormat.Text);
        Assert.False(entry.Matches("/" + new string('a', 20_000)));
    }
}

using Microsoft.Extensions.Configuration;

namespace OneEdge.Config.Tests.Configuration;

public sealed class ConfigurationKeysTests
{
    private static IConfigurationRoot Build(params (ConfigPath Path, ConfigValue Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(
            ConfigurationKeys.Map(values.Select(v => KeyValuePair.Create(v.Path, v.Value)), path => path.Last!.Equals("KNOWN_MANY"), Unquote)).Build();

    private static ConfigValue Unquote(ConfigValue value) => value.Kind == ConfigValueKind.String ? value.AsString().Trim('"') : value;

    [Fact]
    public void Sections_become_key_parts_with_their_names_unquoted()
    {
        IConfigurationRoot configuration = Build(("PORT", "2633"), ("DB/BACKEND", "\"sqlite\""), ("VM_MAD/\"kvm\"/ARGUMENTS", "\"-t 15 kvm\""));
        Assert.Equal("2633", configuration["port"]);
        Assert.Equal("sqlite", configuration["DB:BACKEND"]);
        Assert.Equal("-t 15 kvm", configuration["VM_MAD:kvm:ARGUMENTS"]);
    }

    [Fact]
    public void Repeated_attributes_are_numbered()
    {
        IConfigurationRoot configuration = Build(("VM_RESTRICTED_ATTR", "\"A\""), ("PORT", "1"), ("VM_RESTRICTED_ATTR", "\"B\""), ("KNOWN_MANY", "\"C\""));
        Assert.Equal(["A", "B"], configuration.GetSection("VM_RESTRICTED_ATTR").GetChildren().Select(c => c.Value));
        Assert.Equal("C", configuration["KNOWN_MANY:0"]);
    }

    [Fact]
    public void Symbols_numbers_and_array_places_are_keys()
    {
        IConfigurationRoot configuration = Build(
            (":USER/:size", 15), ([ConfigValue.Symbol("list"), 0, "a"], true), ([ConfigValue.Symbol("list"), 1], ConfigValue.Symbol("x")));
        Assert.Equal("15", configuration["USER:size"]);
        Assert.Equal("true", configuration["list:0:a"]);
        Assert.Equal("x", configuration["list:1"]);
    }

    [Fact]
    public void Null_and_empty_collections_are_as_in_the_json_provider()
    {
        Dictionary<string, string?> keys = ConfigurationKeys.Map(
            [
                KeyValuePair.Create<ConfigPath, ConfigValue>("n", ConfigValue.Null),
                new("a", ConfigValue.Array()),
                new("m", ConfigValue.Map(Array.Empty<(string, ConfigValue)>())),
            ],
            _ => false,
            v => v);
        Assert.Equal([null, "", null], [keys["n"], keys["a"], keys["m"]]);
    }

    [Fact]
    public void A_value_that_is_the_whole_file_has_no_key() => Assert.Empty(ConfigurationKeys.Map(ConfigFormat.Text.Parse("x")));
}

using CsCheck;

namespace OneEdge.Config.Tests.Values;

public sealed class ConfigValueTests
{
    [Fact]
    public void Key_that_is_a_collection_is_shown_as_the_original_shows_it()
    {
        ConfigValue key = ConfigValue.Array(["b", ConfigValue.Symbol("c"), ConfigValue.Null]);
        Assert.Equal("""{"[\"b\", \":c\", nil]":1}""", ConfigValue.Map([KeyValuePair.Create(key, ConfigValue.From(1))]).ToJson());
    }

    [Theory]
    [InlineData(1.5, "1.5")]
    [InlineData(1000.0, "1000.0")]
    [InlineData(1e20, "1.0e+20")]
    [InlineData(1e16, "1.0e+16")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e-7, "1.0e-07")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(-0.25, "-0.25")]
    [InlineData(123456.789, "123456.789")]
    [InlineData(1.25e-10, "1.25e-10")]
    [InlineData(1e23, "1.0e+23")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Float_is_written_as_Ruby_writes_it(double number, string text) => Assert.Equal(text, ConfigValue.From(number).ToString());

    [Fact]
    public void Float_text_reads_back_as_the_same_number() => Gen.Double.Where(double.IsFinite).Sample(
        number => Assert.Equal(number, double.Parse(RubyText.OfFloat(number), System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("""  "\$HOME" """, """  "$HOME" """)]
    [InlineData("""  "a\.b\\.c\"\/" """, """  "a.b\\.c\"/" """)]
    [InlineData("""[/* one */ 1, "/* text */"/**/]""", """[1,"/* text */"]""")]
    public void Json_is_read_with_the_liberties_of_the_original(string json, string standard) =>
        Assert.Equal(ConfigValue.ParseJson(standard), ConfigValue.ParseJson(json));

    [Theory]
    [InlineData("1 // one")]
    [InlineData("/* open")]
    [InlineData("\\1")]
    [InlineData("\"\\ud83d\"")]
    [InlineData("\"\\")]
    public void Text_that_is_no_json_is_refused(string json) =>
        Assert.Equal(ConfigErrorCodes.Json, Assert.Throws<ConfigException>(() => ConfigValue.ParseJson(json)).Code);

    [Fact]
    public void Json_of_any_value_reads_back_equal() => ConfigValues.Json.Sample(value => Assert.Equal(value, ConfigValue.ParseJson(value.ToJson())));

    [Fact]
    public void Equal_values_have_equal_hashes_whatever_the_order_of_keys_and_items()
    {
        ConfigValue left = ConfigValue.ParseJson("""{"a":[1,{"b":2,"c":3}],"d":null}""");
        ConfigValue right = ConfigValue.ParseJson("""{"d":null,"a":[{"c":3,"b":2},1]}""");

        Assert.False(left.Equals(right));
        Assert.True(left.EqualsInAnyOrder(right));
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
    }

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1", "\"1\"")]
    [InlineData("null", "false")]
    [InlineData("[1,1,2]", "[1,2,2]")]
    public void Values_of_different_type_or_number_differ(string left, string right) =>
        Assert.False(ConfigValue.ParseJson(left).EqualsInAnyOrder(ConfigValue.ParseJson(right)));

    [Fact]
    public void Whole_numbers_keep_every_digit()
    {
        const string digits = "123456789012345678901234567890";
        Assert.Equal(digits, ConfigValue.ParseJson(digits).ToJson());
    }

    [Fact]
    public void Repeated_key_keeps_its_first_place_and_last_value() =>
        Assert.Equal("""{"a":3,"b":2}""", ConfigValue.ParseJson("""{"a":1,"b":2,"a":3}""").ToJson());

    [Theory]
    [InlineData("NaN")]
    [InlineData("'x'")]
    [InlineData("1 2")]
    [InlineData("{a}")]
    [InlineData("")]
    public void Text_that_is_not_one_JSON_value_is_refused(string text) =>
        Assert.Equal(ConfigErrorCodes.Json, Assert.Throws<ConfigException>(() => ConfigValue.ParseJson(text)).Code);

    [Fact]
    public void Deep_JSON_is_refused() => Assert.Throws<ConfigException>(() => ConfigValue.ParseJson(new string('[', 100_000)));
}

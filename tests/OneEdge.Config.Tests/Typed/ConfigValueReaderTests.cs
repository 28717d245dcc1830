using System.Numerics;

namespace OneEdge.Config.Tests.Typed;

public sealed class ConfigValueReaderTests
{
    private static T? Read<T>(ConfigValue value) => ConfigValueReader.TryRead(value, out T? result) ? result : throw new InvalidCastException();

    [Theory]
    [InlineData("YES", true)]
    [InlineData("no", false)]
    [InlineData("True", true)]
    [InlineData("FALSE", false)]
    public void Text_of_a_switch_is_a_boolean(string text, bool expected) => Assert.Equal(expected, Read<bool>(text));

    [Theory]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("maybe")]
    public void Other_text_is_no_boolean(string text) => Assert.False(ConfigValueReader.TryRead(text, out bool _));

    [Fact]
    public void Numbers_are_read_from_numbers_and_from_text()
    {
        Assert.Equal(2633, Read<int>(2633));
        Assert.Equal(-1, Read<int>("-1"));
        Assert.Equal(1L << 40, Read<long>(1L << 40));
        Assert.Equal(BigInteger.Pow(10, 30), Read<BigInteger>("1" + new string('0', 30)));
        Assert.Equal(1.5, Read<double>("1.5"));
        Assert.Equal(3.0, Read<double>(3));
    }

    [Theory]
    [InlineData(" 5")]
    [InlineData("5 ")]
    [InlineData("0x10")]
    [InlineData("1,000")]
    [InlineData("2147483648")]
    [InlineData("--1")]
    [InlineData("")]
    public void Text_that_is_no_32_bit_number_is_refused(string text) => Assert.False(ConfigValueReader.TryRead(text, out int _));

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    public void Text_that_is_no_finite_number_is_refused(string text) => Assert.False(ConfigValueReader.TryRead(text, out double _));

    [Fact]
    public void Scalars_are_text()
    {
        Assert.Equal("kvm", Read<string>("kvm"));
        Assert.Equal("name", Read<string>(ConfigValue.Symbol("name")));
        Assert.Equal("5", Read<string>(5));
        Assert.Equal("true", Read<string>(true));
        Assert.False(ConfigValueReader.TryRead(ConfigValue.Null, out string? _));
    }

    [Fact]
    public void Arrays_are_lists_and_a_single_value_is_a_list_of_one()
    {
        Assert.Equal([1, 2], Read<IReadOnlyList<int>>(ConfigValue.Array(1, "2"))!);
        Assert.Equal(["a"], Read<string[]>("a")!);
        Assert.False(ConfigValueReader.TryRead(ConfigValue.Array("a"), out int[]? _));
        Assert.False(ConfigValueReader.TryRead(ConfigValue.Array("a"), out string? _));
    }

    [Fact]
    public void Other_types_are_not_supported() => Assert.Throws<NotSupportedException>(() => ConfigValueReader.TryRead(1, out DateTime _));
}

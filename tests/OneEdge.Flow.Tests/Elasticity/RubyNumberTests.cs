using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Tests.Elasticity;

/// <summary>What Ruby 3.1 reads and prints.</summary>
public sealed class RubyNumberTests
{
    [Theory]
    [InlineData("1e3", 1000)]
    [InlineData("1_000", 1000)]
    [InlineData("1__0", 1)]
    [InlineData("_1", 0)]
    [InlineData("1_", 1)]
    [InlineData("1.5_5", 1.55)]
    [InlineData("1._5", 1)]
    [InlineData("1e1_0", 1e10)]
    [InlineData("1e+", 1)]
    [InlineData("1e", 1)]
    [InlineData("1.e3", 1)]
    [InlineData(".5", 0.5)]
    [InlineData("-.5", -0.5)]
    [InlineData("+.5e1", 5)]
    [InlineData("5.", 5)]
    [InlineData("0x10", 0)]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData("  \n42 ", 42)]
    [InlineData("\u00a042", 0)]
    [InlineData("1,5", 1)]
    [InlineData("--1", 0)]
    [InlineData("1_e3", 1)]
    [InlineData("1e_3", 1)]
    [InlineData("1_.5", 1)]
    [InlineData("0_8", 8)]
    [InlineData(".e1", 0)]
    [InlineData("-", 0)]
    [InlineData(".", 0)]
    [InlineData("", 0)]
    [InlineData("12 jobs", 12)]
    [InlineData("٣", 0)]
    public void Number_at_the_start_of_a_text_is_read(string text, double value) => Assert.Equal(value, RubyNumber.Parse(text));

    [Theory]
    [InlineData(80.5, "80.5")]
    [InlineData(0, "0.0")]
    [InlineData(-1, "-1.0")]
    [InlineData(1e14, "100000000000000.0")]
    [InlineData(999999999999999, "999999999999999.0")]
    [InlineData(123456789012345.6, "123456789012345.6")]
    [InlineData(1e15, "1.0e+15")]
    [InlineData(9007199254740992, "9.007199254740992e+15")]
    [InlineData(1e16, "1.0e+16")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1.0e-05")]
    [InlineData(0.001, "0.001")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Number_is_printed(double value, string text)
    {
        Span<char> printed = stackalloc char[32];
        Assert.Equal(text, printed[..RubyNumber.Format(value, printed)].ToString());
    }

    [Fact]
    public void Long_texts_are_read_too() => Assert.Equal(double.Parse(new string('7', 300), RubyNumber.Culture), RubyNumber.Parse(new string('7', 300) + "x"));
}

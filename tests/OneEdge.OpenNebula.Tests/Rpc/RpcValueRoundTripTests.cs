using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CsCheck;

namespace OneEdge.OpenNebula.Tests.Rpc;

/// <summary>What is written is read back the same: by our reader, and by that of the framework.</summary>
public sealed class RpcValueRoundTripTests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Char.Where(c => c is '\t' or '\n' or '\r' or (>= ' ' and < '\uD800')).Select(c => c.ToString()),
        Gens.Pick("<", ">", "&", "]]>", "&lt;", "😀", "\r\n", "'", "\"", " ")).Array[0, 8].Select(string.Concat);

    private static readonly Gen<RpcValue> Value = Gen.Recursive<RpcValue>((depth, inner) => depth >= 4 ? Simple : Gen.OneOf(
        Simple,
        inner.Array[0, 4].Select(items => RpcValue.Array(items)),
        Gen.Dictionary(Text, inner)[0, 3].Select(members => RpcValue.Struct([.. members]))));

    private static Gen<RpcValue> Simple => Gen.OneOf(
        Text.Select(RpcValue.From),
        Gen.Int.Select(RpcValue.From),
        Gen.Long.Select(RpcValue.From),
        Gen.Bool.Select(RpcValue.From),
        Gen.Double.Where(double.IsFinite).Select(RpcValue.From));

    [Fact]
    public void Written_value_is_read_back_by_both_readers() => Value.Sample(value =>
    {
        string call = Encoding.UTF8.GetString(RpcRequestWriter.Write("one.vm.update", value).Span);
        XElement theirs = XDocument.Parse(call, LoadOptions.PreserveWhitespace).Descendants("value").First();
        Assert.Equal(value, RecordedExchange.ValueOf(theirs));
        byte[] answer = Encoding.UTF8.GetBytes(call.Replace("methodCall>", "methodResponse>").Replace("<methodName>one.vm.update</methodName>", ""));
        Assert.Equal(value, RpcAnswerReader.Read(answer, answer.Length).Value);
    }, iter: 3_000);

    [Theory]
    [InlineData(1e300)]
    [InlineData(-1.5e-300)]
    [InlineData(1e16)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(-0.0)]
    [InlineData(0.1)]
    public void Double_is_written_without_exponent_and_reads_back_the_same(double value)
    {
        string call = Encoding.UTF8.GetString(RpcRequestWriter.Write("m", value).Span);
        string text = XDocument.Parse(call).Descendants("double").Single().Value;
        Assert.DoesNotContain('E', text);
        Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(0, "U+0000")]
    [InlineData(0x1B, "U+001B")]
    [InlineData(0xFFFE, "U+FFFE")]
    [InlineData(0xD800, "surrogate")]
    [InlineData(0xDC00, "surrogate")]
    public void Text_that_xml_cannot_hold_is_refused_without_showing_it(int character, string reason)
    {
        var error = Assert.Throws<OpenNebulaException>(() => { RpcRequestWriter.Write("one.vm.rename", 1, $"secret{(char)character}b"); });
        Assert.Equal(OpenNebulaErrorCodes.ValueUnwritable, error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("parameter 1 of one.vm.rename", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Number_that_xml_rpc_cannot_hold_is_refused(double value) =>
        Assert.Equal(OpenNebulaErrorCodes.ValueUnwritable, Assert.Throws<OpenNebulaException>(() => { RpcRequestWriter.Write("m", value); }).Code);

    [Theory]
    [InlineData("one.vm.info</methodName>")]
    [InlineData("one vm")]
    public void Name_that_no_method_has_is_refused(string method) => Assert.Throws<ArgumentException>(() => { RpcRequestWriter.Write(method); });

    [Fact]
    public void Large_text_of_special_characters_is_written_in_proportion()
    {
        string text = new('é', 1 << 20);
        Assert.Equal(text.Length * 2, RpcRequestWriter.Write("m", text).Length - RpcRequestWriter.Write("m", "").Length);
    }

    [Fact]
    public void Value_of_another_type_is_an_error_that_says_so()
    {
        Assert.Equal(OpenNebulaErrorCodes.ValueType, Assert.Throws<OpenNebulaException>(() => RpcValue.From("1").AsInt32()).Code);
        Assert.Equal(1L, RpcValue.From(1).AsInt64());
        Assert.Equal("", default(RpcValue).AsString());
        Assert.Equal("string", RpcValue.From("secret").ToString());
    }
}

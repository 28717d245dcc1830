using System.Text;

namespace OneEdge.OpenNebula.Tests.Rpc;

/// <summary>Answers in forms that a server may choose, and those that it may not.</summary>
public sealed class RpcAnswerReaderTests
{
    [Theory]
    [InlineData("<value>plain &lt;text&gt;</value>", "plain <text>")]
    [InlineData("<value/>", "")]
    [InlineData("<value> blank </value>", " blank ")]
    [InlineData("<value><string/></value>", "")]
    [InlineData("<value><string>a<![CDATA[<b>&]]>c&#13;\r\nd</string></value>", "a<b>&c\r\nd")]
    [InlineData("<value> <!-- c --> <string>a<!-- c -->b</string>\n</value>", "ab")]
    public void String_is_read_in_every_form(string value, string expected) => Assert.Equal(expected, Read(value).AsString());

    [Theory]
    [InlineData("<value><int> 42 </int></value>", 42)]
    [InlineData("<value><i4>-1</i4></value>", -1)]
    [InlineData("<value><i8>9223372036854775807</i8></value>", long.MaxValue)]
    public void Number_is_read_in_every_form(string value, long expected) => Assert.Equal(expected, Read(value).AsInt64());

    [Theory]
    [InlineData("<value><i4>4294967296</i4></value>")]
    [InlineData("<value><i4></i4></value>")]
    [InlineData("<value><i8>1.5</i8></value>")]
    [InlineData("<value><boolean>2</boolean></value>")]
    [InlineData("<value><double>NaN</double></value>")]
    [InlineData("<value><base64>AAAA</base64></value>")]
    [InlineData("<value>text<i4>1</i4></value>")]
    [InlineData("<value><i4>1</i4><i4>2</i4></value>")]
    [InlineData("<value><array/></value>")]
    [InlineData("<value><struct><member><name>a</name></member></struct></value>")]
    [InlineData("<value><struct><member><name>a</name><value/></member><member><name>a</name><value/></member></struct></value>")]
    [InlineData("<value><string><b/></string></value>")]
    public void Value_in_no_form_of_xml_rpc_is_refused(string value) =>
        Assert.Equal(OpenNebulaErrorCodes.XmlMalformed, Assert.Throws<OpenNebulaXmlException>(() => Read(value)).Code);

    [Theory]
    [InlineData("<html></html>")]
    [InlineData("<methodResponse/>")]
    [InlineData("<methodResponse><params/></methodResponse>")]
    [InlineData("<methodResponse><params><param><value/></param><param><value/></param></params></methodResponse>")]
    [InlineData("<methodResponse><fault><value/></fault></methodResponse>")]
    public void Document_that_is_no_answer_is_refused(string xml) => Assert.Throws<OpenNebulaXmlException>(() => ReadDocument(xml));

    [Fact]
    public void Document_of_many_megabytes_is_decoded_in_place()
    {
        const int count = 100_000;
        string inner = string.Concat(Enumerable.Repeat("&lt;VM&gt;&lt;NAME&gt;a &amp;amp; b&lt;/NAME&gt;&lt;/VM&gt;", count));
        byte[] body = Encoding.UTF8.GetBytes(Answers.Done($"<string>{inner}</string>"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        RpcValue value = RpcAnswerReader.Read(body, body.Length).Value.AsArray()[1];
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(value.Utf8.StartsWith("<VM><NAME>a &amp; b</NAME></VM><VM>"u8));
        Assert.Equal("<VM><NAME>a &amp; b</NAME></VM>".Length * count, value.Utf8.Length);
        Assert.InRange(allocated, 0, 10_000);
    }

    private static RpcValue Read(string value) => ReadDocument($"<methodResponse><params><param>{value}</param></params></methodResponse>");

    private static RpcValue ReadDocument(string xml)
    {
        byte[] body = Encoding.UTF8.GetBytes(xml);
        return RpcAnswerReader.Read(body, body.Length).Value;
    }
}

using System.Text;
using OneEdge.Fuzz;
using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula.Tests.Xml;

/// <summary>What the reader refuses, and how it says so; and how callers walk with it.</summary>
public sealed class Utf8XmlReaderTests
{
    private const string Sample = "<?xml version=\"1.0\"?><VM a='1'><ID>5</ID><NAME><![CDATA[é<]]></NAME><!-- c --><T>a&lt;&#233;</T><E/></VM >";

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", OpenNebulaErrorCodes.XmlForbidden, 0)]
    [InlineData("<a>&b;</a>", OpenNebulaErrorCodes.XmlForbidden, 3)]
    [InlineData("<a>\0</a>", OpenNebulaErrorCodes.XmlEncoding, 3)]
    [InlineData("<a>é\u0001</a>", OpenNebulaErrorCodes.XmlEncoding, 5)]
    [InlineData("<a>\uFFFF</a>", OpenNebulaErrorCodes.XmlEncoding, 3)]
    [InlineData("<?xml version=\"1.0\" encoding=\"latin1\"?><a/>", OpenNebulaErrorCodes.XmlEncoding, 5)]
    [InlineData("<a>&#0;</a>", OpenNebulaErrorCodes.XmlMalformed, 3)]
    [InlineData("<a>&#55296;</a>", OpenNebulaErrorCodes.XmlMalformed, 3)]
    [InlineData("<a>&#99999999999;</a>", OpenNebulaErrorCodes.XmlMalformed, 3)]
    [InlineData("<a></b>", OpenNebulaErrorCodes.XmlMalformed, 5)]
    [InlineData("<a></ab>", OpenNebulaErrorCodes.XmlMalformed, 5)]
    [InlineData("<a b='1' b='2'/>", OpenNebulaErrorCodes.XmlMalformed, 9)]
    [InlineData("<a/><b/>", OpenNebulaErrorCodes.XmlMalformed, 4)]
    [InlineData("hello", OpenNebulaErrorCodes.XmlMalformed, 0)]
    [InlineData("", OpenNebulaErrorCodes.XmlTruncated, 0)]
    [InlineData("<a>text", OpenNebulaErrorCodes.XmlTruncated, 7)]
    public void Wrong_text_is_refused_with_its_place(string xml, string code, int offset)
    {
        var error = Assert.Throws<OpenNebulaXmlException>(() => ReadAll(Encoding.UTF8.GetBytes(xml)));
        Assert.Equal((code, offset), (error.Code, error.Offset));
    }

    [Fact]
    public void Byte_that_is_not_utf8_is_refused_with_its_place()
    {
        var error = Assert.Throws<OpenNebulaXmlException>(() => ReadAll([.. "<a>é"u8, 0xFF, .. "</a>"u8]));
        Assert.Equal((OpenNebulaErrorCodes.XmlEncoding, 5), (error.Code, error.Offset));
    }

    [Fact]
    public void Text_that_ends_at_any_byte_is_truncated()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Sample);
        ReadAll(whole);
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] part = whole[..length];
            var error = Assert.Throws<OpenNebulaXmlException>(() => ReadAll(part));
            Assert.Equal(OpenNebulaErrorCodes.XmlTruncated, error.Code);
            Assert.InRange(error.Offset, 0, length);
        }
    }

    [Fact]
    public void Depth_and_attributes_have_a_limit()
    {
        string deepest = string.Concat(Enumerable.Repeat("<a>", Utf8XmlReader.MaxDepth)) + string.Concat(Enumerable.Repeat("</a>", Utf8XmlReader.MaxDepth));
        ReadAll(Encoding.UTF8.GetBytes(deepest));
        string attributes = string.Concat(Enumerable.Range(0, 100_000).Select(i => $" a{i}=''"));
        foreach (string xml in new[] { $"<b>{deepest}</b>", $"<a{attributes}/>" })
            Assert.Equal(OpenNebulaErrorCodes.XmlLimit, Assert.Throws<OpenNebulaXmlException>(() => ReadAll(Encoding.UTF8.GetBytes(xml))).Code);
    }

    [Theory]
    [InlineData("<a>", "<![CDATA[x]]>", "</a>")]
    [InlineData("<a>", "&#x3C;]]", "</a>")]
    [InlineData("<a>", "<b c='d'/>", "</a>")]
    [InlineData("<a>", "<!-- x -->", "</a>")]
    [InlineData("<a>", "<![CDATA[", "]]></a>")]
    [InlineData("<a>", "]]", "</a>")]
    [InlineData("<", "a", "/>")]
    public void Large_text_takes_time_in_proportion(string before, string repeated, string after)
    {
        // 2 MB; anything quadratic would take an hour.
        byte[] xml = Encoding.UTF8.GetBytes(before + new StringBuilder().Insert(0, repeated, (2 << 20) / repeated.Length) + after);
        ReadAll(xml);
        var reader = new Utf8XmlReader(xml);
        reader.Read();
        if (!repeated.StartsWith("<b", StringComparison.Ordinal)) reader.ReadContent();
    }

    [Fact]
    public void Children_are_visited_and_skipped()
    {
        var reader = new Utf8XmlReader(Encoding.UTF8.GetBytes(Sample));
        Assert.True(reader.Read());
        Assert.True(reader.ReadToChild());
        Assert.Equal(5, reader.ReadInt32());
        Assert.True(reader.ReadToChild());
        Assert.Equal("é<", reader.ReadString());
        Assert.True(reader.ReadToChild());
        reader.SkipElement();
        Assert.True(reader.ReadToChild());
        Assert.True(reader.ReadContent().IsEmpty);
        Assert.False(reader.ReadToChild());
        Assert.False(reader.Read());
    }

    [Theory]
    [InlineData("<a>1<b/></a>")]
    [InlineData("<a><b>1</b></a>")]
    [InlineData("<a>x</a>")]
    [InlineData("<a>99999999999</a>")]
    public void Content_that_is_no_number_is_refused(string xml)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(xml);
        Assert.Throws<OpenNebulaXmlException>(() =>
        {
            var reader = new Utf8XmlReader(bytes);
            reader.Read();
            reader.ReadInt32();
        });
    }

    private static void ReadAll(ReadOnlySpan<byte> xml) => XmlJudge.OursOrThrow(xml);
}

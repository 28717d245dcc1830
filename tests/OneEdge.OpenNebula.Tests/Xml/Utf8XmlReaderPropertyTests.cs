using System.Text;
using CsCheck;
using OneEdge.Fuzz;

namespace OneEdge.OpenNebula.Tests.Xml;

/// <summary>Our reader beside that of the framework.</summary>
public sealed class Utf8XmlReaderPropertyTests
{
    private static readonly Gen<string> Name = Gens.Pick("VM", "ID", "a", "_b", "USER_TEMPLATE", "n.1-x", "é", "p:q");
    private static readonly Gen<string> Text = Gens.Pick(
        "x", " ", "\r\n", "\r", "\n", "\t", "&lt;", "&gt;", "&amp;", "&quot;", "&apos;", "&#65;", "&#x41;", "&#13;", "&#x1F600;", "é", "😀", "]]", "'", "\"",
        "1", "\uFFFD");
    private static readonly Gen<string> Content = Text.Array[0, 6].Select(string.Concat);
    private static readonly Gen<string> CData = Gens.Pick(
        "<![CDATA[]]>", "<![CDATA[a<b&c]]>", "<![CDATA[]]]]>", "<![CDATA[\r\n]x]>]]>", "<!-- c -->", "<?pi some?>");
    private static readonly Gen<string> Attributes = Gens.Pick("", "", "", " ", " a=\"1\"", " a='1' b = \"&lt;é\"", "\n c=''");
    private static readonly Gen<string> Tree = Gen.Recursive<string>(
        (depth, inner) => Element(depth < 4 ? Gen.OneOf(Content, CData, inner).Array[0, 4].Select(string.Concat) : Content));
    private static readonly Gen<string> Document = Gen.Select(
        Gens.Pick("", "\uFEFF", "<?xml version=\"1.0\"?>", "<?xml version='1.0' encoding='utf-8' standalone=\"yes\" ?>\r\n", "<!-- before -->", " \n"),
        Tree,
        Gens.Pick("", "\r\n", "<!-- after --> ", "<?pi?>"),
        string.Concat);

    [Fact]
    public void Well_formed_text_reads_like_with_the_reader_of_the_framework() => Document.Sample(xml =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(xml);
        List<string>? theirs = XmlJudge.Theirs(bytes[(xml[0] == '\uFEFF' ? 3 : 0)..]);
        Assert.NotNull(theirs);
        Assert.Equal(theirs, XmlJudge.OursOrThrow(bytes));
    }, iter: 3_000);

    [Fact]
    public void Mutated_text_is_accepted_and_refused_like_by_the_reader_of_the_framework()
    {
        string[] pieces = [
            "<", ">", "&", ";", "/", "]]>", "<!--", "-->", "--", "<![CDATA[", "&#0;", "&#xD800;", "&#x110000;", "&nope;", "&#;", "=", "\"", "\u0001", "\uFFFE",
            "a", " ", "?>", "<?xml?>", "<!DOCTYPE a>", "</VM>"
        ];
        Gen.Select(Document, Gen.Int[0, 10_000], Gen.Int[0, 3], Gen.Int[0, pieces.Length - 1]).Sample((xml, at, cut, piece) =>
        {
            xml = xml.TrimStart('\uFEFF');
            at %= xml.Length;
            // The reader of the framework looks at a text that is decoded, and takes almost anything for a version or an encoding.
            if (xml.StartsWith("<?xml", StringComparison.Ordinal) && at < xml.IndexOf("?>", StringComparison.Ordinal) + 2) return;
            string mutated = xml[..at] + pieces[piece] + xml[Math.Min(at + cut, xml.Length)..];
            byte[] bytes = Encoding.UTF8.GetBytes(mutated);
            Assert.Equal(XmlJudge.Theirs(bytes), XmlJudge.Ours(bytes));
        }, iter: 10_000);
    }

    [Fact]
    public void Mutated_bytes_are_never_more_than_an_error_of_ours() => Gen.Select(Document, Gen.Int[0, 10_000], Gen.Byte).Sample((xml, at, value) =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(xml);
        bytes[at % bytes.Length] = value;
        XmlJudge.Ours(bytes);
    }, iter: 5_000);

    private static Gen<string> Element(Gen<string> content) => Gen.Select(
        Name, Attributes, content, Gen.Bool, (name, attributes, inner, isShort) => inner.Length == 0 && isShort
            ? $"<{name}{attributes}/>"
            : $"<{name}{attributes}>{inner}</{name} >");
}

namespace OneEdge.OpenNebula.Tests.Templates;

public sealed class TemplateXmlTests
{
    [Theory]
    [InlineData("<T><A> </A></T>", "<A><![CDATA[ ]]></A>")]
    [InlineData("<T><A></A><B/><C><![CDATA[]]></C></T>", "<C><![CDATA[]]></C>")]
    [InlineData("<T><A>a<!-- c --></A><B><?p?>b</B><C>\n<![CDATA[c]]>\n</C></T>", "")]
    [InlineData("<T><A>x&amp;y&#65;</A></T>", "<A><![CDATA[x&yA]]></A>")]
    [InlineData("<T>text<A>1</A><!-- c -->tail</T>", "<A><![CDATA[1]]></A>")]
    [InlineData("<T><V> <X>1</X> <X>2</X> tail</V></T>", "<V><X><![CDATA[2]]></X></V>")]
    [InlineData("<T><V><X>1<Z>2</Z></X><Y><Z>3</Z>4</Y></V></T>", "<V><X><![CDATA[1]]></X></V>")]
    [InlineData("<T><V><x>1</x></V><v2>2</v2></T>", "<V><x><![CDATA[1]]></x></V><V2><![CDATA[2]]></V2>")]
    [InlineData("<T><A b=\"1\">2</A></T>", "<A><![CDATA[2]]></A>")]
    [InlineData("<T><A>a\r\nb&#13;c</A></T>", "<A><![CDATA[a\nb\nc]]></A>")]
    [InlineData("<T><xmlA>1</xmlA></T>", "<ONE_XMLA><![CDATA[1]]></ONE_XMLA>")]
    [InlineData("<T><B>2</B><A>1</A></T>", "<A><![CDATA[1]]></A><B><![CDATA[2]]></B>")]
    public void XML_is_read_as_the_core_walks_it(string xml, string stored) =>
        Assert.Equal($"<TEMPLATE>{stored}</TEMPLATE>", StoredTemplate.ParseXml(xml).ToXml());

    [Theory]
    [InlineData("<T><A>1</A>", 1)]
    [InlineData("<T>\n<A>1</B></T>", 2)]
    [InlineData("<T/><T/>", 1)]
    [InlineData("<T><A>&nothing;</A></T>", 1)]
    [InlineData("<T>\n\n<A>]]&gt;</A></T>", 3)]
    [InlineData("<T><A>&#1;</A></T>", 1)]
    [InlineData("<!DOCTYPE T><T/>", null)]
    [InlineData("<!DOCTYPE T [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><T><A>&b;</A></T>", null)]
    [InlineData("<!DOCTYPE T SYSTEM \"file:///etc/passwd\"><T/>", null)]
    [InlineData("<T><A>\0</A></T>", 1)]
    [InlineData("", null)]
    public void Malformed_or_dangerous_XML_is_refused_with_its_place(string xml, int? line)
    {
        Assert.False(StoredTemplate.TryParseXml(xml, out _, out IReadOnlyList<Diagnostic> diagnostics));
        Diagnostic error = Assert.Single(diagnostics);
        Assert.Equal(OpenNebulaErrorCodes.TemplateXml, error.Code);
        Assert.Equal(line, error.Position?.Line);
        Assert.DoesNotContain("passwd", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(200)]
    public void Of_values_with_one_name_the_last_one_counts_however_many_there_are(int names)
    {
        string Items(string value) => string.Concat(Enumerable.Range(0, names).Select(i => $"<N{i:000}>{value}{i}</N{i:000}>"));
        TemplateAttribute vector = Assert.Single(StoredTemplate.ParseXml($"<T><V>{Items("a")}{Items("b")}<N000>c</N000></V></T>"));
        IEnumerable<KeyValuePair<string, string>> rest = Enumerable.Range(1, names - 1).Select(i => KeyValuePair.Create($"N{i:000}", $"b{i}"));
        Assert.Equal([KeyValuePair.Create("N000", "c"), .. rest], vector.Items);
    }

    [Fact]
    public void Attributes_cannot_be_changed_behind_the_back_of_their_template()
    {
        foreach (TemplateAttribute vector in new[] { StoredTemplate.ParseXml("<T><V><A>1</A></V></T>")[0], OpenNebulaTemplate.Parse("V = [ A = 1 ]\n")[0] })
        {
            var list = Assert.IsAssignableFrom<IList<KeyValuePair<string, string>>>(vector.Items);
            Assert.Throws<NotSupportedException>(() => list[0] = KeyValuePair.Create("A", "2"));
        }
    }

    [Fact]
    public void What_only_XML_carries_is_written_as_XML()
    {
        StoredTemplate stored = StoredTemplate.ParseXml("<T><P>C:\\dir\\</P></T>");
        Assert.Equal("C:\\dir\\", stored.Get("P"));
        Assert.Equal(stored, StoredTemplate.Parse(stored.ToXml()));
        OpenNebulaException error = Assert.Throws<OpenNebulaException>(stored.ToTemplate);
        Assert.Equal(OpenNebulaErrorCodes.TemplateUnwritable, error.Code);
        Assert.DoesNotContain("dir", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<T><A-B>1</A-B></T>")]
    [InlineData("<T><V><x>1</x></V></T>")]
    [InlineData("<T><V><X.Y>1</X.Y></V></T>")]
    public void Names_that_only_XML_has_are_not_written_as_something_else(string xml) =>
        Assert.Throws<OpenNebulaException>(StoredTemplate.ParseXml(xml).ToTemplate);
}

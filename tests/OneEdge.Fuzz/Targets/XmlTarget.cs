namespace OneEdge.Fuzz.Targets;

/// <summary>The reader of OpenNebula's XML, beside that of the framework.</summary>
internal sealed class XmlTarget : FuzzTarget
{
    public override string Name => "xml";

    public override IReadOnlyList<string> Seeds { get; } =
    [
        "<VM><ID>5</ID><NAME>raw-vm</NAME><TEMPLATE><CPU><![CDATA[0.1]]></CPU></TEMPLATE><EMPTY/></VM>",
        "<!-- c --><A b=\"1\" c='&lt;'>x &amp; y&#x41;</A>\n",
        "<a><b>1</b>\r\n<b>]] ></b><![CDATA[]]><?pi x?></a>",
        "<\u00e9l\u00e9>\u00fc</\u00e9l\u00e9>",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "<", ">", "/", "</", "/>", "<a>", "</a>", "<b/>", "<![CDATA[", "]]>", "<!--", "-->", "--", "<?", "?>", "<!DOCTYPE a [", "<!ENTITY x \"y\">", "&", ";",
        "&amp;", "&lt;", "&x;",
        "&#0;", "&#65;", "&#xD800;", "=", "\"", "'", " a=\"1\"", " ", "\r\n", "\r", "\t", "a:b", "xmlns", "\u00e9", "\uFFFE", "\0", "\U0001F600",
    ];

    public override bool Execute(byte[] input, Chance chance)
    {
        List<string>? ours = XmlJudge.Ours(input);
        if (ours is null) return false;
        // A declaration is not compared: the framework hardly checks what stands in it.
        if (input.AsSpan().IndexOf("<?xml"u8) >= 0) return true;
        List<string>? theirs = XmlJudge.Theirs(input);
        // The framework has the names of XML 1.0 up to its fourth edition; the fifth allows nearly every letter.
        if (theirs is null && input.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)0x7F)) return true;
        OracleException.Check(theirs is not null, "what is read is well-formed", () => Show(input));
        OracleException.Check(ours.SequenceEqual(theirs!), "it is read as the framework reads it", () => Show(string.Join('|', ours)));
        return true;
    }
}

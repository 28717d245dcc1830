using OneEdge.OpenNebula;
using OneEdge.Text;

namespace OneEdge.Fuzz.Targets;

/// <summary>The template language of OpenNebula.</summary>
internal sealed class TemplateTarget : FuzzTarget
{
    private static readonly string[] Names = ["NAME", "CPU", "nic", "DISK", "A", "1A", "ROLE_NAME"];

    private static readonly string[] Values = ["1", "two words", "", "a\nb", "x]y", "#", "a\\b", "\"q\"", "\u00e9", "a,b=c"];

    public override string Name => "template";

    public override IReadOnlyList<string> Seeds { get; } =
    [
        "NAME = test\nCPU = 1\nMEMORY = \"512\"\n",
        "# comment\nDISK = [ IMAGE_ID = 1, DEV_PREFIX = \"vd\" ]\nDISK = [\n  IMAGE = \"a \\\"b\\\"\",\n  SIZE = 10\n]\n",
        "NIC=[NETWORK=\"x, y\",IP=10.0.0.1]\nCONTEXT = [ SSH_PUBLIC_KEY = \"$USER[SSH_PUBLIC_KEY]\", NETWORK = YES ]",
        "A=\r\nB=\"two\nlines\"\r\n1A = x\n",
        "<VM><NAME>x</NAME><DISK><IMAGE_ID>1</IMAGE_ID></DISK></VM>",
        "<?xml version=\"1.0\"?><T><A><![CDATA[x]]></A><B/></T>",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "=", "[", "]", ",", "#", "\"", "\\\"", "\\", " = ", " = [ ", " ]\n", ", ", "# c\n", "\n", "\r\n", "\t", "A", "nic", "1A", "NAME", "\"x\"", "\"\"", "x",
        "]]>",
        "\"a\nb\"", "A = 1\n", "S = [ A = 1 ]\n", "<", ">", "<A>", "</A>", "<![CDATA[", "&lt;", "&#10;", "\u00e9", "'", "/", ".", "-",
    ];

    public override bool Execute(byte[] input, Chance chance)
    {
        var text = SourceText.FromBytes(input);
        bool accepted = OpenNebulaTemplate.TryParse(text, out OpenNebulaTemplate? template, out IReadOnlyList<Diagnostic> diagnostics);
        CheckDiagnostics(diagnostics, input, accepted);
        if (!accepted) return false;
        OracleException.Check(template!.Source.Span.SequenceEqual(input), "a template writes the bytes it was read from", () => Show(input));
        StoredTemplate stored = template.Stored();
        string xml = stored.ToXml();
        OracleException.Check(StoredTemplate.ParseXml(xml).Equals(stored), "what is stored survives its XML", () => Show(xml));
        Change(template, stored, chance);
        return true;
    }

    // A change is made as it was meant or refused.
    private static void Change(OpenNebulaTemplate template, StoredTemplate stored, Chance chance)
    {
        string name = Names[chance.Below(Names.Length)];
        string value = Values[chance.Below(Values.Length)];
        try
        {
            OpenNebulaTemplate changed = template.With(name, value);
            StoredTemplate meant = stored.Merge(StoredTemplate.Create([TemplateAttribute.Create(name, value)]));
            OracleException.Check(changed.Stored().Equals(meant), "a changed template is stored as it was meant", () => Show(changed.ToString()));
        }
        catch (OpenNebulaException)
        {
            // Refused with a code: what was read stays as it is, since templates do not change.
        }
    }
}

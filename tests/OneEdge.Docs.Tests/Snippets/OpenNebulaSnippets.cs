using OneEdge.OpenNebula;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code of the documents about OpenNebula.</summary>
public sealed class OpenNebulaSnippets
{
    [Fact]
    public void Template_is_read_and_changed()
    {
        string text = "# The shop\nNAME = web\nCPU  = 0.5\nDISK = [ IMAGE = \"Ubuntu\", SIZE = 10240 ]\n";

        // <snippet template-edit>
        OpenNebulaTemplate template = OpenNebulaTemplate.Parse(text, "web.tmpl");   // template.ToString() == text, to the last byte
        template.TryGet("CPU", out double cpu);                                     // 0.5
        string? image = template.Vector("DISK")?.Get("IMAGE");                      // Ubuntu
        OpenNebulaTemplate larger = template
            .With("CPU", "2")                                                       // the only CPU, in the place of the old one
            .WithItem("DISK", "SIZE", "20480")                                      // one value of the first DISK
            .AddVector("NIC", ("NETWORK", "public"));                               // one more NIC, at the end
        Console.Write(larger);                                                      // comments, order, spacing: as they were
        // </snippet>

        Assert.Equal(0.5, cpu);
        Assert.Equal("Ubuntu", image);
        Assert.Equal("# The shop\nNAME = web\nCPU  = \"2\"\nDISK = [ IMAGE = \"Ubuntu\", SIZE = \"20480\" ]\nNIC = [\n  NETWORK = \"public\" ]\n",
            larger.ToString());
    }

    [Fact]
    public void Template_is_written_and_compared_with_what_is_stored()
    {
        // <snippet template-stored>
        OpenNebulaTemplate template = new OpenNebulaTemplateBuilder()
            .AddComment("Made by the shop")
            .Add("name", "web")
            .AddVector("DISK", ("IMAGE", "Ubuntu"), ("SIZE", "10240"))
            .ToTemplate();
        StoredTemplate stored = template.Stored();                                  // what OpenNebula keeps of it
        StoredTemplate answer = StoredTemplate.ParseXml(stored.ToXml());            // what it answers
        StoredTemplate merged = stored.Merge(StoredTemplate.Parse("NAME=shop"));    // what an update that appends leaves
        // </snippet>

        Assert.Equal("<TEMPLATE><DISK><IMAGE><![CDATA[Ubuntu]]></IMAGE><SIZE><![CDATA[10240]]></SIZE></DISK><NAME><![CDATA[web]]></NAME></TEMPLATE>",
            stored.ToXml());
        Assert.Equal(stored, answer);
        Assert.Equal("shop", merged.Get("NAME"));
    }
}

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

    [Fact]
    public async Task Machine_is_made_and_waited_for()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;

        // <snippet opennebula-start>
        using var cloud = new EmbeddedCloud(new() { Hosts = 3 });                   // or an OpenNebulaConnection to a server
        var one = new OpenNebulaClient(cloud.Rpc);
        int template = await one.Templates.CreateAsync(OpenNebulaTemplate.Parse("NAME = web\nCPU = 0.5\nMEMORY = 512"), ct);
        int id = await one.Templates.InstantiateAsync(template, new() { Name = "web-1" }, ct);
        VirtualMachine machine = await one.VirtualMachines.WaitForStateAsync(id, LcmState.Running, cancellationToken: ct);
        Console.WriteLine($"{machine.Name} runs on {machine.Placement?.HostName}");
        // </snippet>

        Assert.Equal("web-1", machine.Name);
        Assert.StartsWith("host", machine.Placement?.HostName, StringComparison.Ordinal);
    }
}

using System.Xml.Linq;

namespace OneEdge.OpenNebula.Tests.Embedded;

public sealed class ContextVariableTests : IDisposable
{
    private readonly EmbeddedCloud _cloud = new(new EmbeddedCloudOptions());

    public void Dispose() => _cloud.Dispose();

    [Theory]
    [InlineData("$NAME", "web")]
    [InlineData("id $VMID of $uname:$GID", "id 0 of oneadmin:0")]
    [InlineData("$CPU$MEMORY", "164")]
    [InlineData("$COLOUR-$NOTHING.", "blue-.")]
    [InlineData("\\$NAME", "\\$NAME")]
    [InlineData("$NIC[IP, NETWORK=\\\"net\\\"]/x", "10.0.0.1/x")]
    [InlineData("$NIC[ MAC ]", "02:00:0a:00:00:01")]
    [InlineData("$NETWORK[DNS, NETWORK=\\\"net\\\"]", "10.0.0.53")]
    [InlineData("$NETWORK[DNS, NETWORK_ID=0]", "10.0.0.53")]
    [InlineData("$NETWORK[SPEED, NIC_ID=0]", "of the range")]
    [InlineData("$NETWORK[DNS]", "")]
    [InlineData("$IMAGE[FLAVOUR, IMAGE=os]", "sweet")]
    [InlineData("$IMAGE[FLAVOUR, IMAGE=other]", "")]
    [InlineData("$USER[SSH_PUBLIC_KEY]", "ssh-rsa AAA")]
    public async Task Variable_is_replaced(string written, string expected) => Assert.Equal(expected, (await ContextAsync(written)).Value("V"));

    [Theory]
    [InlineData("costs $ 5")]
    [InlineData("$NIC[")]
    [InlineData("$NIC[IP, NETWORK]")]
    [InlineData("$NIC[IP, NETWORK=\\\"net]")]
    [InlineData("$[IP]")]
    [InlineData("end$")]
    public async Task Variable_that_cannot_be_read_is_refused_and_takes_no_lease(string written)
    {
        OpenNebulaCallException error = await Assert.ThrowsAsync<OpenNebulaCallException>(() => ContextAsync(written));
        Assert.Contains("Error parsing:", error.ServerMessage, StringComparison.Ordinal);
        Assert.Equal("0", (await _cloud.Rpc.XmlAsync("one.vn.info", 0)).Value("USED_LEASES"));
        Assert.Equal("1", (await _cloud.Rpc.XmlAsync("one.image.info", 0)).Value("STATE"));
    }

    [Fact]
    public async Task Whole_templates_are_encoded_and_a_new_context_is_read_the_same_way()
    {
        string encoded = (await ContextAsync("$USER[TEMPLATE]")).Value("V");
        Assert.StartsWith("<USER><ID>0</ID>", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(encoded)), StringComparison.Ordinal);
        await _cloud.Rpc.CallAsync("one.vm.updateconf", 0, "CONTEXT=[V=\"$NAME of $UNAME\"]");
        Assert.Equal("web of oneadmin", (await _cloud.Rpc.XmlAsync("one.vm.info", 0)).Value("TEMPLATE/CONTEXT/V"));
    }

    private async Task<XElement> ContextAsync(string value)
    {
        await _cloud.Rpc.CallAsync("one.user.update", 0, "SSH_PUBLIC_KEY=\"ssh-rsa AAA\"", 1);
        await _cloud.Rpc.CallAsync("one.image.allocate", "NAME=os\nPATH=/os\nFLAVOUR=sweet", 1);
        await _cloud.Rpc.CallAsync(
            "one.vn.allocate",
            "NAME=net\nVN_MAD=dummy\nBRIDGE=b\nDNS=10.0.0.53\nSPEED=slow\nAR=[TYPE=IP4,IP=10.0.0.1,SIZE=9,SPEED=\"of the range\"]", -1);
        int id = await _cloud.Rpc.IdAsync(
            "one.vm.allocate", $"NAME=web\nCPU=1\nMEMORY=64\nCOLOUR=blue\nDISK=[IMAGE=os]\nNIC=[NETWORK=net]\nCONTEXT=[V=\"{value}\"]", false);
        return (await _cloud.Rpc.XmlAsync("one.vm.info", id)).Element("TEMPLATE")!.Element("CONTEXT")!;
    }
}

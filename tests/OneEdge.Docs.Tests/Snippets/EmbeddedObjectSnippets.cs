using OneEdge.OpenNebula;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code of the document about storage and networks of the embedded cloud.</summary>
public sealed class EmbeddedObjectSnippets
{
    [Fact]
    public async Task Machine_has_a_disk_of_an_image_and_an_address_of_a_network()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        using var cloud = new EmbeddedCloud();
        IOpenNebulaRpc rpc = cloud.Rpc;

        // <snippet embedded-objects>
        await rpc.CallAsync(new OpenNebulaCall("one.image.allocate", "NAME=os\nTYPE=OS\nPATH=/any/path", 1, false), ct);
        await rpc.CallAsync(new OpenNebulaCall(
            "one.vn.allocate", "NAME=net\nVN_MAD=dummy\nBRIDGE=br0\nAR=[TYPE=IP4,IP=10.0.0.1,SIZE=200]", -1), ct);
        RpcValue vm = await rpc.CallAsync(new OpenNebulaCall(
            "one.vm.allocate", "CPU=1\nMEMORY=64\nDISK=[IMAGE=os]\nNIC=[NETWORK=net]", false), ct);
        // </snippet>

        string xml = (await rpc.CallAsync(new OpenNebulaCall("one.vm.info", vm), ct)).AsString();
        Assert.Contains("<IP><![CDATA[10.0.0.1]]></IP>", xml, StringComparison.Ordinal);
        Assert.Contains("<SOURCE><![CDATA[dummy_path]]></SOURCE>", xml, StringComparison.Ordinal);
    }
}

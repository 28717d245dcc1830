using System.Xml.Linq;

namespace OneEdge.OpenNebula.Tests.Embedded;

public sealed class ZoneTests : IDisposable
{
    private readonly EmbeddedCloud _cloud = new(new EmbeddedCloudOptions());

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Zone_is_renamed_and_updated_and_stays_alone()
    {
        await _cloud.Rpc.AssertRefusedAsync(
            16384, "Error allocating a new zone. New zones can only be created at federation master", "one.zone.allocate", "NAME=z\nENDPOINT=e");
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot delete zone. System Zones (ID < 100) cannot be deleted.", "one.zone.delete", 0);
        await _cloud.Rpc.AssertRefusedAsync(1024, "Error getting zone [5].", "one.zone.info", 5);
        await _cloud.Rpc.CallAsync("one.zone.rename", 0, "edge");
        await _cloud.Rpc.CallAsync("one.zone.update", 0, "PLACE=here\nSERVER=[ID=1]", 0);
        XElement zone = Assert.Single((await _cloud.Rpc.XmlAsync("one.zonepool.info")).Elements());
        Assert.Equal(("0", "edge", "0"), (zone.Value("ID"), zone.Value("NAME"), zone.Value("STATE")));
        Assert.Equal("ENDPOINT=- PLACE=here", string.Join(' ', zone.Element("TEMPLATE")!.Elements().Select(e => $"{e.Name}={e.Value}")));
    }

    [Fact]
    public async Task Anybody_sees_the_zone_and_only_administrators_change_it()
    {
        IOpenNebulaRpc user = await _cloud.UserAsync("u");
        Assert.Equal("OpenNebula", (await user.XmlAsync("one.zone.info", 0)).Value("NAME"));
        Assert.Equal(512, (await user.RefusedAsync("one.zone.rename", 0, "mine")).ServerCode);
        Assert.Equal("OpenNebula", (await user.XmlAsync("one.zone.info", 0)).Value("NAME"));
    }
}

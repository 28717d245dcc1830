using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;
using OneEdge.OpenNebula.Embedded;

namespace OneEdge.OpenNebula.Tests.Embedded.Objects;

public sealed class MarketTests : IDisposable
{
    private const string Market = "NAME=m\nMARKET_MAD=http\nBASE_URL=\"http://h/\"\nPUBLIC_DIR=/d";

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly EmbeddedCloud _cloud;

    public MarketTests() => _cloud = new EmbeddedCloud(new EmbeddedCloudOptions { TimeProvider = _time, Delays = new EmbeddedCloudDelays { Image = Delay } });

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Application_of_an_image_is_made_while_the_image_is_used()
    {
        (int market, int image) = await PrepareAsync();
        int app = await _cloud.Rpc.IdAsync("one.marketapp.allocate", $"NAME=a\nTYPE=IMAGE\nORIGIN_ID={image}", market);
        Assert.Equal("2", (await AppAsync(app)).Value("STATE"));
        XElement used = await _cloud.Rpc.XmlAsync("one.image.info", image);
        Assert.Equal(("2", $"{app}"), (used.Value("STATE"), used.Value("APP_CLONES/ID")));
        _time.Advance(Delay);
        XElement ready = await AppAsync(app);
        Assert.Equal(("1", "1024", "dummy_format"), (ready.Value("STATE"), ready.Value("SIZE"), ready.Value("FORMAT")));
        Assert.Matches("^http://h/[0-9a-f]{32}$", ready.Value("SOURCE"));
        Assert.Equal("1", (await _cloud.Rpc.XmlAsync("one.image.info", image)).Value("STATE"));
        Assert.Equal("1024", (await _cloud.Rpc.XmlAsync("one.market.info", market)).Value("USED_MB"));
        int copy = await _cloud.Rpc.IdAsync("one.image.allocate", $"NAME=c\nFROM_APP={app}", 1, false);
        XElement made = await _cloud.Rpc.XmlAsync("one.image.info", copy);
        Assert.Equal((ready.Value("SOURCE"), "1024", ready.Value("MD5")), (made.Value("PATH"), made.Value("SIZE"), made.Value("TEMPLATE/FROM_APP_MD5")));
    }

    [Fact]
    public async Task Application_that_is_deleted_while_it_is_made_sets_the_image_free()
    {
        (int market, int image) = await PrepareAsync();
        int app = await _cloud.Rpc.IdAsync("one.marketapp.allocate", $"NAME=a\nTYPE=IMAGE\nORIGIN_ID={image}", market);
        await _cloud.Rpc.AssertRefusedAsync(2048, $"Cannot delete marketplace. marketplace  {market} is not empty.", "one.market.delete", market);
        await _cloud.Rpc.CallAsync("one.marketapp.delete", app);
        Assert.Equal("1", (await _cloud.Rpc.XmlAsync("one.image.info", image)).Value("STATE"));
        Assert.Equal("2", (await AppAsync(app)).Value("STATE"));
        _time.Advance(Delay);
        await _cloud.Rpc.AssertRefusedAsync(1024, $"Error getting marketplaceapp [{app}].", "one.marketapp.info", app);
        await _cloud.Rpc.CallAsync("one.market.delete", market);
    }

    [Fact]
    public async Task Refused_application_is_left_in_error_and_can_be_deleted()
    {
        (int market, int _) = await PrepareAsync();
        await _cloud.Rpc.AssertRefusedAsync(8192, "Image does not exist.", "one.marketapp.allocate", "NAME=a\nTYPE=IMAGE\nORIGIN_ID=4242", market);
        XElement app = await AppAsync(0);
        Assert.Equal(("3", "Fri Jan  2 03:04:15 2026 : Image does not exist."), (app.Value("STATE"), app.Value("TEMPLATE/ERROR")));
        await _cloud.Rpc.CallAsync("one.marketapp.delete", 0);
        _time.Advance(Delay);
        Assert.Empty((await _cloud.Rpc.XmlAsync("one.marketapppool.info", -2, -1, -1)).Elements());
        await _cloud.Rpc.AssertRefusedAsync(8192, "Missing ORIGIN_ID for the MARKETPLACEAPP", "one.marketapp.allocate", "NAME=b\nTYPE=IMAGE", market);
    }

    [Fact]
    public async Task Import_that_fails_leaves_the_application_in_error_and_the_image_free()
    {
        (int market, int image) = await PrepareAsync();
        _cloud.State.Faults.Add(new WorkFault(EmbeddedWork.AppImport, null, null, 1, 1, TimeSpan.Zero));
        int app = await _cloud.Rpc.IdAsync("one.marketapp.allocate", $"NAME=a\nTYPE=IMAGE\nORIGIN_ID={image}", market);
        _time.Advance(Delay);
        Assert.Equal("3", (await AppAsync(app)).Value("STATE"));
        Assert.Equal("1", (await _cloud.Rpc.XmlAsync("one.image.info", image)).Value("STATE"));
    }

    [Fact]
    public async Task Public_marketplaces_are_there_and_take_nothing()
    {
        Assert.Equal(["1", "0"], (await _cloud.Rpc.XmlAsync("one.marketpool.info")).Elements().Select(e => e.Value("ID")));
        Assert.Equal("1", (await _cloud.Rpc.XmlAsync("one.market.info", 1)).Value("STATE"));
        await _cloud.Rpc.AssertRefusedAsync(
            2048, "Create disabled for market: OpenNebula Public",
            "one.marketapp.allocate", "NAME=a\nORIGIN_ID=-1\nTYPE=VMTEMPLATE", 0);
    }

    [Fact]
    public async Task Marketplace_that_is_disabled_loses_its_applications()
    {
        (int market, int _) = await PrepareAsync();
        int app = await _cloud.Rpc.IdAsync("one.marketapp.allocate", "NAME=a\nTYPE=VMTEMPLATE\nORIGIN_ID=-1", market);
        await _cloud.Rpc.CallAsync("one.marketapp.enable", app, false);
        Assert.Equal("4", (await AppAsync(app)).Value("STATE"));
        await _cloud.Rpc.CallAsync("one.market.rename", market, "n");
        Assert.Equal("n", (await AppAsync(app)).Value("MARKETPLACE"));
        await _cloud.Rpc.CallAsync("one.market.enable", market, false);
        XElement disabled = await _cloud.Rpc.XmlAsync("one.market.info", market);
        Assert.Equal(("1", ""), (disabled.Value("STATE"), disabled.Value("MARKETPLACEAPPS")));
        await _cloud.Rpc.AssertRefusedAsync(1024, $"Error getting marketplaceapp [{app}].", "one.marketapp.info", app);
    }

    private async Task<(int Market, int Image)> PrepareAsync()
    {
        int market = await _cloud.Rpc.IdAsync("one.market.allocate", Market);
        int image = await _cloud.Rpc.IdAsync("one.image.allocate", "NAME=i\nTYPE=OS\nPATH=/x", 1, false);
        _time.Advance(Delay);
        return (market, image);
    }

    private Task<XElement> AppAsync(int id) => _cloud.Rpc.XmlAsync("one.marketapp.info", id);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Marketplace_that_goes_or_is_disabled_while_applications_are_made_sets_the_images_free(bool isDisabled)
    {
        (int market, int image) = await PrepareAsync();
        await _cloud.Rpc.CallAsync("one.marketapp.allocate", $"NAME=a\nTYPE=IMAGE\nORIGIN_ID={image}", market);
        if (isDisabled)
        {
            await _cloud.Rpc.CallAsync("one.market.enable", market, false);
        }
        else
        {
            await _cloud.Rpc.CallAsync("one.market.update", market, "MARKET_MAD=one", 0);
            await _cloud.Rpc.CallAsync("one.market.delete", market);
        }

        _time.Advance(Delay);
        XElement free = await _cloud.Rpc.XmlAsync("one.image.info", image);
        Assert.Equal("1", free.Value("STATE"));
        Assert.Empty(free.Element("APP_CLONES")!.Elements());
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Embedded.Objects;

/// <summary>The recorded events about storage, marketplaces and networks, caused again: each message is as it was, and they come in the same order.</summary>
public sealed partial class ObjectEventTests : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 0, 8, 22, TimeSpan.Zero));
    private readonly EmbeddedCloud _cloud;
    private readonly List<HookMessage> _seen = [];

    public ObjectEventTests()
    {
        var options = new EmbeddedCloudOptions { TimeProvider = _time, Delays = new EmbeddedCloudDelays { Image = Delay } };
        options.Files["$LAB/run/src.img"] = 1_000_000;
        _cloud = new EmbeddedCloud(options);
    }

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Messages_about_an_image_that_becomes_an_application_are_those_of_the_record()
    {
        for (int i = 0; i < 2; i++) await _cloud.Rpc.CallAsync("one.datastore.allocate", $"NAME=d{i}\nDS_MAD=dummy\nTM_MAD=dummy", -1);
        for (int i = 0; i < 11; i++) await _cloud.Rpc.CallAsync("one.image.allocate", $"NAME=i{i}\nTYPE=DATABLOCK\nSIZE=1", 1, false);
        await _cloud.Rpc.CallAsync("one.market.allocate", "NAME=m\nMARKET_MAD=http\nBASE_URL=u\nPUBLIC_DIR=d");
        for (int i = 0; i < 5; i++) await _cloud.Rpc.CallAsync("one.marketapp.allocate", $"NAME=a{i}\nTYPE=VMTEMPLATE\nORIGIN_ID=-1", 100);
        _time.Advance(Delay);
        using (Listen())
        {
            await _cloud.Rpc.CallAsync("one.datastore.allocate", "NAME=\"fsds\"\nDS_MAD=fs\nTM_MAD=shared\nTYPE=IMAGE_DS\nSAFE_DIRS=\"$LAB/run /\"", -1);
            await _cloud.Rpc.CallAsync("one.image.allocate", "NAME=\"fsimg\"\nTYPE=\"OS\"\nPATH=\"$LAB/run/src.img\"\nFORMAT=\"raw\"", 102, false);
            _time.Advance(Delay);
            await _cloud.Rpc.CallAsync(
                "one.market.allocate", "NAME=\"http-real\"\nMARKET_MAD=\"http\"\nBASE_URL=\"http://127.0.0.1:8009/\"\nPUBLIC_DIR=\"$LAB/run/market2\"");
            await _cloud.Rpc.CallAsync(
                "one.marketapp.allocate", "NAME=\"real-app\"\nORIGIN_ID=\"11\"\nTYPE=\"IMAGE\"\nDESCRIPTION=\"desc\"\nVERSION=\"1.0\"", 101);
            _time.Advance(Delay);
            await _cloud.Rpc.CallAsync("one.marketapp.delete", 5);
            _time.Advance(Delay);
            await _cloud.Rpc.CallAsync("one.market.delete", 101);
            await _cloud.Rpc.CallAsync("one.image.delete", 11, true);
        }

        Assert.Equal(
            [
                "EVENT API one.datastore.allocate 1", "EVENT API one.image.allocate 1", "EVENT IMAGE 11/READY/ ", "EVENT STATE IMAGE/READY//11 ",
                "EVENT API one.market.allocate 1", "EVENT IMAGE 11/USED/ ", "EVENT STATE IMAGE/USED//11 ", "EVENT API one.marketapp.allocate 1",
                "EVENT IMAGE 11/READY/ ", "EVENT STATE IMAGE/READY//11 ", "EVENT API one.marketapp.delete 1", "EVENT API one.market.delete 1",
                "EVENT IMAGE 11/DELETE/ ", "EVENT STATE IMAGE/DELETE//11 ", "EVENT API one.image.delete 1",
            ],
            _seen.Select(m => m.Topic));
        AssertRecorded((58, 0), (59, 1), (61, 3), (62, 4), (68, 5), (70, 7), (71, 8), (73, 10), (74, 11), (76, 13), (77, 14));
    }

    [Fact]
    public async Task Messages_about_networks_are_those_of_the_record()
    {
        for (int i = 0; i < 6; i++)
            await _cloud.Rpc.CallAsync("one.vn.allocate", $"NAME=n{i}\nVN_MAD=dummy\nBRIDGE=br0\nAR=[TYPE=IP4,IP=10.0.0.{i + 1},SIZE=9]", -1);
        await _cloud.Rpc.CallAsync("one.vn.rename", 0, "net0");
        for (int i = 0; i < 2; i++) await _cloud.Rpc.CallAsync("one.vntemplate.allocate", $"NAME=t{i}\nVN_MAD=dummy\nBRIDGE=b");
        await _cloud.Rpc.CallAsync("one.vntemplate.allocate", "NAME=priv\nVN_MAD=dummy\nBRIDGE=br7\nAR=[TYPE=IP4,IP=10.77.0.1,SIZE=20]");
        _time.Advance(Delay);
        using (Listen())
        {
            await _cloud.Rpc.CallAsync("one.vn.allocate", "NAME=evnet\nVN_MAD=dummy\nBRIDGE=b\nAR=[TYPE=IP4,IP=10.1.1.1,SIZE=2]", 0);
            _time.Advance(Delay);
            await _cloud.Rpc.CallAsync("one.vn.delete", 6);
            _time.Advance(Delay);
            await _cloud.Rpc.CallAsync("one.vntemplate.instantiate", 2, "priv-127", "DNS=\"8.8.8.8\"");
            await _cloud.Rpc.CallAsync("one.vn.reserve", 0, "SIZE=2\nNAME=\"resv-127\"\n");
            _time.Advance(Delay);
        }

        Assert.Equal(
            [
                "EVENT API one.vn.allocate 1", "EVENT NET 6/READY/ ", "EVENT STATE NET/READY//6 ", "EVENT NET 6/LOCK_DELETE/ ",
                "EVENT STATE NET/LOCK_DELETE//6 ",
                "EVENT API one.vn.delete 1", "EVENT NET 6/DONE/ ", "EVENT STATE NET/DONE//6 ", "EVENT API one.vntemplate.instantiate 1",
                "EVENT NET 8/LOCK_CREATE/ ", "EVENT STATE NET/LOCK_CREATE//8 ", "EVENT API one.vn.reserve 1",
            ],
            _seen.Take(12).Select(m => m.Topic));
        AssertRecorded((94, 0), (95, 1), (97, 3), (98, 4), (100, 6), (101, 7), (109, 8), (110, 9), (112, 11), (113, 12));
    }

    private IDisposable Listen() => _cloud.Listen(_seen.Add);

    private void AssertRecorded(params ReadOnlySpan<(int Number, int Index)> pairs)
    {
        string folder = Path.Combine(ConformanceData.Area("opennebula"), "events");
        int compared = 0;
        foreach ((int number, int index) in pairs)
        {
            // Some events are kept aside.
            if (Directory.GetFiles(folder, string.Create(CultureInfo.InvariantCulture, $"{number:000}-*.json")).SingleOrDefault() is not { } file) continue;
            using JsonDocument recorded = JsonDocument.Parse(File.ReadAllBytes(file));
            Assert.Equal(recorded.RootElement.GetProperty("topic").GetString(), _seen[index].Topic);
            Assert.Equal(Normal(recorded.RootElement.GetProperty("payload_xml").GetString()!), Normal(Encoding.UTF8.GetString(_seen[index].Payload.Span)));
            compared++;
        }

        Assert.True(compared > 5);
    }

    private static string Normal(string xml)
    {
        xml = Time().Replace(xml, "TIME");
        xml = Chance().Replace(xml, "HASH");
        xml = Location().Replace(xml, "BASE/");
        return Disk().Replace(xml, "DISK");
    }

    [GeneratedRegex(@"\b1[78]\d{8}\b", RegexOptions.None, 1_000)]
    private static partial Regex Time();

    [GeneratedRegex(@"\b[0-9a-f]{32}\b", RegexOptions.None, 1_000)]
    private static partial Regex Chance();

    [GeneratedRegex(@"\$LAB/one/var//datastores/|/var/lib/one//datastores/", RegexOptions.None, 1_000)]
    private static partial Regex Location();

    [GeneratedRegex(@"<TOTAL_MB>(?:258020|102400)</TOTAL_MB><FREE_MB>\d+</FREE_MB><USED_MB>\d+</USED_MB>", RegexOptions.None, 1_000)]
    private static partial Regex Disk();
}

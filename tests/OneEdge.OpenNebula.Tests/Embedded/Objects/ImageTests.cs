using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;
using OneEdge.OpenNebula.Embedded;

namespace OneEdge.OpenNebula.Tests.Embedded.Objects;

public sealed class ImageTests : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly EmbeddedCloud _cloud;

    public ImageTests() => _cloud = new EmbeddedCloud(new EmbeddedCloudOptions { TimeProvider = _time, Delays = new EmbeddedCloudDelays { Image = Delay } });

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Image_is_locked_until_the_storage_is_done_and_each_state_is_published_before_its_call()
    {
        List<string> seen = [];
        using IDisposable subscription = _cloud.Listen(m => seen.Add(m.Topic));
        int id = await _cloud.Rpc.IdAsync("one.image.allocate", "NAME=a\nTYPE=DATABLOCK\nSIZE=10", 1, false);
        Assert.Equal((4, 0, ""), await StateAsync(id));
        await _cloud.Rpc.AssertRefusedAsync(
            8192, "Image locked, use --force flag to remove the image. Force delete may leave some files on Datastore", "one.image.delete", id, false);
        _time.Advance(Delay);
        Assert.Equal((1, 1, "dummy_path"), await StateAsync(id));
        await _cloud.Rpc.CallAsync("one.image.delete", id, false);
        Assert.Equal((7, 7, "dummy_path"), await StateAsync(id));
        _time.Advance(Delay);
        await _cloud.Rpc.AssertRefusedAsync(1024, $"Error getting image [{id}].", "one.image.info", id);
        Assert.Equal(
            [
                "EVENT API one.image.allocate 1", "EVENT API one.image.delete 0", "EVENT IMAGE 0/READY/ ", "EVENT STATE IMAGE/READY//0 ",
                "EVENT IMAGE 0/DELETE/ ", "EVENT STATE IMAGE/DELETE//0 ", "EVENT API one.image.delete 1",
            ],
            seen);
    }

    [Fact]
    public async Task Image_that_is_copied_is_used_until_the_copy_is_ready()
    {
        int id = await ReadyAsync("NAME=a\nTYPE=OS\nPATH=/x\nDESCRIPTION=d");
        int copy = await _cloud.Rpc.IdAsync("one.image.clone", id, "b", -1);
        XElement source = await InfoAsync(id);
        Assert.Equal(("2", "1", $"{copy}"), (source.Value("STATE"), source.Value("CLONING_OPS"), source.Value("CLONES/ID")));
        Assert.Equal($"{id}", (await InfoAsync(copy)).Value("CLONING_ID"));
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot delete image. There are 0 VMs using it.", "one.image.delete", id);
        _time.Advance(Delay);
        XElement ready = await InfoAsync(copy);
        Assert.Equal(
            ("1", "-1", "dummy_path", "1024", "d"),
            (ready.Value("STATE"), ready.Value("CLONING_ID"), ready.Value("PATH"), ready.Value("SIZE"), ready.Value("TEMPLATE/DESCRIPTION")));
        Assert.Equal("1", (await InfoAsync(id)).Value("STATE"));
    }

    [Fact]
    public async Task Copy_of_a_persistent_image_puts_it_into_the_state_clone()
    {
        int id = await ReadyAsync("NAME=a\nTYPE=OS\nPATH=/x\nPERSISTENT=YES");
        await _cloud.Rpc.CallAsync("one.image.clone", id, "b", -1);
        Assert.Equal("6", (await InfoAsync(id)).Value("STATE"));
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot delete image. There are 1 active clone operations.", "one.image.delete", id);
        await _cloud.Rpc.AssertRefusedAsync(
            8192, "Could not make image non-persistent: Image cannot be in state CLONE.", "one.image.persistent", id, false);
    }

    [Theory]
    [InlineData(
        "NAME=a\nTYPE=KERNEL\nPATH=/x", 1, 16384,
        "Error allocating a new image. IMAGES of type KERNEL, RAMDISK and CONTEXT cannot be registered in an IMAGE_DS datastore")]
    [InlineData("NAME=a\nTYPE=CDROM", 1, 8192, "Cannot parse image SIZE: Either PATH or SOURCE are required for CDROM")]
    [InlineData("NAME=a\nTYPE=DATABLOCK\nSIZE=1x", 1, 8192, "Cannot parse image SIZE: Wrong number or missing SIZE attribute.")]
    [InlineData("NAME=a\nSOURCE=s\nSIZE=1", 1, 16384, "Error allocating a new image. SOURCE needs FORMAT to be set.")]
    [InlineData("NAME=a\nSOURCE=s\nPATH=p\nSIZE=1", 1, 16384, "Error allocating a new image. PATH and SOURCE cannot be both set.")]
    [InlineData("NAME=a/b\nTYPE=DATABLOCK\nSIZE=1", 1, 16384, "Error allocating a new image. Invalid NAME, char '/' is not allowed")]
    [InlineData("NAME=a\nTYPE=ZZZ\nPATH=p", 1, 16384, "Error allocating a new image. Unknown type ")]
    [InlineData("NAME=a\nTYPE=OS\nPATH=/no/file", 2, 8192, "Cannot parse image SIZE: cannot access '/no/file' (No such file or directory)")]
    [InlineData("NAME=a\nTYPE=DATABLOCK\nSIZE=20481", 1, 2048, "Not enough space in datastore")]
    public async Task Image_that_cannot_be_is_refused_and_uses_up_no_id(string text, int datastore, int code, string message)
    {
        await _cloud.Rpc.AssertRefusedAsync(code, message, "one.image.allocate", text, datastore, false);
        Assert.Equal("<IMAGE_POOL></IMAGE_POOL>", (await _cloud.Rpc.CallAsync("one.imagepool.info", -2, -1, -1)).AsString());
        Assert.Equal(0, await _cloud.Rpc.IdAsync("one.image.allocate", "NAME=b\nTYPE=DATABLOCK\nSIZE=1", 1, false));
    }

    [Fact]
    public async Task Capacity_is_not_looked_at_when_oneadmin_says_so()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        const string text = "NAME=big\nTYPE=DATABLOCK\nSIZE=999999";
        await alice.AssertRefusedAsync(2048, "Not enough space in datastore", "one.image.allocate", text, 1, true);
        Assert.Equal(0, await _cloud.Rpc.IdAsync("one.image.allocate", text, 1, true));
    }

    [Fact]
    public async Task Restricted_attribute_is_for_administrators_only()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        await alice.AssertRefusedAsync(
            512, "User [2] : Template includes a restricted attribute SOURCE.", "one.image.allocate", "NAME=a\nSOURCE=s\nFORMAT=raw\nSIZE=1", 1, false);
        int id = await _cloud.Rpc.IdAsync("one.image.allocate", "NAME=a\nSOURCE=s\nFORMAT=raw\nSIZE=1", 1, false);
        XElement image = await InfoAsync(id);
        Assert.Equal(("1", "s", "raw"), (image.Value("STATE"), image.Value("SOURCE"), image.Value("FORMAT")));
    }

    [Fact]
    public async Task Disabled_image_is_enabled_again_and_a_used_one_is_not_disabled()
    {
        int id = await ReadyAsync("NAME=a\nTYPE=OS\nPATH=/x");
        await _cloud.Rpc.CallAsync("one.image.enable", id, false);
        Assert.Equal("3", (await InfoAsync(id)).Value("STATE"));
        await _cloud.Rpc.RefusedAsync("one.vm.allocate", $"NAME=v\nCPU=1\nMEMORY=64\nDISK=[IMAGE_ID={id}]", true);
        await _cloud.Rpc.CallAsync("one.image.enable", id, true);
        int vm = await _cloud.Rpc.IdAsync("one.vm.allocate", $"NAME=v\nCPU=1\nMEMORY=64\nDISK=[IMAGE_ID={id}]", true);
        await _cloud.Rpc.AssertRefusedAsync(8192, "Could not disable image: Image cannot be in state USED.", "one.image.enable", id, false);
        XElement used = await InfoAsync(id);
        Assert.Equal(("2", "1", $"{vm}"), (used.Value("STATE"), used.Value("RUNNING_VMS"), used.Value("VMS/ID")));
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot delete image. There are 1 VMs using it.", "one.image.delete", id);
    }

    [Fact]
    public async Task Persistent_image_serves_one_machine_and_is_free_after_it()
    {
        int id = await ReadyAsync("NAME=a\nTYPE=OS\nPATH=/x\nPERSISTENT=YES");
        string text = $"CPU=1\nMEMORY=64\nDISK=[IMAGE=a]";
        int vm = await _cloud.Rpc.IdAsync("one.vm.allocate", $"NAME=v\n{text}", true);
        Assert.Equal("8", (await InfoAsync(id)).Value("STATE"));
        XElement disk = (await _cloud.Rpc.XmlAsync("one.vm.info", vm)).Element("TEMPLATE")!.Element("DISK")!;
        Assert.Equal(("NO", "YES", "YES", "NONE"), (disk.Value("CLONE"), disk.Value("SAVE"), disk.Value("PERSISTENT"), disk.Value("LN_TARGET")));
        OpenNebulaCallException error = await _cloud.Rpc.RefusedAsync("one.vm.allocate", $"NAME=w\n{text}", true);
        Assert.Contains($"Cannot acquire image {id}, it is persistent and already in use", error.ServerMessage, StringComparison.Ordinal);
        await _cloud.Rpc.CallAsync("one.vm.action", "terminate-hard", vm);
        Assert.Equal(("1", "0"), ((await InfoAsync(id)).Value("STATE"), (await InfoAsync(id)).Value("RUNNING_VMS")));
    }

    [Fact]
    public async Task Disk_names_an_image_of_its_owner_or_of_a_named_one()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        int id = await ReadyAsync("NAME=a\nTYPE=OS\nPATH=/x");
        OpenNebulaCallException error = await alice.RefusedAsync("one.vm.allocate", "NAME=v\nCPU=1\nMEMORY=64\nDISK=[IMAGE=a]", true);
        Assert.Contains(
            "User 2 does not own an image with name: a . Set IMAGE_UNAME or IMAGE_UID of owner in DISK.", error.ServerMessage, StringComparison.Ordinal);
        error = await alice.RefusedAsync("one.vm.allocate", "NAME=v\nCPU=1\nMEMORY=64\nDISK=[IMAGE=a,IMAGE_UNAME=oneadmin]", true);
        Assert.Equal(512, error.ServerCode);
        Assert.Equal("1", (await InfoAsync(id)).Value("STATE"));
        await _cloud.Rpc.CallAsync("one.image.chmod", id, -1, -1, -1, -1, -1, -1, 1, -1, -1);
        await alice.CallAsync("one.vm.allocate", "NAME=v\nCPU=1\nMEMORY=64\nDISK=[IMAGE=a,IMAGE_UNAME=oneadmin]", true);
        Assert.Equal("2", (await InfoAsync(id)).Value("STATE"));
    }

    [Fact]
    public async Task Storage_that_fails_leaves_an_image_in_error_that_can_be_enabled()
    {
        _cloud.State.Faults.Add(new WorkFault(EmbeddedWork.ImageCreate, null, null, 1, 1, TimeSpan.Zero));
        int id = await ReadyAsync("NAME=a\nTYPE=OS\nPATH=/x");
        XElement image = await InfoAsync(id);
        Assert.Equal("5", image.Value("STATE"));
        Assert.Equal("Fri Jan  2 03:04:15 2026 : Error copying image in the datastore", image.Value("TEMPLATE/ERROR"));
        await _cloud.Rpc.CallAsync("one.image.enable", id, true);
        Assert.Equal("1", (await InfoAsync(id)).Value("STATE"));
    }

    [Fact]
    public async Task Type_changes_among_disks_and_not_to_files()
    {
        int id = await ReadyAsync("NAME=a\nTYPE=OS\nPATH=/x");
        await _cloud.Rpc.CallAsync("one.image.chtype", id, "cdrom");
        Assert.Equal("1", (await InfoAsync(id)).Value("TYPE"));
        const string incompatible = "Cannot change image type to an incompatible type for the current datastore.";
        await _cloud.Rpc.AssertRefusedAsync(2048, incompatible, "one.image.chtype", id, "KERNEL");
        await _cloud.Rpc.AssertRefusedAsync(8192, "Unknown type ", "one.image.chtype", id, "ZZZ");
        await _cloud.Rpc.AssertRefusedAsync(2048, "Can only restore images of type BACKUP", "one.image.restore", id, 1, "");
    }

    [Fact]
    public async Task Snapshots_of_a_persistent_image_are_those_of_the_machine_that_had_it()
    {
        int id = await ReadyAsync("NAME=a\nTYPE=OS\nPATH=/x\nPERSISTENT=YES");
        CloudImage image = _cloud.State.Images.Pool.Get(id);
        _cloud.Run(() =>
        {
            image.Snapshots.Load(
                "<SNAPSHOTS><ALLOW_ORPHANS>NO</ALLOW_ORPHANS><CURRENT_BASE>-1</CURRENT_BASE><NEXT_SNAPSHOT>2</NEXT_SNAPSHOT>"
                + "<SNAPSHOT><CHILDREN>1</CHILDREN><ID>0</ID><PARENT>-1</PARENT><SIZE>1024</SIZE></SNAPSHOT>"
                + "<SNAPSHOT><ACTIVE>YES</ACTIVE><ID>1</ID><PARENT>0</PARENT><SIZE>2048</SIZE></SNAPSHOT></SNAPSHOTS>");
            return 0;
        });
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot delete the active snapshot", "one.image.snapshotdelete", id, 1);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot delete snapshot with children", "one.image.snapshotdelete", id, 0);
        await _cloud.Rpc.AssertRefusedAsync(2048, "Cannot clone images with snapshots", "one.image.clone", id, "b", -1);
        Assert.Equal(0, await _cloud.Rpc.IdAsync("one.image.snapshotrevert", id, 0));
        Assert.Equal(("4", "0"), ((await InfoAsync(id)).Value("STATE"), (await InfoAsync(id)).Value("TARGET_SNAPSHOT")));
        _time.Advance(Delay);
        await _cloud.Rpc.CallAsync("one.image.snapshotdelete", id, 1);
        _time.Advance(Delay);
        XElement snapshot = Assert.Single((await InfoAsync(id)).Element("SNAPSHOTS")!.Elements("SNAPSHOT"));
        Assert.Equal(("0", "YES"), (snapshot.Value("ID"), snapshot.Value("ACTIVE")));
        Assert.Null(snapshot.Element("CHILDREN"));
        await _cloud.Rpc.CallAsync("one.image.snapshotflatten", id, 0);
        _time.Advance(Delay);
        Assert.Empty((await InfoAsync(id)).Element("SNAPSHOTS")!.Elements("SNAPSHOT"));
    }

    private async Task<int> ReadyAsync(string text)
    {
        int id = await _cloud.Rpc.IdAsync("one.image.allocate", text, 1, false);
        _time.Advance(Delay);
        return id;
    }

    private Task<XElement> InfoAsync(int id) => _cloud.Rpc.XmlAsync("one.image.info", id);

    private async Task<(int State, int Previous, string Source)> StateAsync(int id)
    {
        XElement image = await InfoAsync(id);
        return (image.Number("STATE"), image.Number("PREV_STATE"), image.Value("SOURCE"));
    }

    [Fact]
    public async Task Image_that_is_deleted_twice_is_gone_once_and_for_all()
    {
        var time = new FakeTimeProvider();
        using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions
        {
            TimeProvider = time,
            Delays = new EmbeddedCloudDelays { Image = TimeSpan.FromMinutes(1) },
        });
        int id = await cloud.Rpc.IdAsync("one.image.allocate", "NAME=i\nTYPE=DATABLOCK\nSIZE=1", 1, false);
        time.Advance(TimeSpan.FromMinutes(1));
        await cloud.Rpc.CallAsync("one.image.delete", id, false);
        await cloud.Rpc.CallAsync("one.image.delete", id, false);
        List<string> seen = [];
        using IDisposable listening = cloud.Listen(m => seen.Add(m.Topic), t => t.StartsWith("EVENT IMAGE", StringComparison.Ordinal));
        using (cloud.Script.Fail(EmbeddedWork.ImageDelete, every: 2)) time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(seen);
        await cloud.Rpc.AssertRefusedAsync(1024, $"Error getting image [{id}].", "one.image.info", id);
    }
}

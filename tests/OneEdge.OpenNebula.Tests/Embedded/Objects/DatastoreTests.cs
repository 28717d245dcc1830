using System.Xml.Linq;

namespace OneEdge.OpenNebula.Tests.Embedded.Objects;

public sealed class DatastoreTests : IDisposable
{
    private readonly EmbeddedCloud _cloud = new();

    public void Dispose() => _cloud.Dispose();

    [Theory]
    [InlineData("NAME=d\nTM_MAD=dummy\nTYPE=SYSTEM_DS\nDS_MAD=dummy", "SYSTEM datastores cannot have DS_MAD defined.")]
    [InlineData("NAME=d\nDS_MAD=dummy", "No TM_MAD in template.")]
    [InlineData("NAME=d\nDS_MAD=dummy\nTM_MAD=zzz", "TM_MAD named \"zzz\" is not defined in oned.conf")]
    [InlineData("NAME=d\nDS_MAD=ceph\nTM_MAD=ceph\nDISK_TYPE=RBD", "Datastore template is missing the \"BRIDGE_LIST\" attribute or it's empty.")]
    [InlineData("NAME=d\nDS_MAD=dummy\nTM_MAD=dummy\nDISK_TYPE=ZZZ", "Unknown DISK_TYPE in template.")]
    [InlineData("NAME=d\nDS_MAD=dummy\nTM_MAD=dummy\nDISK_TYPE=CDROM", "Invalid DISK_TYPE for an Image Datastore.")]
    [InlineData("NAME=d\nTM_MAD=dummy\nTYPE=SYSTEM_DS\nDISK_TYPE=ISCSI", "Invalid DISK_TYPE for a System Datastore.")]
    [InlineData("NAME=default\nDS_MAD=dummy\nTM_MAD=dummy", "NAME is already taken by DATASTORE 1.")]
    public async Task Datastore_that_cannot_be_is_refused_and_uses_up_no_id(string text, string message)
    {
        await _cloud.Rpc.AssertRefusedAsync(8192, message, "one.datastore.allocate", text, -1);
        Assert.Equal(100, await _cloud.Rpc.IdAsync("one.datastore.allocate", "NAME=ok\nDS_MAD=dummy\nTM_MAD=dummy", -1));
    }

    [Fact]
    public async Task Transfer_driver_writes_its_rules_into_the_template()
    {
        int id = await _cloud.Rpc.IdAsync("one.datastore.allocate", "NAME=q\nDS_MAD=fs\nTM_MAD=qcow2\nSAFE_DIRS=/a", -1);
        XElement template = (await _cloud.Rpc.XmlAsync("one.datastore.info", id)).Element("TEMPLATE")!;
        Assert.Equal(
            "ALLOW_ORPHANS=FORMAT CLONE_TARGET=SYSTEM CLONE_TARGET_SSH=SYSTEM DISK_TYPE=FILE DISK_TYPE_SSH=FILE DRIVER=qcow2 DS_MAD=fs LN_TARGET=NONE "
            + "LN_TARGET_SSH=SYSTEM SAFE_DIRS=/a TM_MAD=qcow2 TM_MAD_SYSTEM=ssh",
            string.Join(' ', template.Elements().Select(e => $"{e.Name}={e.Value}")));
    }

    [Fact]
    public async Task System_datastore_is_disabled_and_enabled()
    {
        await _cloud.Rpc.CallAsync("one.datastore.enable", 0, false);
        Assert.Equal("1", (await _cloud.Rpc.XmlAsync("one.datastore.info", 0)).Value("STATE"));
        await _cloud.Rpc.CallAsync("one.datastore.enable", 0, true);
        Assert.Equal("0", (await _cloud.Rpc.XmlAsync("one.datastore.info", 0)).Value("STATE"));
    }

    [Fact]
    public async Task Refused_update_leaves_the_datastore_as_it_was()
    {
        string before = (await _cloud.Rpc.CallAsync("one.datastore.info", 1)).AsString();
        await _cloud.Rpc.AssertRefusedAsync(
            8192, "Cannot update template. TM_MAD named \"zzz\" is not defined in oned.conf", "one.datastore.update", 1, "TYPE=SYSTEM_DS\nTM_MAD=zzz", 1);
        await _cloud.Rpc.AssertRefusedAsync(8192, "Cannot update template. Unknown DISK_TYPE in template.", "one.datastore.update", 1, "DISK_TYPE=ZZZ", 1);
        Assert.Equal(before, (await _cloud.Rpc.CallAsync("one.datastore.info", 1)).AsString());
    }

    [Fact]
    public async Task Datastore_with_images_is_not_deleted_and_its_new_name_is_on_them()
    {
        int id = await _cloud.Rpc.IdAsync("one.datastore.allocate", "NAME=d\nDS_MAD=dummy\nTM_MAD=dummy", -1);
        int image = await _cloud.Rpc.IdAsync("one.image.allocate", "NAME=i\nTYPE=DATABLOCK\nSIZE=1", id, false);
        await _cloud.Rpc.AssertRefusedAsync(2048, $"Cannot delete datastore. Datastore {id} is not empty.", "one.datastore.delete", id);
        await _cloud.Rpc.CallAsync("one.datastore.rename", id, "e");
        Assert.Equal("e", (await _cloud.Rpc.XmlAsync("one.image.info", image)).Value("DATASTORE"));
        await _cloud.Rpc.CallAsync("one.image.delete", image);
        await _cloud.Rpc.CallAsync("one.datastore.delete", id);
        Assert.DoesNotContain("100", (await _cloud.Rpc.XmlAsync("one.cluster.info", 0)).Element("DATASTORES")!.Elements().Select(e => e.Value));
    }

    [Fact]
    public async Task Password_of_a_backup_datastore_is_sealed()
    {
        int id = await _cloud.Rpc.IdAsync("one.datastore.allocate", "NAME=b\nTYPE=BACKUP_DS\nDS_MAD=restic\nRESTIC_PASSWORD=secret", -1);
        XElement sealedInfo = await _cloud.Rpc.XmlAsync("one.datastore.info", id);
        Assert.NotEqual("secret", sealedInfo.Value("TEMPLATE/RESTIC_PASSWORD"));
        Assert.Equal(("3", "-"), (sealedInfo.Value("TYPE"), sealedInfo.Value("TM_MAD")));
        Assert.Equal("secret", (await _cloud.Rpc.XmlAsync("one.datastore.info", id, true)).Value("TEMPLATE/RESTIC_PASSWORD"));
    }

    [Fact]
    public async Task Member_of_the_users_sees_datastores_and_changes_none()
    {
        IOpenNebulaRpc alice = await _cloud.UserAsync("alice");
        Assert.Equal(["2", "1", "0"], (await alice.XmlAsync("one.datastorepool.info")).Elements().Select(e => e.Value("ID")));
        await alice.AssertRefusedAsync(512, "User [2] : Not authorized to perform MANAGE DATASTORE [1].", "one.datastore.update", 1, "A=1", 1);
        await alice.AssertRefusedAsync(512, "User [2] : Not authorized to perform ADMIN DATASTORE [1].", "one.datastore.delete", 1);
        await alice.AssertRefusedAsync(
            512, "User [2] : Not authorized to perform CREATE DATASTORE; Not authorized to perform ADMIN CLUSTER [0].", "one.datastore.allocate", "NAME=d", -1);
    }
}

using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

public sealed class LayoutTests
{
    [Fact]
    public void Paths_are_those_of_the_original()
    {
        var layout = new DatastoreLayout();
        Assert.Equal("/var/lib/one/datastores/0/7", layout.VmDirectory(0, 7));
        Assert.Equal("/usr/lib/one", layout.LibraryDirectory);
        Assert.Equal("/var/lib/one/remotes/etc/tm/ssh/sshrc", layout.SshrcFile);
        Assert.Equal("/var/lib/one/datastores/100/.monitor", layout.MonitorFile(100));
        Assert.Equal("/var/lib/one/datastores/replica_snaps/7/disk.1", layout.RecoveryDisk(7, 1).Disk);
        Assert.Equal("/var/lib/one/datastores/replica_snaps/7/disk.1.replica_snap", layout.ReplicaSnapshot(7, 1));
        DiskFiles disk = layout.Disk(0, 7, 1);
        Assert.Equal("/var/lib/one/datastores/0/7/disk.1.snap/disk.1.snap", disk.SelfLink);
        Assert.Equal("/var/lib/one/datastores/0/7/disk.1.snap/base", disk.Base);
        Assert.Equal("/var/lib/one/datastores/0/7/disk.1.snap/base.1", disk.Overlay);
        Assert.Equal("/var/lib/one/datastores/0/7/disk.1.snap/rs_tmp", disk.RecoveryTemporary);
        Assert.Equal("/var/lib/one/datastores/0/7/disk.1.snap/3", disk.Snapshot(3));
        Assert.Equal("disk.1.snap/base", disk.BackingName);
        Assert.Equal("disk.1.snap/base.1", disk.LinkTarget);
    }

    [Fact]
    public void Location_moves_data_and_programs()
    {
        var layout = new DatastoreLayout { OneLocation = "/srv/one/" };
        Assert.Equal("/srv/one/var/datastores/5", layout.Datastore(5));
        Assert.Equal("/srv/one/lib", layout.LibraryDirectory);
        Assert.Equal("/var/lib/one/datastores/replica_snaps/7", layout.RecoveryDirectory(7));
    }

    [Theory]
    [InlineData("h:/a//b/", "h", "/a/b")]
    [InlineData("h:/a:b/c", "h", "/a:b/c")]
    [InlineData("u@h:/a b", "u@h", "/a b")]
    [InlineData("/a", "fe", "/a")]
    public void Text_is_split_at_its_first_colon(string text, string host, string path)
    {
        HostPath read = HostPath.Parse(text, "fe");
        Assert.Equal((host, path), (read.Host, read.Path));
    }

    [Theory]
    [InlineData("h:a")]
    [InlineData("h:/a/../b")]
    [InlineData("h:/./a")]
    [InlineData("h:/")]
    [InlineData("-o:/a")]
    [InlineData(":/a")]
    [InlineData("a b:/c")]
    [InlineData("h:/a\0b")]
    public void Text_that_leaves_its_place_or_names_no_host_is_refused(string text) =>
        Assert.Equal(StorageErrorCodes.TransferArguments, Assert.Throws<StorageException>(() => HostPath.Parse(text)).Code);

    [Theory]
    [InlineData("/d/0/7/disk.12", 12)]
    [InlineData("/d/0/7/disk.1.snap/base", 1)]
    [InlineData("/d/disk.x/disk.4", 4)]
    [InlineData("/d/0/7", null)]
    [InlineData("/d/0/mydisk.1", null)]
    [InlineData("/d/disk./7", null)]
    public void Disk_is_a_path_with_its_number(string path, int? id) => Assert.Equal(id, new HostPath("h", path).DiskId);
}

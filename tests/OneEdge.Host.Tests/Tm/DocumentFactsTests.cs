using OneEdge.Host.Tm;
using OneEdge.OpenNebula;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Tests.Tm;

public sealed class DocumentFactsTests
{
    [Fact]
    public void Machine_is_where_the_last_record_of_its_history_says()
    {
        VmFacts facts = DocumentFacts.Of(VirtualMachine.ParseXml(CloudDocuments.Vm(7, lcmState: 62, datastore: 102, action: 14)));
        Assert.Equal((7, 62, "one-7", 102, 14, "kvm"), (facts.Id, facts.LcmState, facts.DeployId, facts.SystemDatastoreId, facts.LastAction, facts.VmDriver));
    }

    [Fact]
    public void Machine_that_was_never_deployed_has_no_datastore()
    {
        string xml = CloudDocuments.Vm(7);
        int start = xml.IndexOf("<HISTORY>", StringComparison.Ordinal);
        int end = xml.LastIndexOf("</HISTORY>", StringComparison.Ordinal) + "</HISTORY>".Length;
        VmFacts facts = DocumentFacts.Of(VirtualMachine.ParseXml(xml[..start] + xml[end..]));
        Assert.Null(facts.SystemDatastoreId);
        Assert.Null(facts.LastAction);
        Assert.Null(facts.VmDriver);
    }

    [Fact]
    public void Disk_has_all_that_its_attributes_say()
    {
        DiskFacts disk = Disk(
            ("DISK_ID", "3"), ("SIZE", "20480"), ("ORIGINAL_SIZE", "1024"), ("RECOVERY_SNAPSHOT_FREQ", "3600"), ("SPARSE", "NO"), ("FORMAT", "qcow2"),
            ("DRIVER", "raw"), ("TARGET", "vdb"), ("TM_MAD", "qcow2"), ("FS", "ext4"));
        Assert.Equal(
            new DiskFacts(3)
            {
                SizeMb = 20480,
                OriginalSizeMb = 1024,
                RecoverySnapshotFrequency = TimeSpan.FromHours(1),
                Sparse = false,
                Format = "qcow2",
                Target = "vdb",
                TransferDriver = "qcow2",
                FileSystem = "ext4",
            },
            disk);
    }

    [Fact]
    public void Disk_with_nothing_but_a_number_has_defaults() =>
        Assert.Equal(new DiskFacts(0), Disk(("DISK_ID", "0"), ("RECOVERY_SNAPSHOT_FREQ", " "), ("FS", "")));

    [Fact]
    public void Driver_is_the_format_where_none_is_said() => Assert.Equal("qcow2", Disk(("DISK_ID", "0"), ("DRIVER", "qcow2")).Format);

    [Theory]
    [InlineData("no", false)]
    [InlineData("NO", false)]
    [InlineData("No", true)]
    [InlineData("yes", true)]
    public void Holes_stay_unless_the_original_would_fill_them(string value, bool isSparse) =>
        Assert.Equal(isSparse, Disk(("DISK_ID", "0"), ("SPARSE", value)).Sparse);

    [Theory]
    [InlineData("0", 0)]
    [InlineData(" 60 ", 60)]
    [InlineData("often", 0)]
    [InlineData("-5", 0)]
    [InlineData("9223372036854775807", 315360000)]
    public void Any_frequency_asks_for_an_overlay(string value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Disk(("DISK_ID", "0"), ("RECOVERY_SNAPSHOT_FREQ", value)).RecoverySnapshotFrequency);

    [Fact]
    public void Disk_without_a_number_is_none() =>
        Assert.Empty(DocumentFacts.Of(VirtualMachine.ParseXml(CloudDocuments.Vm(7, CloudDocuments.Disk(("SIZE", "1"))))).Disks);

    [Fact]
    public void Replica_is_that_of_the_system_datastore_and_reaches_hosts_by_their_storage_address()
    {
        TransferFacts facts = DocumentFacts.Of(
            VirtualMachine.ParseXml(CloudDocuments.Vm(7, datastore: 100)),
            [Datastore.ParseXml(CloudDocuments.Datastore(1)), Datastore.ParseXml(CloudDocuments.Datastore(100, " node1 "))],
            [OpenNebula.Host.ParseXml(CloudDocuments.Host(4, "h1", "10.0.0.4")), OpenNebula.Host.ParseXml(CloudDocuments.Host(5, "h2"))]);
        Assert.Equal("node1", facts.ReplicaHost());
        Assert.Null(facts.ReplicaHostOf(1));
        Assert.Equal(("10.0.0.4", "h2", "h3"), (facts.StorageAddressOf("h1"), facts.StorageAddressOf("h2"), facts.StorageAddressOf("h3")));
    }

    private static DiskFacts Disk(params (string Name, string Value)[] attributes) =>
        Assert.Single(DocumentFacts.Of(VirtualMachine.ParseXml(CloudDocuments.Vm(7, CloudDocuments.Disk(attributes)))).Disks);
}

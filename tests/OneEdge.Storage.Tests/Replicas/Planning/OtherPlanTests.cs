using CsCheck;
using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

public sealed class OtherPlanTests
{
    private const string Vm = "/var/lib/one/datastores/0/7";

    [Fact]
    public void Directory_of_a_machine_moves_and_is_marked_as_it_was() => Assert.Equal(
        [
            "make directory h2:/var/lib/one/datastores/0", "mark h2:/var/lib/one/datastores/0 for monitoring as qcow2",
                $"copy directory h1:{Vm} to h2:{Vm} by h2", $"remove h1:{Vm}",
        ],
        Planned.Plan("MV", [$"h1:{Vm}", $"h2:{Vm}", "7", "0"], seen: new TransferObservations { MonitorWord = "qcow2" }).Texts());

    [Fact]
    public void Disk_moves_with_its_directory() => Assert.Empty(Planned.Plan("MV", [$"h1:{Vm}/disk.0", $"h2:{Vm}/disk.0", "7", "0"]).Steps);

    [Theory]
    [InlineData(60)]
    [InlineData(61)]
    public void Nothing_moves_from_a_host_that_failed(int state)
    {
        TransferPlan plan = Planned.Plan("MV", [$"h1:{Vm}", $"h2:{Vm}", "7", "0"], Planned.Vm() with { LcmState = state });
        Assert.Empty(plan.Steps);
        Assert.Equal(["Not moving files from h1 in FT mode"], plan.Notes);
    }

    [Fact]
    public void Shared_directory_does_not_move() =>
        Assert.Empty(Planned.Plan("MV", [$"h1:{Vm}", $"h2:{Vm}", "7", "0"], seen: new TransferObservations { IsSharedDirectory = true }).Steps);

    [Fact]
    public void Directory_keeps_its_name() =>
        Assert.Throws<StorageException>(() => Planned.Plan("MV", [$"h1:{Vm}", "h2:/var/lib/one/datastores/0/8", "7", "0"]));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Persistent_disk_goes_back_as_one_file(bool isChain)
    {
        string[] steps = Planned.Plan("MVDS", [Planned.Disk, Planned.Image, "7", "1"], seen: new TransferObservations { IsChain = isChain }).Texts();
        string[] copy = [$"copy {Planned.Disk} to {Planned.Image}, fetched from h1", $"copy the snapshots of {Planned.Disk} to {Planned.Image}",
            $"remove {Planned.Image}.md5sum"];
        Assert.Equal(isChain ? [$"make {Planned.Disk} one file without a base", .. copy] : copy, steps);
    }

    [Fact]
    public void Disk_without_a_base_is_saved_as_it_is() =>
        Assert.Equal([$"copy {Planned.Disk} to {Planned.Image}, fetched from h1"], Planned.Plan("CPDS", [Planned.Disk, Planned.Image, "-1", "7", "1"]).Texts());

    [Fact]
    public void Overlay_is_saved_by_a_temporary_file_that_never_stays()
    {
        TransferPlan plan = Planned.Plan("CPDS", [Planned.Disk, Planned.Image, "3", "7", "1"], seen: new TransferObservations { IsChain = true });
        const string file = Planned.Disk + ".snap/3.oneedge-export";
        Assert.Equal(
            [$"write the chain of {Planned.Disk}.snap/3 to {file}", $"copy {file} to {Planned.Image}, fetched from h1", $"remove {file}"], plan.Texts());
        Assert.Equal([$"remove {file}"], plan.CleanUp.Select(step => step.ToString()));
    }

    [Fact]
    public void Running_machine_is_saved_by_its_hypervisor()
    {
        VmFacts vm = Planned.Vm(new DiskFacts(0) { Target = "vda" }) with { LcmState = 26 };
        Assert.Equal(
            $"write vda of running one-7 to {Planned.Disk}.oneedge-export", Planned.Plan("CPDS", [Planned.Disk, Planned.Image, "-1", "7", "1"], vm).Texts()[0]);
        Assert.Contains(
            "Live operation not supported on lxc",
            Assert.Throws<StorageException>(() => Planned.Plan("CPDS", [Planned.Disk, Planned.Image, "-1", "7", "1"], vm with { VmDriver = "lxc" })).Message,
            StringComparison.Ordinal);
        Assert.Throws<StorageException>(() => Planned.Plan("CPDS", [Planned.Disk, Planned.Image, "-1", "7", "1"], vm with { DeployId = null }));
    }

    [Fact]
    public void Snapshot_of_a_disk_goes_to_the_replica_too() => Assert.Equal(
        [
            $"copy {Planned.Disk} to its snapshot 4", "make directory rep:/var/lib/one/datastores/replica_snaps/7",
            $"copy {Planned.Disk}.snap/4 to {Planned.Recovery}.replica_snap by rep",
        ],
        Planned.Plan("SNAP_CREATE", [Planned.Disk, "4", "7", "0"]).Texts());

    [Fact]
    public void Snapshot_without_a_replica_stays_where_it_is() =>
        Assert.Equal([$"copy {Planned.Disk} to its snapshot 4"], Planned.Plan("SNAP_CREATE", [Planned.Disk, "4", "7", "0"], replica: null).Texts());

    [Fact]
    public void Snapshot_of_a_running_machine_is_its_hypervisors()
    {
        Assert.Equal($"copy {Planned.Disk} of running one-7 to its snapshot 4", Planned.Plan("SNAP_CREATE_LIVE", [Planned.Disk, "4", "7", "0"]).Texts()[0]);
        Assert.Throws<StorageException>(() => Planned.Plan("SNAP_CREATE_LIVE", [Planned.Disk, "4", "7", "0"], Planned.Vm() with { DeployId = "" }));
    }

    [Fact]
    public void Snapshot_is_deleted() =>
        Assert.Equal([$"remove snapshot 4 of {Planned.Disk}"], Planned.Plan("SNAP_DELETE", [Planned.Disk, "4", "7", "0"]).Texts());

    [Fact]
    public void Plain_disk_is_reverted_without_the_replica() => Assert.Equal(
        [$"revert {Planned.Disk} to snapshot 4"],
        Planned.Plan("SNAP_REVERT", [Planned.Disk, "4", "7", "0"], seen: new TransferObservations { IsReplicaReachable = false }).Texts());

    [Theory]
    [InlineData(62, true, null)]
    [InlineData(3, true, "resize h1:/var/lib/one/datastores/0/7/disk.0 to 99 MiB")]
    [InlineData(3, false, "resize h1:/var/lib/one/datastores/0/7/disk.0 to 99 MiB, allocated")]
    public void Disk_of_a_machine_that_is_off_is_resized(int state, bool sparse, string? expected)
    {
        string[] steps = Planned.Plan(
            "RESIZE", [Planned.Disk, "99", "7", "0"], Planned.Vm(new DiskFacts(0) { Sparse = sparse }) with { LcmState = state }).Texts();
        Assert.Equal(expected is null ? [] : [expected], steps);
    }

    [Fact]
    public void Machine_is_deleted_with_its_recovery_snapshots() => Assert.Equal(
        ["remove rep:/var/lib/one/datastores/replica_snaps/7 (if the host can be reached)", $"remove h1:{Vm}"],
        Planned.Plan("DELETE", [$"h1:{Vm}", "7", "0"], Planned.Vm() with { LastAction = 30 }).Texts());

    [Fact]
    public void Machine_that_is_made_again_keeps_its_recovery_snapshots() =>
        Assert.Equal([$"remove h1:{Vm}"], Planned.Plan("DELETE", [$"h1:{Vm}", "7", "0"], Planned.Vm() with { LastAction = 14 }).Texts());

    [Fact]
    public void Nothing_but_the_path_is_deleted_without_a_replica() =>
        Assert.Equal([$"remove h1:{Vm}"], Planned.Plan("DELETE", [$"h1:{Vm}", "7", "0"], replica: null).Texts());

    [Fact]
    public void Live_migration_clears_both_ends_and_calls_other_drivers_once()
    {
        string[] words = ["h1", "h2", Vm, "7", "0"];
        VmFacts vm = Planned.Vm(new DiskFacts(0) { TransferDriver = "ssh" }, new DiskFacts(1) { TransferDriver = "ceph" },
            new DiskFacts(2) { TransferDriver = "ceph" }, new DiskFacts(3));
        TransferPlan before = Planned.Plan("PREMIGRATE", words, vm);
        Assert.Equal([$"remove h2:{Vm}"], before.Texts());
        Assert.Equal(["ceph"], before.OtherDrivers);
        Assert.Equal([$"remove h1:{Vm}"], Planned.Plan("POSTMIGRATE", words, vm).Texts());
        Assert.Empty(Planned.Plan("FAILMIGRATE", words, vm).Steps);
        Assert.Empty(Planned.Plan("PREMIGRATE", ["h1", "h1", Vm, "7", "0"], vm).Steps);
    }

    [Fact]
    public void Volatile_disks_are_made()
    {
        Assert.Equal($"make {Planned.Disk}, 10 MiB, raw", Planned.Plan("MKIMAGE", ["10", "raw", Planned.Disk, "7", "0"]).Texts()[^1]);
        Assert.Equal($"make {Planned.Disk}, 10 MiB, qcow2, ext4",
            Planned.Plan("MKIMAGE", ["10", "qcow2", Planned.Disk, "7", "0"], Planned.Vm(new DiskFacts(0) { FileSystem = "ext4" })).Texts()[^1]);
        Assert.Equal($"make {Planned.Disk}, 10 MiB, raw, swap", Planned.Plan("MKSWAP", ["10", Planned.Disk, "7", "0"]).Texts()[^1]);
        Assert.Contains(
            "Unsupported file system type: ntfs. Supported types are: ext4, ext3, ext2, xfs",
            Assert.Throws<StorageException>(
                () => Planned.Plan("MKIMAGE", ["10", "raw", Planned.Disk, "7"], Planned.Vm(new DiskFacts(0) { FileSystem = "ntfs" }))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FROB")]
    [InlineData("CLONE")]
    [InlineData("CLONE", Planned.Image, Planned.Disk, "8", "1")]
    [InlineData("CLONE", Planned.Image, Planned.Disk, "x", "1")]
    [InlineData("CLONE", Planned.Image, "h1:/var/lib/one/datastores/0/7", "7", "1")]
    [InlineData("RESIZE", Planned.Disk, "0", "7", "1")]
    [InlineData("RESIZE", Planned.Disk, "-5", "7", "1")]
    [InlineData("SNAP_CREATE", Planned.Disk, "../x", "7", "1")]
    [InlineData("DELETE", "relative", "7", "1")]
    [InlineData("PREMIGRATE", "-oProxyCommand=x", "h2", Vm, "7", "1")]
    public void Words_that_make_no_sense_are_refused(string action, params string[] words) =>
        Assert.Equal(StorageErrorCodes.TransferArguments, Assert.Throws<StorageException>(() => Planned.Plan(action, words)).Code);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"action\":\"Clone\",\"vmId\":1,\"steps\":[{\"step\":\"remove\",\"path\":{\"host\":\"h\",\"path\":\"/\"}}]}")]
    [InlineData("{\"action\":\"Clone\",\"vmId\":1,\"steps\":[{\"step\":\"frob\"}]}")]
    public void Text_that_is_no_plan_is_refused(string json) => Assert.Throws<StorageException>(() => TransferPlan.FromJson(json));

    [Fact]
    public void Plan_for_people_has_a_line_a_step_whatever_names_hold()
    {
        TransferPlan plan = Planned.Plan("DELETE", ["h1:/a\nb\u001b[2J", "7", "0"], replica: null);
        Assert.Equal(2, plan.ToString().Count(c => c == '\n'));
        Assert.DoesNotContain('\u001b', plan.ToString());
    }

    [Fact]
    public void Every_clone_makes_the_directory_first_and_its_disk_once() =>
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool).Sample((hasReplica, isReachable, isUnusable, hasSnapshot, hasFrequency) =>
        {
            var seen = new TransferObservations { IsReplicaReachable = isReachable, IsCacheUnusable = isUnusable, HasRecoverySnapshot = hasSnapshot };
            TransferPlan plan = Planned.Clone(Planned.Vm(hasFrequency ? Planned.WithRecovery : new DiskFacts(0)), seen, hasReplica ? "rep" : null);
            Assert.IsType<MakeDirectoryStep>(plan.Steps[0]);
            Assert.Single(plan.Steps.OfType<CopyDiskStep>());
            // An overlay is made exactly where it is wanted and does not come along.
            bool wantsOverlay = hasReplica && hasFrequency && !(isReachable && hasSnapshot);
            Assert.Equal(wantsOverlay, plan.Steps.OfType<CreateRecoveryBaseStep>().Any());
            // A replica that is down is in no step.
            if (!isReachable) Assert.DoesNotContain("rep:", string.Concat(plan.Texts()), StringComparison.Ordinal);
        });
}

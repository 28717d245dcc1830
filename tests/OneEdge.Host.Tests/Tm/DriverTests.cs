using System.Runtime.Versioning;
using OneEdge.Testing;

namespace OneEdge.Host.Tests.Tm;

/// <summary>The program as a process of its own, on files of this machine.</summary>
[SupportedOSPlatform("linux")]
public sealed class DriverTests
{
    [Fact]
    public async Task Clone_without_a_replica_is_silent_and_asks_for_no_more_than_it_needs()
    {
        await using DriverWorld world = await DriverWorld.StartAsync([]);
        world.Cloud.Set("one.vm.info", 7, CloudDocuments.Vm(7, CloudDocuments.Disk(("DISK_ID", "0"), ("SIZE", "1"), ("ORIGINAL_SIZE", "1"))));
        world.Cloud.Set("one.datastore.info", 0, CloudDocuments.Datastore(0));
        world.Cloud.Set("one.datastore.info", 1, CloudDocuments.Datastore(1));
        string image = world.Datastores + "/1/0a1b";
        await File.WriteAllTextAsync(image, "image", Token);
        HostRun run = (await world.CallAsync("ssh/clone", "fe:" + image, "fe:" + world.Disk(7), "7", "1")).Exits(0);
        Assert.Equal(("", ""), (run.Out, run.Error));
        Assert.Equal("image", await File.ReadAllTextAsync(world.Disk(7), Token));
        Assert.Equal(["one.vm.info 7", "one.datastore.info 0", "one.datastore.info 1"], world.Cloud.Calls);
        Assert.Empty(Directory.EnumerateFiles(world.Location + "/var/.oneedge/tm"));
    }

    [Fact]
    public async Task Action_with_nothing_to_do_is_no_failure_before_any_other()
    {
        await using DriverWorld world = await DriverWorld.StartAsync([]);
        world.Cloud.Set("one.vm.info", 7, CloudDocuments.Vm(7));
        HostRun run = (await world.CallAsync("ssh/mv", "fe:" + world.Disk(7), "h1:" + world.Disk(7), "7", "0")).Exits(0);
        Assert.Equal("INFO: mv: disks move with the directory of their virtual machine\n", run.Error);
    }

    [Theory]
    [InlineData("a b\tc")]
    [InlineData("it's \"q\" \\ `touch owned` $(touch owned) $HOME * ?")]
    [InlineData("one\ntwo; touch owned\n")]
    [InlineData("-rf --help -- @file [suggest]")]
    public async Task Arguments_are_never_interpreted(string name)
    {
        await using DriverWorld world = await DriverWorld.StartAsync([]);
        world.Cloud.Set("one.vm.info", 7, CloudDocuments.Vm(7));
        string image = $"{world.Datastores}/1/{name}";
        await File.WriteAllTextAsync(image, "image", Token);
        (await world.CallAsync("ssh/ln.ssh", "fe:" + image, "fe:" + world.Disk(7), "7", "1")).Exits(0);
        Assert.Equal("image", await File.ReadAllTextAsync(world.Disk(7), Token));
        (await world.CallAsync("ssh/cpds", "fe:" + world.Disk(7), $"fe:{image}2", "-1", "7", "1")).Exits(0);
        Assert.Equal("image", await File.ReadAllTextAsync(image + "2", Token));
        HostRun failed = (await world.CallAsync("ssh/cpds", "fe:" + world.Disk(7, 5), $"fe:{image}", "-1", "7", "1"));
        Assert.NotEqual(0, failed.ExitCode);
        Assert.Equal(2, failed.Error.TrimEnd('\n').Split('\n').Length);
        Assert.Empty(Directory.EnumerateFiles(world.Temporary(""), "owned", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("install")]
    public async Task Argument_that_is_a_word_of_the_program_is_an_argument(string word)
    {
        await using DriverWorld world = await DriverWorld.StartAsync([]);
        HostRun run = (await world.CallAsync("ssh/delete", word, "7", "0")).Exits(1);
        Assert.Equal("", run.Out);
        Assert.EndsWith($"Error deleting {word}\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_says_why_and_ends_with_the_message()
    {
        await using DriverWorld world = await DriverWorld.StartAsync([]);
        HostRun run = (await world.CallAsync("ssh/resize", "fe:" + world.Disk(7), "20", "7", "0")).Exits(1);
        Assert.Equal("", run.Out);
        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^ERROR: resize: OEN\d+: one\.vm\.info: Error getting object \[7\]\.$", lines[0]);
        Assert.Equal($"Error resizing image fe:{world.Disk(7)}", lines[1]);
    }

    [Fact]
    public async Task Failure_on_a_host_has_the_exit_code_of_its_script_and_stands_between_marks_when_asked()
    {
        await using DriverWorld world = await DriverWorld.StartAsync([], "--error-marks");
        world.Cloud.Set("one.vm.info", 7, CloudDocuments.Vm(7));
        HostRun run = await world.CallAsync("ssh/snap_create.ssh", "fe:" + world.Disk(7), "0", "7", "0");
        Assert.InRange(run.ExitCode, 1, 254);
        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("ERROR: snap_create.ssh: Command \"", lines[0], StringComparison.Ordinal);
        Assert.Equal("ERROR MESSAGE --8<------", lines[1]);
        Assert.StartsWith($"Error creating snapshot 0 of fe:{world.Disk(7)}: Command \"", lines[2], StringComparison.Ordinal);
        Assert.Equal("ERROR MESSAGE ------>8--", lines[3]);
    }

    [Fact]
    public async Task Action_without_an_original_fails_as_an_action()
    {
        await using DriverWorld world = await DriverWorld.StartAsync([]);
        HostRun run = (await world.CallAsync("ssh/prebackup", "h1:/a", "7")).Exits(1);
        Assert.StartsWith("ERROR: prebackup: OEH0020: ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("Error executing prebackup\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_that_cannot_be_reached_is_255()
    {
        Tool.Require("ssh", "openssh-client");
        await using DriverWorld world = await DriverWorld.StartAsync([], "--ssh-config", "/dev/null");
        world.Cloud.Set("one.vm.info", 7, CloudDocuments.Vm(7));
        HostRun run = (await world.CallAsync("ssh/resize", "no-such-host.invalid:" + world.Disk(7), "20", "7", "0")).Exits(255);
        Assert.StartsWith("ERROR: resize: Command \"", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_migration_calls_the_other_drivers_of_the_disks_once_with_the_document()
    {
        await using DriverWorld world = await DriverWorld.StartAsync([]);
        world.Cloud.Set("one.vm.info", 7, CloudDocuments.Vm(7, string.Concat(
            CloudDocuments.Disk(("DISK_ID", "0"), ("TM_MAD", "ssh")), CloudDocuments.Disk(("DISK_ID", "1"), ("TM_MAD", "ceph")),
            CloudDocuments.Disk(("DISK_ID", "2"), ("TM_MAD", "ceph")))));
        Other(world, "#!/bin/sh\n(for word; do echo \"<$word>\"; done; cat) >> \"$(dirname \"$0\")/calls\"\n");
        string directory = world.Datastores + "/0/7";
        Directory.CreateDirectory(directory);
        // The host of the second argument is this one; the first is not needed before the migration.
        HostRun run = (await world.CallWithAsync("PFZNLz4=", "ssh/premigrate", "h1", "fe", directory, "7", "0")).Exits(0);
        Assert.Equal("INFO: premigrate: Call ceph/premigrate\n", run.Error);
        Assert.False(Directory.Exists(directory));
        Assert.Equal($"<h1>\n<fe>\n<{directory}>\n<7>\n<0>\n<ssh>\nPFZNLz4=", await File.ReadAllTextAsync(world.Drivers + "/ceph/calls", Token));
        // Called by another driver, it does its part alone.
        (await world.CallWithAsync("", "ssh/premigrate", "h1", "fe", directory, "7", "0", "ceph")).Exits(0);
        Assert.Single((await File.ReadAllTextAsync(world.Drivers + "/ceph/calls", Token)).Split("<ssh>")[1..]);
        Other(world, "#!/bin/sh\necho no >&2\nexit 9\n");
        HostRun failed = (await world.CallAsync("ssh/premigrate", "h1", "fe", directory, "7", "0")).Exits(9);
        Assert.Contains("ERROR: premigrate: Command \"ceph/premigrate\" failed on fe: no\n", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Volatile_disk_has_the_file_system_of_the_configuration()
    {
        Tool.Require("qemu-img", "qemu-utils");
        await using DriverWorld world = await DriverWorld.StartAsync([]);
        world.Cloud.Set("one.vm.info", 7, CloudDocuments.Vm(7, CloudDocuments.Disk(("DISK_ID", "1"), ("FS", "ext4"))));
        Directory.CreateDirectory(world.Location + "/var/remotes/etc/datastore");
        await File.WriteAllTextAsync(world.Location + "/var/remotes/etc/datastore/datastore.conf", "SUPPORTED_FS=xfs\n", Token);
        HostRun refused = (await world.CallAsync("ssh/mkimage", "8", "raw", "fe:" + world.Disk(7, 1), "7", "0")).Exits(1);
        Assert.Contains("Unsupported file system type: ext4. Supported types are: xfs", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(world.Disk(7, 1)));
        (await world.CallAsync("ssh/mkimage", "8", "qcow2", "fe:" + world.Disk(7, 2), "7", "0")).Exits(0);
        Assert.True(File.Exists(world.Disk(7, 2)));
    }

    [Fact]
    public async Task Context_becomes_a_disk()
    {
        Tool.Require("genisoimage", "genisoimage");
        await using DriverWorld world = await DriverWorld.StartAsync([]);
        await File.WriteAllTextAsync(world.Temporary("context.sh"), "A=1", Token);
        await File.WriteAllTextAsync(world.Temporary("my file"), "B", Token);
        HostRun run = (await world.CallAsync(
            "ssh/context", world.Temporary("context.sh"), world.Temporary("my file") + ":other.txt", "fe:" + world.Disk(7, 9), "7", "0")).Exits(0);
        Assert.Equal($"INFO: context: Generating context block device at fe:{world.Disk(7, 9)}\n", run.Error);
        byte[] disk = await File.ReadAllBytesAsync(world.Disk(7, 9), Token);
        Assert.Equal("CD001", System.Text.Encoding.ASCII.GetString(disk, 0x8001, 5));
        Assert.Equal("CONTEXT", System.Text.Encoding.ASCII.GetString(disk, 0x8028, 32).TrimEnd());
        Assert.False(Directory.Exists(world.Datastores + "/.isofiles/7"));
    }

    [Fact]
    public async Task Context_of_a_file_that_is_missing_fails_and_leaves_nothing()
    {
        await using DriverWorld world = await DriverWorld.StartAsync([]);
        foreach (string file in new[] { world.Temporary("none"), world.Temporary("one_auth") + ":../../x", "" })
        {
            HostRun run = (await world.CallAsync("ssh/context", file, "fe:" + world.Disk(7, 9), "7", "0")).Exits(1);
            Assert.EndsWith($"Error creating context device fe:{world.Disk(7, 9)}\n", run.Error, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(world.Disk(7, 9)));
        Assert.False(Directory.Exists(world.Datastores + "/.isofiles/7"));
        Assert.False(File.Exists(world.Datastores + "/x"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static void Other(DriverWorld world, string text)
    {
        string file = Directory.CreateDirectory(world.Drivers + "/ceph").FullName + "/premigrate";
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

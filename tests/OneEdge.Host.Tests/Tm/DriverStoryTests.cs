using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace OneEdge.Host.Tests.Tm;

/// <summary>The installed folder over hosts with files of their own.</summary>
[SupportedOSPlatform("linux")]
public sealed class DriverStoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Machine_lives_and_ends_by_the_scripts_alone()
    {
        await using DriverWorld world = await DriverWorld.StartAsync(["replica", "h1"]);
        string grown = CloudDocuments.Disk(("DISK_ID", "0"), ("FORMAT", "raw"), ("SIZE", "3"), ("ORIGINAL_SIZE", "2"));
        world.Cloud.Set("one.vm.info", 7, CloudDocuments.Vm(7, grown));
        world.Cloud.Set("one.datastore.info", 0, CloudDocuments.Datastore(0, "replica"));
        world.Cloud.Set("one.datastore.info", 1, CloudDocuments.Datastore(1));
        world.Cloud.Set("one.host.info", 4, CloudDocuments.Host(4, "h1"));
        string image = world.Datastores + "/1/0a1b";
        byte[] content = Bytes(2, seed: 1);
        await File.WriteAllBytesAsync(image, content, Token);
        string disk = world.On("h1", world.Disk(7));

        await RunAsync(world, "clone", "fe:" + image, "h1:" + world.Disk(7), "7", "1");
        Assert.Equal(content, await File.ReadAllBytesAsync(world.On("replica", image), Token));
        byte[] first = await File.ReadAllBytesAsync(disk, Token);
        Assert.Equal([.. content, .. new byte[1 << 20]], first);
        Assert.Contains("one.host.info 4", world.Cloud.Calls);

        await RunAsync(world, "snap_create", "h1:" + world.Disk(7), "0", "7", "0");
        Assert.Equal(first, await File.ReadAllBytesAsync(disk + ".snap/0", Token));
        Assert.Equal(first, await File.ReadAllBytesAsync(world.On("replica", world.Datastores + "/replica_snaps/7/disk.0.replica_snap"), Token));

        await File.WriteAllBytesAsync(disk, Bytes(3, seed: 2), Token);
        await RunAsync(world, "snap_revert", "h1:" + world.Disk(7), "0", "7", "0");
        Assert.Equal(first, await File.ReadAllBytesAsync(disk, Token));

        await RunAsync(world, "snap_delete", "h1:" + world.Disk(7), "0", "7", "0");
        Assert.False(File.Exists(disk + ".snap/0"));

        await RunAsync(world, "mvds", "h1:" + world.Disk(7), "fe:" + image, "7", "1");
        Assert.Equal(first, await File.ReadAllBytesAsync(image, Token));

        await RunAsync(world, "delete", "h1:" + world.Disk(7), "7", "1");
        Assert.False(File.Exists(disk));
        Assert.True(Directory.Exists(Path.GetDirectoryName(disk)));
        await RunAsync(world, "delete", "h1:" + Path.GetDirectoryName(world.Disk(7)), "7", "0");
        Assert.False(Directory.Exists(Path.GetDirectoryName(disk)));
        Assert.False(Directory.Exists(world.On("replica", world.Datastores + "/replica_snaps/7")));
        // What is gone already is no failure.
        await RunAsync(world, "delete", "h1:" + Path.GetDirectoryName(world.Disk(7)), "7", "0");
        foreach (string host in new[] { "h1", "replica" })
            Assert.Empty(Directory.EnumerateFileSystemEntries(world.On(host, world.Datastores), "*.oneedge-*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Names_reach_other_hosts_as_they_are()
    {
        await using DriverWorld world = await DriverWorld.StartAsync(["replica", "h1"]);
        world.Cloud.Set("one.vm.info", 7, CloudDocuments.Vm(7));
        world.Cloud.Set("one.datastore.info", 0, CloudDocuments.Datastore(0, "replica"));
        world.Cloud.Set("one.host.info", 4, CloudDocuments.Host(4, "h1"));
        string image = world.Datastores + "/1/a b'\"\n$(touch owned)`touch owned`";
        await File.WriteAllTextAsync(image, "image", Token);
        await RunAsync(world, "clone", "fe:" + image, "h1:" + world.Disk(7), "7", "1");
        Assert.Equal("image", await File.ReadAllTextAsync(world.On("h1", world.Disk(7)), Token));
        Assert.Equal("image", await File.ReadAllTextAsync(world.On("replica", image), Token));
        Assert.Empty(Directory.EnumerateFiles(world.Temporary(""), "owned", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Replica_that_is_down_is_told_and_goes_round()
    {
        await using DriverWorld world = await DriverWorld.StartAsync(["h1"]);
        world.Cloud.Set("one.vm.info", 7, CloudDocuments.Vm(7));
        world.Cloud.Set("one.datastore.info", 0, CloudDocuments.Datastore(0, "replica.invalid"));
        await File.WriteAllTextAsync(world.Datastores + "/1/0a1b", "image", Token);
        HostRun run = (await world.CallAsync("ssh/clone", $"fe:{world.Datastores}/1/0a1b", "h1:" + world.Disk(7), "7", "1")).Exits(0);
        Assert.Equal("", run.Out);
        Assert.Matches(@"\AINFO: clone: .*replica\.invalid.*\n\z", run.Error);
        Assert.Equal("image", await File.ReadAllTextAsync(world.On("h1", world.Disk(7)), Token));
    }

    [Fact]
    public async Task Signal_stops_a_copy_without_half_a_disk_and_the_next_call_finishes_it()
    {
        await using DriverWorld world = await DriverWorld.StartAsync(["h1"]);
        world.Cloud.Set("one.vm.info", 7, CloudDocuments.Vm(7));
        string image = world.Datastores + "/1/0a1b";
        const int megabytes = 256;
        await File.WriteAllBytesAsync(image, Bytes(megabytes, seed: 3), Token);
        string directory = Path.GetDirectoryName(world.On("h1", world.Disk(7)))!;
        string[] words = ["fe:" + image, "h1:" + world.Disk(7), "7", "1"];
        using (Process process = world.Start("ssh/clone", words))
        {
            Task<HostRun> end = DriverWorld.EndAsync(process);
            // Data arrive in a directory of their own.
            while (!end.IsCompleted && !Arrives(directory)) await Task.Delay(1, Token);
            using (Process kill = Process.Start("kill", process.Id.ToString(CultureInfo.InvariantCulture))) await kill.WaitForExitAsync(Token);
            HostRun run = (await end).Exits(130);
            Assert.Equal($"ERROR: clone: stopped by a signal; nothing is left half done\nError copying {words[0]} to {words[1]}\n", run.Error);
            Assert.False(File.Exists(world.On("h1", world.Disk(7))));
        }

        await RunAsync(world, "clone", words);
        Assert.Equal(await File.ReadAllBytesAsync(image, Token), await File.ReadAllBytesAsync(world.On("h1", world.Disk(7)), Token));
        Assert.Equal(["disk.0"], Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName));
    }

    private static async Task RunAsync(DriverWorld world, string action, params string[] words)
    {
        HostRun run = (await world.CallAsync("ssh/" + action, words)).Exits(0);
        Assert.Equal(("", ""), (run.Out, run.Error));
    }

    private static bool Arrives(string directory)
    {
        try
        {
            return Directory.Exists(directory) && new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Any(file => file.Length > 0);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static byte[] Bytes(int megabytes, int seed)
    {
        byte[] content = new byte[megabytes << 20];
        new Random(seed).NextBytes(content);
        return content;
    }
}

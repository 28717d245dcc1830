using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using OneEdge.Commands;

namespace OneEdge.Storage.Tests.Recovery;

/// <summary>Three machines with file systems of their own: a hypervisor that dies, the replica, and the hypervisor that takes over.</summary>
[SupportedOSPlatform("linux")]
public sealed class StoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SshWorld _world;
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly List<Task> _running = [];

    public StoryTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs sshd and qemu.");
        Tool.Require("rsync", "rsync");
        _world = new SshWorld(_directory["ssh"]);
        Directory.CreateDirectory(Shared);
        foreach (string host in new[] { "h1", "h2", "replica" }) _world.Start(host, Shared, Directory.CreateDirectory(_directory[host]).FullName);
    }

    private string Shared => _directory["one"];

    private SshOptions Ssh => new() { ConfigFile = _world.ConfigFile };

    private static string DotnetRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    [Fact]
    public async Task Disk_of_a_dead_hypervisor_comes_back_on_another_with_the_bytes_of_its_last_snapshot()
    {
        MakeDeployment(_directory["h1/datastores/100/7"]);
        await StartMachineAsync("h1");
        await using IAsyncEnumerator<string> agent = StartAgent("h1");
        await NextTakenAsync(agent, 1);
        for (int i = 1; i <= 3; i++)
        {
            await QemuMachine.IoAsync(MonitorOf("h1"), 0, $"write -P {i + 10} {i}M 1M");
            // The second one from here began after the write.
            await NextTakenAsync(agent, 2);
        }

        await QemuMachine.IoAsync(MonitorOf("h1"), 0, "write -P 99 5M 1M");
        _world.Kill("h1");
        Directory.Delete(_directory["h1"], recursive: true);

        string output = (await RunAsync("replica", "recovery-restore", $"{Shared}/replica_snaps", "7", "0", _world.ConfigFile, "h2",
            $"{Shared}/datastores/100/7")).StandardOutput;
        Assert.Contains("Restore disk 0 of VM 7, generation ", output, StringComparison.Ordinal);
        Assert.Contains("done: give them their names", output, StringComparison.Ordinal);
        byte[] restored = await RecoveryWorld.GuestBytesAsync(_directory["h2/datastores/100/7/disk.0"]);
        Assert.Equal(await RecoveryWorld.GuestBytesAsync(_directory["replica/replica_snaps/7/disk.0"]), restored);
        Assert.Equal([1, 11, 12, 13], Enumerable.Range(0, 4).Select(i => restored[i << 20]));
        Assert.Contains(restored[5 << 20], new byte[] { 0, 99 });

        // The machine runs there, and its snapshots go on.
        WriteDocuments(_directory["h2/datastores/100/7"]);
        await StartMachineAsync("h2");
        await QemuMachine.IoAsync(MonitorOf("h2"), 0, "write -P 55 6M 1M");
        await using IAsyncEnumerator<string> second = StartAgent("h2");
        await NextTakenAsync(second, 1);
        Assert.Equal(55, (await RecoveryWorld.GuestBytesAsync(_directory["replica/replica_snaps/7/disk.0"]))[6 << 20]);
    }

    public void Dispose()
    {
        _world.Dispose();
        _end.Cancel();
        try
        {
            Task.WaitAll([.. _running]);
        }
        catch (AggregateException)
        {
            // The hosts of these programs are gone.
        }

        _end.Dispose();
        _directory.Dispose();
    }

    private static async Task NextTakenAsync(IAsyncEnumerator<string> agent, int count)
    {
        while (count > 0)
        {
            Assert.True(await agent.MoveNextAsync(), "The agent ended.");
            if (agent.Current == "ready") continue;
            Assert.StartsWith("taken ", agent.Current, StringComparison.Ordinal);
            count--;
        }
    }

    private string MonitorOf(string host) => _directory[$"{host}/datastores/100/7/test.sock"];

    private async Task StartMachineAsync(string host)
    {
        string vm = $"{Shared}/datastores/100/7";
        string[] words = [Tool.Require("qemu-system-x86_64", "qemu-system-x86"), .. QemuMachine.Words(vm, hasDevice: false, $"{vm}/disk.0")];
        Task<CommandResult> machine = new SshHost(host, Ssh).RunAsync(new HostScript("machine", "\"$@\"", words), _end.Token);
        _running.Add(machine);
        await QemuMachine.WaitForAsync(MonitorOf(host), () => machine.IsCompleted ? $"{machine.Exception?.Message}" : null);
    }

    private async IAsyncEnumerator<string> StartAgent(string host)
    {
        HostScript script = Program("recovery-agent", $"{Shared}/datastores", $"{Shared}/replica_snaps", _world.ConfigFile);
        await foreach (CommandEvent item in new SshHost(host, Ssh).ListenAsync(script, _end.Token))
            if (item is CommandOutputLine line) yield return line.Text;
    }

    private Task<CommandResult> RunAsync(string host, params string[] words) => new SshHost(host, Ssh).RunAsync(Program(words), _end.Token);

    private static HostScript Program(params string[] words) =>
        new("program", "export DOTNET_ROOT=$1; shift; exec \"$@\"", [DotnetRoot, TestProgram.Path, .. words]);

    private void MakeDeployment(string vm)
    {
        WriteDocuments(vm);
        var images = new QemuImages(_directory);
        var files = DiskFiles.In(vm, 0);
        Directory.CreateDirectory(files.SnapshotDirectory);
        File.CreateSymbolicLink($"{files.SnapshotDirectory}/disk.0.snap", ".");
        images.Img("create", "-q", "-f", "qcow2", files.Base, "8M");
        images.Io(files.Base, ["write -P 1 0 1M"]);
        images.Img("create", "-q", "-f", "qcow2", "-F", "qcow2", "-u", "-b", files.BackingName, files.Overlay, "8M");
        File.CreateSymbolicLink(files.Disk, files.LinkTarget);
    }

    private static void WriteDocuments(string vm)
    {
        Directory.CreateDirectory(vm);
        File.WriteAllText(Path.Combine(vm, "..", ".monitor"), "ssh");
        File.WriteAllText(Path.Combine(vm, "vm.xml"),
            "<VM><ID>7</ID><TEMPLATE><DISK><DISK_ID>0</DISK_ID><RECOVERY_SNAPSHOT_FREQ>1</RECOVERY_SNAPSHOT_FREQ></DISK></TEMPLATE></VM>");
        File.WriteAllText(Path.Combine(vm, "ds.xml"), "<DATASTORE><TEMPLATE><REPLICA_HOST>replica</REPLICA_HOST></TEMPLATE></DATASTORE>");
    }
}

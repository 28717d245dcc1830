using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.Versioning;
using OneEdge.Storage;
using OneEdge.Storage.Recovery;
using OneEdge.Testing;

namespace OneEdge.Host.Tests.Recovery;

/// <summary>A hypervisor, which is this host, with deployed machines, and a replica behind SSH.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Hypervisor : IDisposable
{
    private const int DiskBytes = 8 << 20;

    private readonly TemporaryDirectory _directory = new();
    private readonly List<Process> _machines = [];
    private SshWorld? _ssh;

    public Hypervisor()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hypervisors run Linux.");
        _directory.Write("ds/100/.monitor", "ssh");
        Directory.CreateDirectory(Monitors);
        Directory.CreateDirectory(Store);
    }

    public string Datastores => _directory["ds"];

    public string Store => _directory["snaps"];

    public string Monitors => _directory["qmp"];

    public string this[string name] => _directory[name];

    public string VmDirectory(int vm) => _directory[string.Create(CultureInfo.InvariantCulture, $"ds/100/{vm}")];

    /// <summary>The words by which <c>recovery run</c> finds all of it.</summary>
    public string[] Words => ["--datastores", Datastores, "--store", Store, "--ssh-config", Ssh.ConfigFile];

    public SshWorld Ssh
    {
        get
        {
            if (_ssh is not null) return _ssh;
            Tool.Require("rsync", "rsync");
            _ssh = new SshWorld(_directory["ssh"]);
            _ssh.Start("replica");
            return _ssh;
        }
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Deploys a machine with one disk.</summary>
    /// <returns>What its guest sees.</returns>
    public async Task<byte[]> DeployAsync(int vm, int frequency = 3600)
    {
        string number = vm.ToString(CultureInfo.InvariantCulture), directory = VmDirectory(vm);
        _directory.Write(
            $"ds/100/{number}/vm.xml",
            $"<VM><ID>{number}</ID><TEMPLATE><DISK><DISK_ID>0</DISK_ID><RECOVERY_SNAPSHOT_FREQ>{frequency.ToString(CultureInfo.InvariantCulture)}"
            + "</RECOVERY_SNAPSHOT_FREQ></DISK></TEMPLATE></VM>");
        _directory.Write($"ds/100/{number}/ds.xml", "<DATASTORE><TEMPLATE><REPLICA_HOST>replica</REPLICA_HOST></TEMPLATE></DATASTORE>");
        byte[] content = new byte[DiskBytes];
        new Random(vm).NextBytes(content.AsSpan(1 << 20, 1 << 20));
        string raw = _directory.Write($"raw.{number}", content);
        Directory.CreateDirectory(directory + "/disk.0.snap");
        await Qcow2Image.CreateOverlayAsync(raw + ".import", raw, new Qcow2OverlayOptions { BackingFormat = DiskImageFormat.Raw }, Token);
        await using (Qcow2Image import = await Qcow2Image.OpenAsync(raw + ".import", cancellationToken: Token))
            await import.FlattenAsync(directory + "/disk.0.snap/base", cancellationToken: Token);
        File.CreateSymbolicLink(directory + "/disk.0.snap/disk.0.snap", ".");
        var overlay = new Qcow2OverlayOptions { OpensBacking = false, VirtualSize = DiskBytes };
        await Qcow2Image.CreateOverlayAsync(directory + "/disk.0.snap/base.1", "disk.0.snap/base", overlay, Token);
        File.CreateSymbolicLink(directory + "/disk.0", "disk.0.snap/base.1");
        return content;
    }

    /// <summary>Starts a real qemu process with the disk of a machine; its monitor is where <c>--qmp</c> looks.</summary>
    public async Task StartAsync(int vm)
    {
        string socket = Path.Combine(Monitors, string.Create(CultureInfo.InvariantCulture, $"{vm}.sock"));
        string[] words =
        [
            "-machine", "none", "-display", "none", "-nodefaults", "-S", "-qmp", $"unix:{socket},server=on,wait=off",
            "-drive", $"if=none,id=d0,format=qcow2,file={VmDirectory(vm)}/disk.0",
        ];
        Process machine = Process.Start(new ProcessStartInfo(Tool.Require("qemu-system-x86_64", "qemu-system-x86"), words) { UseShellExecute = false })!;
        _machines.Add(machine);
        var clock = Stopwatch.StartNew();
        while (!await ListensAsync(socket))
        {
            Assert.False(machine.HasExited, "qemu does not start.");
            HangLimit.AssertNotReached(clock);
            await Task.Delay(20, Token);
        }
    }

    /// <summary>Where the guest of a machine writes, as qemu says.</summary>
    public async Task<GuestDiskLayer> LayerAsync(int vm)
    {
        RecoveryDisk disk = (await new RecoveryProbe(Datastores).FindAsync(Token)).Disks.Single(item => item.VmId == vm);
        var guests = new QmpGuestDisks(new QmpOptions
        {
            MonitorSocket = id => Path.Combine(Monitors, string.Create(CultureInfo.InvariantCulture, $"{id}.sock")),
        });
        return (await guests.GetStatusAsync(disk, Token)).Layer;
    }

    /// <summary>What a guest sees through a chain.</summary>
    public static async Task<byte[]> GuestBytesAsync(string file)
    {
        await using Qcow2Image image = await Qcow2Image.OpenAsync(file, new Qcow2OpenOptions { IgnoresLocks = true }, Token);
        using var bytes = new MemoryStream();
        await using Stream guest = image.OpenGuestStream();
        await guest.CopyToAsync(bytes, Token);
        return bytes.ToArray();
    }

    public void Dispose()
    {
        foreach (Process machine in _machines)
        {
            if (!machine.HasExited) machine.Kill();
            machine.WaitForExit();
            machine.Dispose();
        }

        _ssh?.Dispose();
        _directory.Dispose();
    }

    private static async Task<bool> ListensAsync(string socket)
    {
        try
        {
            using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await client.ConnectAsync(new UnixDomainSocketEndPoint(socket), Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

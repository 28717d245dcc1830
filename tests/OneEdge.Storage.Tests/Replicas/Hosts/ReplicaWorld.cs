using System.Diagnostics;
using System.Globalization;
using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

/// <summary>
/// A front-end, which is this process, a replica and two hypervisors, reached by SSH. All of them have the same paths, and files of their own there.
/// </summary>
public sealed class ReplicaWorld : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SshWorld _world;

    public ReplicaWorld()
        : this(_ => { })
    {
    }

    /// <summary>Prepares what a host has before it starts; what is mounted later it does not see.</summary>
    public ReplicaWorld(Action<ReplicaWorld> prepare)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can give hosts directories of their own.");
        Tool.Require("qemu-img", "qemu-utils");
        Tool.Require("rsync", "rsync");
        _world = new SshWorld(Path.Combine(_directory.Path, "ssh"));
        Location = Directory.CreateDirectory(Path.Combine(_directory.Path, "one")).FullName;
        foreach (string host in HostNames) Directory.CreateDirectory(Path.Combine(_directory.Path, "own", host, "var", "datastores"));
        prepare(this);
        foreach (string host in HostNames) _world.Start(host, Location, Path.Combine(_directory.Path, "own", host));

        Directory.CreateDirectory(Datastores + "/1");
        Settings = new TransferSettings
        {
            FrontEnd = "fe",
            OneLocation = Location,
            SshArguments = ["-F", SshConfig, "-oBatchMode=yes"],
            Replica = new ReplicaOptions { RecoverySnapshotsDirectory = Datastores + "/replica_snaps", MaxUsedPercent = 100 },
            // Longer than a busy machine may take for a renewal; tests of dead holders set less.
            CacheLockLifetime = TimeSpan.FromSeconds(60),
        };
    }

    public static IReadOnlyList<string> HostNames { get; } = ["replica", "h1", "h2"];

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The path that every host has.</summary>
    public string Location { get; }

    public string Datastores => Location + "/var/datastores";

    public string SshConfig => _world.ConfigFile;

    public string Journal => Path.Combine(_directory.Path, "journal");

    public TransferSettings Settings { get; set; }

    /// <summary>What a host has at a path of its own.</summary>
    public string On(string host, string path) => host == "fe" ? path : Path.Combine(_directory.Path, "own", host, Path.GetRelativePath(Location, path));

    public string Temporary(string name) => Path.Combine(_directory.Path, name);

    public void Kill(string host) => _world.Kill(host);

    public TransferManager Driver(IRemoteHosts? hosts = null) => new(hosts ?? Hosts(), Settings, new FileTransferJournal(Journal));

    public SshHosts Hosts() => new(new LocalHost("fe"), new SshOptions { ConfigFile = SshConfig });

    public static TransferFacts Facts(int vm, params IEnumerable<DiskFacts> disks) => new(new VmFacts(vm) { SystemDatastoreId = 0, Disks = [.. disks] })
    {
        Datastores = [new DatastoreFacts(0, "replica")],
    };

    public static DiskFacts WithRecovery(int id = 0) => new(id) { RecoverySnapshotFrequency = TimeSpan.FromMinutes(1) };

    /// <summary>The path of an image of the front-end's datastore 1.</summary>
    public string Image(string name = "0a1b") => $"{Datastores}/1/{name}";

    public string Disk(int vm, int disk = 0) => string.Create(CultureInfo.InvariantCulture, $"{Datastores}/0/{vm}/disk.{disk}");

    public string Recovery(int vm, int disk = 0) => string.Create(CultureInfo.InvariantCulture, $"{Datastores}/replica_snaps/{vm}/disk.{disk}");

    /// <summary>Writes an image to the front-end's datastore: bytes that no compression removes, with a hole.</summary>
    public byte[] WriteImage(string path, int megabytes, int seed)
    {
        byte[] content = new byte[megabytes << 20];
        new Random(seed).NextBytes(content.AsSpan(0, content.Length / 2));
        new Random(seed + 1).NextBytes(content.AsSpan(content.Length - 4096));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return content;
    }

    /// <summary>Writes a qcow2 image with content to the front-end's datastore.</summary>
    public string WriteQcow2(string path, int megabytes, int seed)
    {
        string raw = Temporary("raw");
        WriteImage(raw, megabytes, seed);
        Run("qemu-img", "convert", "-q", "-f", "raw", "-O", "qcow2", raw, path);
        return path;
    }

    /// <summary>Runs an action to its end.</summary>
    public async Task<List<TransferEvent>> RunAsync(TransferFacts facts, string action, params string[] words)
    {
        TransferManager driver = Driver();
        List<TransferEvent> events = [];
        await foreach (TransferEvent item in driver.RunAsync(driver.Parse(action, words, facts), Token)) events.Add(item);
        return events;
    }

    public Task<List<TransferEvent>> CloneAsync(int vm, string host, string image, params DiskFacts[] disks) =>
        RunAsync(Facts(vm, disks), "CLONE", image, $"{host}:{Disk(vm)}", vm.ToString(CultureInfo.InvariantCulture), "1");

    /// <summary>Runs a program of this machine and gives its output.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors.Result}");
        return output;
    }

    /// <summary>Names that only unfinished work has.</summary>
    public string[] Leftovers(string host) => Directory.Exists(On(host, Datastores))
        ? [.. Directory.EnumerateFileSystemEntries(
            On(host, Datastores), "*.oneedge-*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })]
        : [];

    public void Dispose()
    {
        _world.Dispose();
        _directory.Dispose();
    }
}

using System.Globalization;
using System.Runtime.Versioning;
using OneEdge.Storage;
using OneEdge.Testing;

namespace OneEdge.Host.Tests.Replica;

/// <summary>Image datastores of a front-end, which is this host, and a cache in a directory of its own: on this host, and on one behind SSH.</summary>
[SupportedOSPlatform("linux")]
internal sealed class CacheWorld : IDisposable
{
    public const string Node = "node1";

    private readonly TemporaryDirectory _directory = new();
    private SshWorld? _ssh;

    public CacheWorld()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hosts run Linux.");
        Tool.Require("rsync", "rsync");
        Directory.CreateDirectory(_directory["ds/1"]);
        Directory.CreateDirectory(Cache);
    }

    public string Datastores => _directory["ds"];

    public string Cache => _directory["cache"];

    public string this[string name] => _directory[name];

    public SshWorld Ssh
    {
        get
        {
            if (_ssh is not null) return _ssh;
            _ssh = new SshWorld(_directory["ssh"]);
            _ssh.Start(Node);
            return _ssh;
        }
    }

    /// <summary>Runs a command of the group about this cache.</summary>
    public Task<HostRun> RunAsync(params string[] words) => RunAsync(words, terminal: false);

    public Task<HostRun> RunAsync(string[] words, bool terminal)
    {
        string[] ssh = _ssh is null ? [] : ["--ssh-config", _ssh.ConfigFile];
        return HostRun.OfAsync(["replica", .. words, "--datastores", Datastores, "--cache", Cache, .. ssh], terminal: terminal);
    }

    /// <summary>Writes an image to the front-end's datastore 1.</summary>
    public byte[] WriteImage(string name, int kilobytes = 256, int seed = 1)
    {
        byte[] content = new byte[kilobytes << 10];
        new Random(seed).NextBytes(content);
        _directory.Write($"ds/1/{name}", content);
        return content;
    }

    /// <summary>Fetches images, of 256 KiB each, and sets when they were last used: the first one longest ago.</summary>
    public async Task PutAsync(params string[] names)
    {
        foreach (string name in names) WriteImage(name);
        (await RunAsync(["sync", .. names.Select(name => $"1/{name}"), "--to", "local"])).Exits(0);
        for (int i = 0; i < names.Length; i++)
        {
            string file = $"{Cache}/1/.oneedge/index/{names[i]}";
            string[] words = File.ReadAllText(file).Split(' ');
            File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"{words[0]} {words[1]} {1000 * (i + 1)}\n"));
        }
    }

    public byte[] Cached(string name) => File.ReadAllBytes($"{Cache}/1/{name}");

    public string[] CachedNames() =>
        [.. Directory.EnumerateFileSystemEntries($"{Cache}/1").Select(Path.GetFileName).OfType<string>().Where(n => n[0] != '.').Order(StringComparer.Ordinal)];

    /// <summary>Somebody reads an image, and goes on for an hour.</summary>
    public void Lease(string name)
    {
        string boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        double uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
        long end = (long)((uptime + 3600) * 1000);
        _directory.Write($"cache/1/.oneedge/leases/{name}/99", string.Create(CultureInfo.InvariantCulture, $"{boot} {end}\n"));
    }

    /// <summary>A disk on the host of the cache has an image below it.</summary>
    public async Task ChainAsync(string name)
    {
        Directory.CreateDirectory($"{Cache}/0/7");
        var options = new Qcow2OverlayOptions { OpensBacking = false, VirtualSize = 1 << 20, BackingFormat = DiskImageFormat.Raw };
        await Qcow2Image.CreateOverlayAsync($"{Cache}/0/7/disk.0", $"../../1/{name}", options, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _ssh?.Dispose();
        _directory.Dispose();
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using OneEdge.Testing;

namespace OneEdge.Host.Tests.Tm;

/// <summary>A front-end, which is this machine, with an installed driver folder that is called as the core calls it, and a cloud of documents.</summary>
[SupportedOSPlatform("linux")]
internal sealed class DriverWorld : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SshWorld? _hosts;

    private DriverWorld(string[] hosts)
    {
        Location = Directory.CreateDirectory(_directory["one"]).FullName;
        if (hosts.Length > 0)
        {
            Tool.Require("qemu-img", "qemu-utils");
            Tool.Require("rsync", "rsync");
            _hosts = new SshWorld(_directory["ssh"]);
            foreach (string host in hosts) Directory.CreateDirectory(_directory[$"own/{host}/var/datastores"]);
            foreach (string host in hosts) _hosts.Start(host, Location, _directory[$"own/{host}"]);
        }

        _directory.Write("one/var/remotes/etc/tm/ssh/sshrc", $"""
            REPLICA_RECOVERY_SNAPS_DIR={Datastores}/replica_snaps
            REPLICA_SSH_OPTS=""
            REPLICA_MAX_USED_PERC=100

            """);
        _directory.Write("one_auth", "oneadmin:opennebula\n");
        Directory.CreateDirectory(Datastores + "/1");
    }

    /// <summary>Answers the driver.</summary>
    public RpcAnswers Cloud { get; } = new();

    /// <summary>The path that every host has: <c>ONE_LOCATION</c>.</summary>
    public string Location { get; }

    public string Datastores => Location + "/var/datastores";

    public string Drivers => Location + "/var/remotes/tm";

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "oneedge");

    /// <summary>A world with hosts that are reached by SSH; only root can have one.</summary>
    public static async Task<DriverWorld> StartAsync(string[] hosts, params string[] options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The scripts need a shell.");
        Assert.SkipUnless(hosts.Length == 0 || Environment.IsPrivilegedProcess, "Only root can give hosts directories of their own.");
        var world = new DriverWorld(hosts);
        string[] ssh = world._hosts is null ? [] : ["--ssh-config", world._hosts.ConfigFile];
        (await HostRun.OfAsync(["tm", "install", world.Drivers, "--program", Program, "--front-end", "fe", .. ssh, .. options])).Exits(0);
        return world;
    }

    public string Disk(int vm, int disk = 0) => string.Create(CultureInfo.InvariantCulture, $"{Datastores}/0/{vm}/disk.{disk}");

    /// <summary>What a host has at a path of its own.</summary>
    public string On(string host, string path) => host == "fe" ? path : _directory[$"own/{host}/{Path.GetRelativePath(Location, path)}"];

    public string Temporary(string name) => _directory[name];

    /// <summary>Starts a script of the folder by way of a shell with escaped words, as the core does.</summary>
    public Process Start(string script, params string[] words)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec {Drivers}/{script} {string.Join(' ', words.Select(Escape))}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = _directory.Path,
        };
        start.Environment["ONE_LOCATION"] = Location;
        start.Environment["ONE_XMLRPC"] = Cloud.Endpoint;
        start.Environment["ONE_AUTH"] = _directory["one_auth"];
        return Process.Start(start)!;
    }

    /// <summary>Calls a script to its end.</summary>
    public Task<HostRun> CallAsync(string script, params string[] words) => CallWithAsync("", script, words);

    /// <summary>Calls a script with something on its standard input.</summary>
    public async Task<HostRun> CallWithAsync(string input, string script, params string[] words)
    {
        using Process process = Start(script, words);
        await process.StandardInput.WriteAsync(input.AsMemory(), TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>Waits for the end of a script.</summary>
    public static async Task<HostRun> EndAsync(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new HostRun(process.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        _hosts?.Dispose();
        await Cloud.DisposeAsync();
        _directory.Dispose();
    }

    // The rule of Ruby's Shellwords.
    private static string Escape(string word)
    {
        if (word.Length == 0) return "''";
        var text = new StringBuilder();
        foreach (char c in word)
        {
            if (c == '\n') text.Append("'\n'");
            else if (char.IsAsciiLetterOrDigit(c) || "_-.,:+/@".Contains(c, StringComparison.Ordinal)) text.Append(c);
            else text.Append('\\').Append(c);
        }

        return text.ToString();
    }
}

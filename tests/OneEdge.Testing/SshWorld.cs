using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace OneEdge.Testing;

/// <summary>
/// Private SSH servers on loopback, one a host, with keys and a client configuration of their own. Each host may see a directory of its own under a path that
/// all of them use,
/// as different machines do; only root can have that. The start files of the user's shell are not read: the home directory is that of this world.
/// </summary>
public sealed class SshWorld : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly string _directory;
    private readonly string _sshd;
    private readonly Dictionary<string, Process> _servers = new(StringComparer.Ordinal);

    [SupportedOSPlatform("linux")]
    public SshWorld(string directory)
    {
        _directory = directory;
        _sshd = Tool.TryFind("sshd") ?? (File.Exists("/usr/sbin/sshd") ? "/usr/sbin/sshd" : Tool.Require("sshd", "openssh-server"));
        Tool.Require("ssh", "openssh-client");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The servers need Linux.");
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Environment.IsPrivilegedProcess) Directory.CreateDirectory("/run/sshd");
        // bash reads the start file of a user who comes by SSH; what that does is not the test's business.
        Directory.CreateDirectory(PathOf("home"));
        Keygen("host_key");
        Keygen("client_key");
        File.Copy(PathOf("client_key.pub"), PathOf("authorized_keys"));
        File.WriteAllText(ConfigFile, "");
        File.WriteAllText(PathOf("known_hosts"), "");
    }

    /// <summary>The configuration with which clients reach the hosts by their names.</summary>
    public string ConfigFile => PathOf("ssh_config");

    /// <summary>Starts a host.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shared">A path that every host has; <see langword="null"/> for none.</param>
    /// <param name="own">What this host has there.</param>
    public void Start(string name, string? shared = null, string? own = null)
    {
        for (int attempt = 0; ; attempt++)
        {
            int port = FreePort();
            if (TryStart(name, port, shared, own) is { } server)
            {
                _servers.Add(name, server);
                string key = string.Join(' ', File.ReadAllText(PathOf("host_key.pub")).Split(' ').Take(2));
                File.AppendAllText(PathOf("known_hosts"), string.Create(CultureInfo.InvariantCulture, $"[127.0.0.1]:{port} {key}\n"));
                // The default key exchange takes 60 ms of processor at each end; what is agreed on is not the test's business.
                File.AppendAllText(ConfigFile, string.Create(CultureInfo.InvariantCulture, $"""
                    Host {name}
                      HostName 127.0.0.1
                      Port {port}
                      IdentityFile {PathOf("client_key")}
                      IdentitiesOnly yes
                      UserKnownHostsFile {PathOf("known_hosts")}
                      StrictHostKeyChecking yes
                      LogLevel ERROR
                      KexAlgorithms curve25519-sha256

                    """));
                return;
            }

            Assert.True(attempt < 5, $"sshd for '{name}' does not start.");
        }
    }

    /// <summary>The host dies: its server and all that it runs are gone at once.</summary>
    public void Kill(string name)
    {
        if (!_servers.Remove(name, out Process? server)) return;
        server.Kill(entireProcessTree: true);
        server.WaitForExit();
        server.Dispose();
    }

    public void Dispose()
    {
        foreach (string name in _servers.Keys.ToArray()) Kill(name);
    }

    private Process? TryStart(string name, int port, string? shared, string? own)
    {
        string config = PathOf(name + ".sshd_config");
        File.WriteAllText(config, string.Create(CultureInfo.InvariantCulture, $"""
            ListenAddress 127.0.0.1
            Port {port}
            HostKey {PathOf("host_key")}
            AuthorizedKeysFile {PathOf("authorized_keys")}
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            PermitRootLogin prohibit-password
            AllowAgentForwarding yes
            MaxStartups 200
            MaxSessions 100
            Subsystem sftp internal-sftp
            SetEnv HOME={_directory}/home

            """));
        var start = new ProcessStartInfo { RedirectStandardError = true, UseShellExecute = false };
        if (shared is not null)
        {
            // A mount of its own for this host and whatever it starts, all of which ends with it.
            Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give hosts directories of their own.");
            start.FileName = "unshare";
            const string Mount = "mount --bind \"$1\" \"$2\" && shift 2 && exec \"$@\"";
            foreach (string word in new[] { "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", Mount, "sh", own!, shared }) start.ArgumentList.Add(word);
            start.ArgumentList.Add(_sshd);
        }
        else
        {
            start.FileName = _sshd;
        }

        foreach (string word in new[] { "-D", "-e", "-f", config }) start.ArgumentList.Add(word);
        Process server = Process.Start(start)!;
        Task<bool> listening = ListeningAsync(server);
        if (listening.Wait(StartLimit) && listening.Result) return server;
        server.Kill(entireProcessTree: true);
        server.Dispose();
        return null;
    }

    private static async Task<bool> ListeningAsync(Process server)
    {
        while (await server.StandardError.ReadLineAsync() is { } line)
        {
            if (!line.Contains("Server listening on", StringComparison.Ordinal)) continue;
            // What it says later must not fill the pipe.
            _ = server.StandardError.ReadToEndAsync();
            return true;
        }

        return false;
    }

    private void Keygen(string name)
    {
        string[] words = ["-q", "-t", "ed25519", "-N", "", "-f", PathOf(name)];
        using Process process = Process.Start(new ProcessStartInfo("ssh-keygen", words) { UseShellExecute = false })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private string PathOf(string name) => Path.Combine(_directory, name);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

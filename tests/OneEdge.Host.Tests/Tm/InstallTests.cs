using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using OneEdge.Host.Tm;
using OneEdge.Testing;

namespace OneEdge.Host.Tests.Tm;

[SupportedOSPlatform("linux")]
public sealed class InstallTests : IDisposable
{
    // ETXTBSY, and what bash makes of it.
    private const int TextFileBusy = 26;
    private const int NotRun = 126;

    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    private readonly TemporaryDirectory _directory = new();

    private string Drivers => _directory["tm"];

    [Fact]
    public async Task Every_script_of_the_original_is_there_and_can_be_run()
    {
        HostRun run = (await InstallAsync()).Exits(0);
        string[] expected =
        [
            "clone", "clone.ssh", "ln", "ln.ssh", "mv", "mvds", "cpds", "mkimage", "mkswap", "context", "delete", "snap_create", "snap_create_live",
            "snap_delete", "snap_revert",
            "resize", "premigrate", "postmigrate", "failmigrate", "monitor", "monitor_ds", "prebackup", "prebackup_live", "postbackup",
            "postbackup_live", "restore", "recovery_snap_create_live",
        ];
        Assert.Subset(Directory.EnumerateFiles(Drivers + "/ssh").Select(file => Path.GetFileName(file)).ToHashSet(), expected.ToHashSet());
        Assert.All(Directory.EnumerateFiles(Drivers + "/ssh"), file => Assert.Equal(Executable, File.GetUnixFileMode(file)));
        Assert.Contains($"written   {Drivers}/ssh/clone\n", run.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(Drivers + "/ssh/ssh_utils.sh"));
    }

    [Fact]
    public async Task Second_run_changes_nothing_but_what_is_missing_or_cannot_be_run()
    {
        await InstallAsync();
        File.Delete(Drivers + "/ssh/ln");
        File.SetUnixFileMode(Drivers + "/ssh/mv", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        HostRun run = (await InstallAsync()).Exits(0);
        string[] written = [.. run.Lines.Where(line => line.StartsWith("written", StringComparison.Ordinal))];
        Assert.Equal([$"written   {Drivers}/ssh/ln", $"written   {Drivers}/ssh/mv"], written);
        Assert.Equal(Executable, File.GetUnixFileMode(Drivers + "/ssh/mv"));
    }

    [Fact]
    public async Task Other_options_replace_what_this_program_wrote()
    {
        await InstallAsync();
        (await InstallAsync("--error-marks", "--sshrc", "rc", "--front-end", "it's")).Exits(0);
        string script = await File.ReadAllTextAsync(Drivers + "/ssh/clone", TestContext.Current.CancellationToken);
        Assert.Contains($"'--sshrc' '{Path.GetFullPath("rc")}' '--front-end' 'it'\\''s' '--error-marks' -- 'clone' \"$@\"", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("link")]
    [InlineData("directory")]
    [InlineData("changed")]
    public async Task Files_of_others_are_kept_and_nothing_else_is_written(string kind)
    {
        string file = _directory["tm/ssh/snap_revert"];
        if (kind == "changed")
        {
            await InstallAsync();
            foreach (string other in Directory.EnumerateFiles(Drivers + "/ssh").Where(other => other != file)) File.Delete(other);
            await File.AppendAllTextAsync(file, "# mine\n", TestContext.Current.CancellationToken);
        }
        else if (kind == "directory")
        {
            Directory.CreateDirectory(file);
        }
        else
        {
            _directory.Write(kind == "link" ? "original" : "tm/ssh/snap_revert", "#!/bin/sh\n");
            Directory.CreateDirectory(Drivers + "/ssh");
            if (kind == "link") File.CreateSymbolicLink(file, _directory["original"]);
        }

        HostRun run = (await InstallAsync()).Exits(255);
        Assert.Equal(
            $"{file}: error OEH0021: This program did not write the file; nothing was written. (move it away, or replace it with --force)\n", run.Error);
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(Drivers + "/ssh"));
    }

    [Fact]
    public async Task Force_replaces_files_and_links_but_not_what_links_lead_to()
    {
        string original = _directory.Write("original", "#!/bin/sh\n");
        Directory.CreateDirectory(Drivers + "/ssh");
        File.CreateSymbolicLink(Drivers + "/ssh/clone", original);
        (await InstallAsync("--force")).Exits(0);
        Assert.Equal("#!/bin/sh\n", await File.ReadAllTextAsync(original, TestContext.Current.CancellationToken));
        Assert.True(DriverScripts.IsOurs(await File.ReadAllTextAsync(Drivers + "/ssh/clone", TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Scripts_that_are_left_to_the_original_are_found_wherever_the_folders_are_copied()
    {
        Script("tm/ssh.orig/restore", "#!/bin/bash\n. \"$(dirname \"$0\")\"/../ssh/ssh_utils.sh\necho \"$(helper) $# <$1> <$2>\"; cat\nexit 7\n");
        _directory.Write("tm/ssh.orig/ssh_utils.sh", "helper() { echo original; }\n");
        (await InstallAsync("--fallback", Drivers + "/ssh.orig")).Exits(0);
        Assert.Equal((7, "original 2 <a b> <$(c)>\nin"), await CallAsync(Drivers + "/ssh/restore", "in", "a b", "$(c)"));
        // As a front-end copies them to its hosts.
        Directory.Move(Drivers, _directory["host tm"]);
        Assert.Equal((7, "original 1 <x> <>\n"), await CallAsync(_directory["host tm/ssh/restore"], "", "x"));
    }

    [Fact]
    public async Task Folder_of_this_program_is_no_original()
    {
        await InstallAsync();
        Assert.Contains("would call themselves", (await InstallAsync("--fallback", Drivers + "/ssh")).Exits(255).Error, StringComparison.Ordinal);
        Directory.Move(Drivers + "/ssh", Drivers + "/moved");
        Assert.Contains("would call themselves", (await InstallAsync("--fallback", Drivers + "/moved")).Exits(255).Error, StringComparison.Ordinal);
        Assert.Contains("no directory", (await InstallAsync("--fallback", Drivers + "/none")).Exits(255).Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Drivers + "/ssh"));
    }

    [Fact]
    public async Task Probe_takes_the_place_of_the_original()
    {
        HostRun run = (await InstallAsync("--probes", _directory["probes"], "--json")).Exits(0);
        string file = _directory["probes/vm/snapshot/recovery.rb"];
        Assert.EndsWith("exec 'oneedge' tm probe\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(
            run.Json.GetProperty("files").EnumerateArray(),
            item => item.GetProperty("file").GetString() == file && item.GetProperty("written").GetBoolean());
    }

    [Fact]
    public async Task Sizes_of_disks_are_reported_as_by_the_original()
    {
        await InstallAsync();
        _directory.Write("ds/7/disk.0", new byte[3 << 20]);
        _directory.Write("ds/7/disk.0.snap/0", new byte[1 << 20]);
        _directory.Write("ds/7/disk.0.snap/12", new byte[2 << 20]);
        _directory.Write("ds/7/disk.0.snap/base", new byte[1 << 20]);
        _directory.Write("ds/7/disk.1x", "");
        _directory.Write("ds/x7/disk.0", "");
        Directory.CreateDirectory(_directory["ds/8"]);
        (int code, string output) = await CallAsync(Drivers + "/ssh/monitor_ds", "", _directory["ds"]);
        Assert.Equal(0, code);
        string line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("VM = [ ID = 7, MONITOR = \"", line, StringComparison.Ordinal);
        string text = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(line.Split('"')[1]));
        Assert.Equal(
            "\nDISK_SIZE = [ ID=0, SIZE=3]\nSNAPSHOT_SIZE = [ ID=0, DISK_ID=0, SIZE=1]\nSNAPSHOT_SIZE = [ ID=12, DISK_ID=0, SIZE=2]\n", text);
    }

    [Theory]
    [InlineData("failmigrate")]
    [InlineData("monitor")]
    public async Task Actions_with_nothing_to_do_need_no_program(string action)
    {
        await InstallAsync("--program", "/nowhere/oneedge");
        Assert.Equal((0, ""), await CallAsync($"{Drivers}/ssh/{action}", "document", "h1", "h2", "/a", "7", "0"));
    }

    public void Dispose() => _directory.Dispose();

    private Task<HostRun> InstallAsync(params string[] options) => HostRun.OfAsync(["tm", "install", Drivers, .. options]);

    private void Script(string name, string text) => File.SetUnixFileMode(_directory.Write(name, text), Executable);

    // A script that was just written cannot be run for as long as a process that another test is starting still has it open.
    private static async Task<(int ExitCode, string Output)> CallAsync(string script, string input, params string[] words)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                (int exitCode, string output) = await CallOnceAsync(script, input, words);
                if (exitCode != NotRun || clock.Elapsed > HangLimit.Time) return (exitCode, output);
            }
            catch (Win32Exception busy) when (busy.NativeErrorCode == TextFileBusy && clock.Elapsed < HangLimit.Time)
            {
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<(int ExitCode, string Output)> CallOnceAsync(string script, string input, string[] words)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(script, words) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), TestContext.Current.CancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A script need not read.
        }

        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}

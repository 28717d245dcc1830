using System.Diagnostics;
using System.Text.Json;
using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

/// <summary>A qemu process with disks and no operating system; the test writes in the place of a guest.</summary>
internal sealed class QemuMachine : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private QemuMachine(Process process, string monitor, string testMonitor)
    {
        (_process, Monitor, TestMonitor) = (process, monitor, testMonitor);
        _errors = process.StandardError.ReadToEndAsync();
        // What qemu-io says must not fill the pipe.
        _ = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>The monitor for the library.</summary>
    public string Monitor { get; }

    private string TestMonitor { get; }

    /// <summary>The words that start qemu.</summary>
    /// <param name="directory">Where its sockets are.</param>
    /// <param name="hasDevice">Whether there is a virtio device on each disk, as machines have; otherwise the disks belong to the monitor.</param>
    /// <param name="disks">The disks, named d0, d1...</param>
    public static string[] Words(string directory, bool hasDevice, params string[] disks)
    {
        List<string> words = ["-machine", hasDevice ? "pc,accel=tcg" : "none", "-display", "none", "-nodefaults", "-S"];
        foreach (string socket in new[] { "qmp", "test" }) words.AddRange(["-qmp", $"unix:{directory}/{socket}.sock,server=on,wait=off"]);
        for (int i = 0; i < disks.Length; i++)
        {
            if (hasDevice)
            {
                words.AddRange(["-blockdev",
                    $"driver=qcow2,node-name=n{i},file.driver=file,file.filename={disks[i].Replace(",", ",,", StringComparison.Ordinal)}"]);
                words.AddRange(["-device", $"virtio-blk-pci,id=d{i},drive=n{i}"]);
            }
            else
            {
                words.AddRange(["-drive", $"if=none,id=d{i},format=qcow2,file={disks[i].Replace(",", ",,", StringComparison.Ordinal)}"]);
            }
        }

        return [.. words];
    }

    public static async Task<QemuMachine> StartAsync(string directory, bool hasDevice, params string[] disks)
    {
        var start = new ProcessStartInfo(Tool.Require("qemu-system-x86_64", "qemu-system-x86"), Words(directory, hasDevice, disks))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var machine = new QemuMachine(Process.Start(start)!, $"{directory}/qmp.sock", $"{directory}/test.sock");
        await WaitForAsync(machine.TestMonitor, () => machine._process.HasExited ? machine._errors.Result : null);
        return machine;
    }

    /// <summary>Waits until somebody listens.</summary>
    public static async Task WaitForAsync(string socket, Func<string?> died)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using JsonLines lines = await JsonLines.ConnectAsync(socket, TestContext.Current.CancellationToken);
                await lines.ReadAsync(TestContext.Current.CancellationToken);
                return;
            }
            catch (Exception e) when (e is System.Net.Sockets.SocketException or IOException)
            {
                if (died() is { } why) Assert.Fail(why);
                HangLimit.AssertNotReached(clock);
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>The guest writes.</summary>
    public Task IoAsync(int disk, string command, bool hasDevice = false) => IoAsync(TestMonitor, disk, command, hasDevice);

    public static async Task IoAsync(string monitor, int disk, string command, bool hasDevice = false)
    {
        string device = hasDevice ? $"-d /machine/peripheral/d{disk}/virtio-backend" : $"d{disk}";
        using QmpMonitor qmp = await QmpMonitor.ConnectAsync(monitor, new QmpOptions { MonitorSocket = _ => monitor }, TestContext.Current.CancellationToken);
        JsonElement answer = await qmp.ExecuteAsync("human-monitor-command", TestContext.Current.CancellationToken, ("command-line",
            $"qemu-io {device} \"{command}\""));
        Assert.DoesNotContain("rror", answer.GetString()!, StringComparison.Ordinal);
    }

    /// <summary>Any command of the monitor.</summary>
    public async Task<JsonElement> ExecuteAsync(string command, params (string, string)[] arguments)
    {
        using QmpMonitor qmp = await QmpMonitor.ConnectAsync(TestMonitor, new QmpOptions { MonitorSocket = _ => TestMonitor },
            TestContext.Current.CancellationToken);
        return await qmp.ExecuteAsync(command, TestContext.Current.CancellationToken, arguments);
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }
}

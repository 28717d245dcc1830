using System.Diagnostics;

namespace OneEdge.Testing;

/// <summary>A little file system in memory, mounted for one test; only root can do that.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly string _directory;

    private SmallDisk(string directory) => _directory = directory;

    public static SmallDisk Mount(string directory, string options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can mount a small disk.");
        Directory.CreateDirectory(directory);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", options, "oneedge-test", directory), "A tmpfs cannot be mounted here.");
        return new SmallDisk(directory);
    }

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", _directory));

    public void Dispose() => Run("umount", _directory);

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

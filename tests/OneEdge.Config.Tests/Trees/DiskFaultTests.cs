using System.Runtime.Versioning;
using OneEdge.Files;
using OneEdge.Testing;

namespace OneEdge.Config.Tests.Trees;

/// <summary>Patches and upgrades of a tree on a full or read-only disk, or without the rights; owners and attributes.</summary>
public sealed class DiskFaultTests
{
    private const int Page = 4096;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Full_disk_is_named_and_nothing_is_touched()
    {
        using var mount = new TemporaryDirectory();
        int failed = 0;
        for (int free = 0; ; free++)
        {
            using SmallDisk disk = SmallDisk.Mount(mount["disk"], $"size={64 * Page}");
            using var fault = new FaultTree(mount["disk/root"]);
            PatchPlan patch = await fault.Tree.PlanAsync(FaultTree.Patch, Token);
            UpgradePlan upgrade = await fault.PlanUpgradeAsync();
            using (await fault.Tree.LockAsync(Token)) { }
            Fill(mount["disk/filler"], free);
            if (await IsSavedAsync(fault, patch)) break;
            await fault.AssertFailsAsync(() => fault.Tree.ApplyAsync(patch, Token), mount["disk/root"], "No space left on device", "Nothing was changed.");
            await fault.AssertFailsAsync(() => fault.Tree.ApplyAsync(upgrade, Token), mount["disk/root"], "No space left on device", "Nothing was changed.");
            failed++;
        }

        Assert.InRange(failed, 2, 32);
    }

    [Fact]
    public async Task Full_disk_without_even_the_lock_is_named_and_nothing_is_touched()
    {
        using var mount = new TemporaryDirectory();
        using SmallDisk disk = SmallDisk.Mount(mount["disk"], $"size={64 * Page},nr_inodes=20");
        using var fault = new FaultTree(mount["disk/root"]);
        for (int i = 0; i < 20; i++)
        {
            try
            {
                File.Create(mount[$"disk/filler{i}"]).Dispose();
            }
            catch (IOException)
            {
                break;
            }
        }

        await fault.AssertFailsAsync(
            () => fault.Tree.PatchAsync(FaultTree.Patch, cancellationToken: Token), "var/lib/one/backups/config", "Nothing was changed.");
    }

    [Fact]
    public async Task Read_only_disk_is_named_and_nothing_is_touched()
    {
        using var mount = new TemporaryDirectory();
        using SmallDisk disk = SmallDisk.Mount(mount["disk"], $"size={64 * Page}");
        using var fault = new FaultTree(mount["disk/root"]);
        disk.MakeReadOnly();

        await fault.AssertFailsAsync(() => fault.Tree.PatchAsync(FaultTree.Patch, cancellationToken: Token), "var/lib/one/backups", "Read-only file system");
    }

    [Theory]
    [InlineData("/etc/one", "555", "/etc/one")]
    [InlineData(SampleTree.Oned, "600", SampleTree.Oned)]
    [InlineData("/var/lib/one", "555", "/var/lib/one/backups")]
    public void Missing_rights_are_named_and_nothing_is_touched(string name, string mode, string named)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can become somebody without rights.");
        string setpriv = Tool.Require("setpriv", "util-linux");
        using var fault = new FaultTree();
        FaultTree.Run("chmod", "755", Path.GetDirectoryName(fault.Tree.Root)!);
        FaultTree.Run("chown", "-R", "65534:65534", fault.Tree.Root);
        FaultTree.Run("chown", "0:0", fault[name]);
        FaultTree.Run("chmod", mode, fault[name]);
        SortedDictionary<string, string> before = TreeSnapshot.Of(fault.Tree.Root);

        (int exitCode, string output) = FaultTree.Run(
            setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", TestProgram.Path, "patch-line", fault.Tree.Root, $"{SampleTree.Oned} set PORT 1");

        Assert.True(exitCode is 1 or 2, output);
        Assert.Contains(fault[named], output, StringComparison.Ordinal);
        Assert.Contains("denied", output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, TreeSnapshot.Of(fault.Tree.Root));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Owners_modes_and_attributes_are_kept_by_patches_upgrades_and_restores()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can give a file away.");
        using var fault = new FaultTree();
        string[] files = [SampleTree.Oned, SampleTree.Cli, SampleTree.Kvm];
        foreach (string file in files) Mark(fault[file]);

        PatchResult patched = await fault.Tree.PatchAsync(FaultTree.Patch, cancellationToken: Token);
        foreach (string file in files) AssertMarked(fault[file]);
        ConfigBackup? upgraded = await fault.Tree.ApplyAsync(await fault.PlanUpgradeAsync(), Token);
        Assert.False(File.Exists(fault[SampleTree.Kvm]));
        foreach (string file in files[..2]) AssertMarked(fault[file]);
        await fault.Tree.Backups.RestoreAsync(upgraded!.Id, Token);
        foreach (string file in files) AssertMarked(fault[file]);
        await fault.Tree.Backups.RestoreAsync(patched.Backup!.Id, Token);
        foreach (string file in files) AssertMarked(fault[file]);
        Assert.Equal(SampleTree.OnedText, File.ReadAllText(fault[SampleTree.Oned]));
    }

    [Fact]
    public async Task New_file_of_an_upgrade_belongs_to_whom_its_directory_belongs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can give a file away.");
        using var fault = new FaultTree();
        FaultTree.Run("chown", "12345:23456", Path.GetDirectoryName(fault[FaultTree.Added])!);

        await fault.Tree.ApplyAsync(await fault.PlanUpgradeAsync(), Token);

        Assert.Equal("12345:23456", FaultTree.Run("stat", "-c", "%u:%g", fault[FaultTree.Added]).Output);
    }

    private static async Task<bool> IsSavedAsync(FaultTree fault, PatchPlan patch)
    {
        try
        {
            return (await fault.Tree.ApplyAsync(patch, Token)).IsSaved;
        }
        catch (FileTransactionException)
        {
            return false;
        }
    }

    // Leaves so many pages free.
    private static void Fill(string path, int free)
    {
        using (FileStream file = File.Create(path))
        {
            byte[] page = new byte[Page];
            try
            {
                while (true) file.Write(page);
            }
            catch (IOException)
            {
                // Full.
            }
        }

        using FileStream shorter = File.OpenWrite(path);
        shorter.SetLength(Math.Max(0, ((shorter.Length / Page) - free) * Page));
    }

    [SupportedOSPlatform("linux")]
    private static void Mark(string path)
    {
        FaultTree.Run("chown", "12345:23456", path);
        FaultTree.Run("chmod", "2751", path);
        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path, access: FileAccess.ReadWrite);
        Assert.SkipUnless(LinuxNative.fsetxattr(handle, "user.note", "kept"u8, 4, 0) == 0, "No extended attributes here.");
    }

    [SupportedOSPlatform("linux")]
    private static void AssertMarked(string path)
    {
        Assert.Equal("12345:23456 2751", FaultTree.Run("stat", "-c", "%u:%g %a", path).Output);
        byte[] value = new byte[100];
        Assert.Equal(4, LinuxNative.lgetxattr(path, "user.note", value, (nuint)value.Length));
    }
}

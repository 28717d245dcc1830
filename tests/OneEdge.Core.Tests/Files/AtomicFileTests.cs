using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using OneEdge.Files;
using OneEdge.Testing;

namespace OneEdge.Core.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Existing_file_keeps_its_mode()
    {
        string file = _directory.Write("a", "old");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(file, Mode);
        await AtomicFile.ReplaceAsync(file, "new"u8.ToArray(), cancellationToken: Token);
        Assert.Equal("new", File.ReadAllText(file));
        Assert.Equal(Mode, File.GetUnixFileMode(file));
        Assert.Equal([file], Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public async Task New_file_gets_the_mode_that_is_asked_for()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        await AtomicFile.ReplaceAsync(_directory["default"], "x"u8.ToArray(), cancellationToken: Token);
        await AtomicFile.ReplaceAsync(_directory["asked"], "x"u8.ToArray(), new AtomicFileOptions { NewFileMode = Mode }, Token);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory["default"]));
        Assert.Equal(Mode, File.GetUnixFileMode(_directory["asked"]));
    }

    [Fact]
    public async Task Owner_and_group_are_kept()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give a file away.");
        string file = _directory.Write("a", "old");
        Run("chown", "12345:23456", file);
        Run("chmod", "4750", file);
        await AtomicFile.ReplaceAsync(file, "new"u8.ToArray(), cancellationToken: Token);
        Assert.Equal("12345:23456 4750", Run("stat", "-c", "%u:%g %a", file));
    }

    [Fact]
    public async Task Access_list_is_kept()
    {
        string setfacl = Tool.Require("setfacl", "acl");
        string file = _directory.Write("a", "old");
        Assert.SkipUnless(TryRun(out _, setfacl, "-m", "u:12345:r", file), "No access lists here.");
        string before = Run("getfacl", "-cpn", file);
        await AtomicFile.ReplaceAsync(file, "new"u8.ToArray(), cancellationToken: Token);
        Assert.Contains("12345", before, StringComparison.Ordinal);
        Assert.Equal(before, Run("getfacl", "-cpn", file));
    }

    [Fact]
    public async Task Extended_attributes_are_kept()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Extended attributes are kept on Linux.");
        string file = _directory.Write("a", "old");
        byte[] big = [.. Enumerable.Repeat((byte)'x', 2000)];
        using (SafeFileHandle handle = File.OpenHandle(file, access: FileAccess.ReadWrite))
        {
            int result = LinuxNative.fsetxattr(handle, "user.note", "kept"u8, 4, 0);
            Assert.SkipUnless(result == 0 && LinuxNative.fsetxattr(handle, "user.big", big, (nuint)big.Length, 0) == 0, "No extended attributes here.");
        }

        await AtomicFile.ReplaceAsync(file, "new"u8.ToArray(), cancellationToken: Token);

        byte[] value = new byte[4000];
        Assert.Equal(4, LinuxNative.lgetxattr(file, "user.note", value, (nuint)value.Length));
        Assert.Equal("kept"u8.ToArray(), value[..4]);
        Assert.Equal(big.Length, LinuxNative.lgetxattr(file, "user.big", value, (nuint)value.Length));
    }

    [Fact]
    public async Task Access_list_that_the_directory_hands_out_does_not_open_the_file_to_others()
    {
        string setfacl = Tool.Require("setfacl", "acl");
        string file = _directory.Write("a", "old");
        string before = Run("getfacl", "-cpn", file);
        Assert.SkipUnless(TryRun(out _, setfacl, "-d", "-m", "u:12345:rw", _directory.Path), "No access lists here.");
        await AtomicFile.ReplaceAsync(file, "new"u8.ToArray(), cancellationToken: Token);
        Assert.Equal(before, Run("getfacl", "-cpn", file));
    }

    [Fact]
    public async Task Symbolic_link_is_refused_unless_it_stays_within_a_given_root()
    {
        string target = _directory.Write("root/target", "old");
        File.CreateSymbolicLink(_directory["root/link"], "target");
        File.CreateSymbolicLink(_directory["root/out"], _directory.Write("outside", "old"));

        PathRefusedException e = await Assert.ThrowsAsync<PathRefusedException>(
            () => AtomicFile.ReplaceAsync(_directory["root/link"], "new"u8.ToArray(), cancellationToken: Token));
        Assert.Equal(CoreErrorCodes.SymbolicLink, e.Code);
        var options = new AtomicFileOptions { FollowLinksWithin = new SandboxRoot(_directory["root"]) };
        await AtomicFile.ReplaceAsync(_directory["root/link"], "new"u8.ToArray(), options, Token);
        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal("target", new FileInfo(_directory["root/link"]).LinkTarget);
        await Assert.ThrowsAsync<PathRefusedException>(() => AtomicFile.ReplaceAsync(_directory["root/out"], "new"u8.ToArray(), options, Token));
        Assert.Equal("old", File.ReadAllText(_directory["outside"]));
    }

    [Fact]
    public async Task Directory_and_pipe_are_refused()
    {
        Run("mkfifo", _directory["pipe"]);
        foreach (string path in new[] { _directory.Path, _directory["pipe"] })
        {
            PathRefusedException e = await Assert.ThrowsAsync<PathRefusedException>(
                () => AtomicFile.ReplaceAsync(path, "x"u8.ToArray(), cancellationToken: Token));
            Assert.Equal(CoreErrorCodes.NotARegularFile, e.Code);
        }
    }

    [Fact]
    public async Task Failure_at_any_step_leaves_the_original_and_nothing_beside_it()
    {
        string file = _directory.Write("a", "old");
        for (int step = 1; step <= 5; step++)
        {
            var store = new FaultyFileStore(LocalFileStore.Instance, step, dies: false);
            FileTransactionException e = await Assert.ThrowsAsync<FileTransactionException>(
                () => AtomicFile.ReplaceAsync(file, "new"u8.ToArray(), new AtomicFileOptions { Store = store }, Token));
            Assert.Contains(file, e.Message, StringComparison.Ordinal);
            Assert.Equal("old", File.ReadAllText(file));
            Assert.Equal([file], Directory.GetFiles(_directory.Path));
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        Assert.True(TryRun(out string output, program, arguments), program);
        return output;
    }

    private static bool TryRun(out string output, string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

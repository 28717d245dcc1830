using System.Diagnostics;
using OneEdge.Files;
using OneEdge.Testing;

namespace OneEdge.Core.Tests.Files;

public sealed class SandboxRootTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SandboxRoot Root => new(_directory["root"]);

    private SandboxRoot Following => new(_directory["root"], SandboxLinks.FollowWithinRoot);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Names_lead_below_the_root()
    {
        string file = _directory.Write("root/etc/one/oned.conf", "PORT");
        Assert.Equal(file, Root.Resolve("etc/one/oned.conf"));
        Assert.Equal(file, Root.Resolve("etc//one/./oned.conf"));
        Assert.Equal(file, Root.ResolveAbsolute("/etc/one/oned.conf"));
        Assert.Equal(_directory["root/not/there"], Root.Resolve("not/there"));
        Assert.Equal("PORT"u8.ToArray(), await Root.ReadFileAsync("etc/one/oned.conf", 4, Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/..")]
    [InlineData("/etc/passwd")]
    [InlineData("a\0b")]
    public void Name_that_leaves_the_root_or_says_nothing_is_refused(string name)
    {
        PathRefusedException e = Assert.Throws<PathRefusedException>(() => Root.Resolve(name));
        Assert.Equal(CoreErrorCodes.PathOutsideRoot, e.Code);
        Assert.DoesNotContain('\0', e.Message);
    }

    [Fact]
    public void Overlong_names_are_refused_briefly()
    {
        foreach (string name in new[] { new string('a', 256), new string('ä', 128), string.Join('/', Enumerable.Repeat("abc", 2000)) })
        {
            PathRefusedException e = Assert.Throws<PathRefusedException>(() => Root.Resolve(name));
            Assert.True(e.Message.Length < 500);
        }
    }

    [Fact]
    public void Symbolic_link_is_refused_by_name_wherever_it_stands()
    {
        _directory.Write("root/real/file", "x");
        File.CreateSymbolicLink(_directory["root/link"], "real");
        File.CreateSymbolicLink(_directory["root/real/alias"], "file");
        foreach ((string name, string link) in new[] { ("link/file", "link"), ("real/alias", "real/alias"), ("link/new", "link") })
        {
            PathRefusedException e = Assert.Throws<PathRefusedException>(() => Root.Resolve(name));
            Assert.Equal(CoreErrorCodes.SymbolicLink, e.Code);
            Assert.Contains($"'{_directory["root/" + link]}'", e.Message, StringComparison.Ordinal);
        }

        Assert.Equal(_directory["root/real/file"], Following.Resolve("link/alias"));
    }

    [Fact]
    public void Link_is_followed_only_within_the_root()
    {
        string file = _directory.Write("root/real/file", "x");
        _directory.Write("secret", "s");
        File.CreateSymbolicLink(_directory["root/absolute"], file);
        File.CreateSymbolicLink(_directory["root/real/up"], "../real/file");
        Assert.Equal(file, Following.Resolve("absolute"));
        Assert.Equal(file, Following.Resolve("real/up"));

        File.CreateSymbolicLink(_directory["root/out"], "../secret");
        File.CreateSymbolicLink(_directory["root/etc"], "/etc");
        File.CreateSymbolicLink(_directory["root/sibling"], _directory["rootless"]);
        File.CreateSymbolicLink(_directory["root/hidden"], "missing/../out");
        File.CreateSymbolicLink(_directory["root/loop"], "loop");
        foreach (string name in new[] { "out", "etc/passwd", "sibling", "hidden", "loop" }) Assert.Throws<PathRefusedException>(() => Following.Resolve(name));
    }

    [Fact]
    public async Task Special_files_are_refused_without_being_opened()
    {
        _directory.Write("root/file", "x");
        using (Process process = Process.Start("mkfifo", [_directory["root/pipe"]])) await process.WaitForExitAsync(Token);
        foreach (string name in new[] { "pipe", "file/below", "file/" })
            Assert.Equal(CoreErrorCodes.NotARegularFile, (await Assert.ThrowsAsync<PathRefusedException>(() => Root.ReadFileAsync(name, 100, Token))).Code);
        Directory.CreateDirectory(_directory["root/directory"]);
        await Assert.ThrowsAsync<PathRefusedException>(() => Root.ReadFileAsync("directory", 100, Token));
        var machine = new SandboxRoot("/");
        foreach (string name in new[] { "dev/null", "dev/zero", "dev/full" })
            await Assert.ThrowsAsync<PathRefusedException>(() => machine.ReadFileAsync(name, 100, Token));
    }

    [Fact]
    public void Reading_a_pipe_directly_does_not_wait()
    {
        using (Process process = Process.Start("mkfifo", [_directory["pipe"]])) process.WaitForExit();
        Assert.Equal(CoreErrorCodes.NotARegularFile, Assert.Throws<PathRefusedException>(() => LocalFileStore.Instance.Read(_directory["pipe"], 10)).Code);
    }

    [Fact]
    public async Task Size_limit_holds_even_when_the_size_is_not_known()
    {
        _directory.Write("root/file", new byte[101]);
        Assert.Equal(CoreErrorCodes.FileTooLarge, (await Assert.ThrowsAsync<PathRefusedException>(() => Root.ReadFileAsync("file", 100, Token))).Code);
        Assert.Equal(101, (await Root.ReadFileAsync("file", 101, Token)).Length);
        // Files of /proc have the size 0.
        var processes = new SandboxRoot("/proc/" + Environment.ProcessId);
        Assert.NotEmpty(await processes.ReadFileAsync("stat", 10_000, Token));
        Assert.Equal(CoreErrorCodes.FileTooLarge, (await Assert.ThrowsAsync<PathRefusedException>(() => processes.ReadFileAsync("stat", 3, Token))).Code);
    }

    [Fact]
    public async Task Missing_file_is_not_found()
    {
        Directory.CreateDirectory(_directory["root"]);
        await Assert.ThrowsAsync<FileNotFoundException>(() => Root.ReadFileAsync("a/b", 100, Token));
    }
}

using OneEdge.Files;
using OneEdge.Testing;

namespace OneEdge.Core.Tests.Files;

public sealed class LocalFileStoreTests
{
    [Fact]
    public void Rename_to_a_new_name_never_replaces_a_file()
    {
        using var directory = new TemporaryDirectory();
        string from = directory.Write("from", "ours");
        string to = directory.Write("to", "theirs");
        Assert.Throws<IOException>(() => LocalFileStore.Instance.Rename(from, to, replace: false));
        Assert.Equal("theirs", File.ReadAllText(to));
        Assert.Equal("ours", File.ReadAllText(from));

        LocalFileStore.Instance.Rename(from, directory["free"], replace: false);
        Assert.Equal("ours", File.ReadAllText(directory["free"]));
        Assert.Throws<FileNotFoundException>(() => LocalFileStore.Instance.Rename(from, directory["other"], replace: false));
    }
}

using System.Globalization;
using OneEdge.Testing;

namespace OneEdge.Config.Tests.Trees;

/// <summary>A tree of forty files that always have the same version, unless a change was torn.</summary>
internal sealed class FortyFiles
{
    private readonly string _root;
    private readonly string[] _files;

    public FortyFiles(TemporaryDirectory directory)
    {
        _root = directory.Path;
        _files = [.. StockNames().Take(40)];
        Assert.Equal(40, _files.Length);
        for (int i = 0; i < _files.Length; i++) directory.Write(_files[i], Text(i, 0));
    }

    public string Root => _root;

    public ConfigPatch To(int version) =>
        new(_files.Select(file => new FilePatch(file, ConfigFormat.Yaml, [ConfigChange.Set(":version", version)])));

    /// <summary>Checks every byte of every file, and that nothing is left over; gives the version.</summary>
    public int Check()
    {
        string first = File.ReadAllText(Path.Join(_root, _files[0]));
        string digits = new([.. first.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)]);
        int version = int.Parse(digits, CultureInfo.InvariantCulture);
        CheckFiles(_root, version);
        Assert.Equal(40, Directory.GetFileSystemEntries(Path.Join(_root, "etc/one/cli")).Length);
        string journals = Path.Join(_root, "var/lib/one/backups/config/.journal");
        if (Directory.Exists(journals)) Assert.Empty(Directory.GetFileSystemEntries(journals));
        return version;
    }

    /// <summary>Checks every complete backup: all files of one version. Gives the versions, the newest first.</summary>
    public int[] CheckBackups(ConfigTree tree) => [.. tree.Backups.List().Select(backup =>
    {
        string text = File.ReadAllText(Path.Join(backup.Directory, _files[0]));
        int version = int.Parse(new string([.. text.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit)]), CultureInfo.InvariantCulture);
        CheckFiles(backup.Directory, version);
        return version;
    })];

    private void CheckFiles(string root, int version)
    {
        for (int i = 0; i < _files.Length; i++) Assert.Equal(Text(i, version), File.ReadAllText(Path.Join(root, _files[i])));
    }

    private static IEnumerable<string> StockNames() =>
        Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"/etc/one/cli/one{i:00}.yaml"));

    private static string Text(int file, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"# settings\n:version: {version} # of file\n:name: file{file}\n# {new string('x', 500 + (37 * file))}\n");
}

using OneEdge.Testing;

namespace OneEdge.Config.Tests.Trees;

/// <summary>A small installation in a temporary directory.</summary>
internal sealed class SampleTree : IDisposable
{
    public const string Oned = "/etc/one/oned.conf";
    public const string OnedText = "# main settings\nPORT = 2633 # default\nDB = [ BACKEND = \"sqlite\" ]\n";
    public const string Cli = "/etc/one/cli/oneimage.yaml";
    public const string CliText = "# columns\n:USER:\n  :size: 15 # wide\n";
    public const string Kvm = "/var/lib/one/remotes/etc/vmm/kvm/kvmrc";
    public const string KvmText = "# shell\nexport LANG=C\n";

    private readonly TemporaryDirectory _directory = new();

    public SampleTree()
    {
        _directory.Write(Oned, OnedText);
        _directory.Write(Cli, CliText);
        _directory.Write(Kvm, KvmText);
        Tree = new ConfigTree(_directory.Path);
    }

    public ConfigTree Tree { get; }

    public string this[string file] => _directory[file];

    public string Read(string file) => File.ReadAllText(_directory[file]);

    public void Write(string file, string text) => _directory.Write(file, text);

    public static ConfigPatch Patch(string lines) => ConfigPatch.ParseLines(lines);

    public void Dispose() => _directory.Dispose();
}

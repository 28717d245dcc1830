using System.Diagnostics;
using OneEdge.Testing;

namespace OneEdge.Config.Tests.Trees;

/// <summary>A small installation with the stock trees of two releases, so that it can be patched and upgraded while something is wrong.</summary>
internal sealed class FaultTree : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _root;

    /// <param name="root">The root of the installation, when it does not lie in a directory of its own.</param>
    public FaultTree(string? root = null)
    {
        _root = root ?? _directory["root"];
        foreach (string tree in (string[])[_root, _directory["old"]])
        {
            Write(tree, SampleTree.Oned, SampleTree.OnedText);
            Write(tree, SampleTree.Cli, SampleTree.CliText);
            Write(tree, SampleTree.Kvm, SampleTree.KvmText);
        }

        Write(_directory["new"], SampleTree.Oned, SampleTree.OnedText + "NEW = 1\n");
        Write(_directory["new"], SampleTree.Cli, SampleTree.CliText + ":NEW: 1\n");
        Write(_directory["new"], Added, ":ID:\n  :size: 5\n");
        Tree = new ConfigTree(_root);
    }

    /// <summary>A file that only the new release has, in a directory that is there.</summary>
    public const string Added = "/etc/one/cli/oneadded.yaml";

    public ConfigTree Tree { get; }

    public string this[string name] => Path.Join(_root, name);

    public static ConfigPatch Patch => SampleTree.Patch($"{SampleTree.Oned} set PORT 2634\n{SampleTree.Cli} set :USER/:size 20");

    /// <summary>What lies outside of the root and must not be reached.</summary>
    public string Outside(string name, string text) => _directory.Write("outside/" + name, text);

    public Task<UpgradePlan> PlanUpgradeAsync() => ConfigUpgrade.PlanAsync(new ConfigTree(_directory["old"]), Tree, new ConfigTree(_directory["new"]));

    /// <summary>Patches and expects a reason that says the given things; nothing may be touched.</summary>
    public async Task AssertPatchRefusedAsync(params string[] texts)
    {
        SortedDictionary<string, string> before = TreeSnapshot.Of(_root);
        PatchResult result = await Tree.PatchAsync(Patch);

        Assert.False(result.IsSaved);
        Assert.All(texts, text => Assert.Contains(text, result.Reason, StringComparison.Ordinal));
        AssertUntouched(before);
    }

    /// <summary>Runs something that must fail with an error of ours that says the given things; nothing may be touched.</summary>
    public async Task AssertFailsAsync(Func<Task> run, params string[] texts)
    {
        SortedDictionary<string, string> before = TreeSnapshot.Of(_root);
        OneEdgeException e = await Assert.ThrowsAnyAsync<OneEdgeException>(run);

        Assert.All(texts, text => Assert.Contains(text, e.Message, StringComparison.Ordinal));
        AssertUntouched(before);
    }

    /// <summary>Runs a program and gives what it prints.</summary>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Trim());
    }

    public void Dispose() => _directory.Dispose();

    private void AssertUntouched(SortedDictionary<string, string> before)
    {
        Assert.Equal(before, TreeSnapshot.Of(_root));
        Assert.Empty(Tree.Backups.List());
        string journals = this["var/lib/one/backups/config/.journal"];
        if (Directory.Exists(journals)) Assert.Empty(Directory.GetFileSystemEntries(journals));
    }

    private static void Write(string root, string name, string text)
    {
        string path = Path.Join(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}

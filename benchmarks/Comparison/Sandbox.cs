namespace OneEdge.Comparison;

/// <summary>A fresh installation for one run, laid out as for the recorded figures of the original.</summary>
internal sealed class Sandbox : IDisposable
{
    public Sandbox(string inputs)
    {
        Root = Directory.CreateTempSubdirectory("oneedge-comparison-").FullName;
        Copy(Path.Combine(inputs, "oned-6.10.5.conf"), "etc/one/oned.conf");
        Copy(Path.Combine(inputs, "onevm-6.10.5.yaml"), "etc/one/cli/onevm.yaml");
        Directory.CreateDirectory(Path.Combine(Root, "var/lib/one/remotes/etc"));
        Backups = Path.Combine(Root, "backups");
        Directory.CreateDirectory(Backups);
    }

    public string Root { get; }

    public string Backups { get; }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Copy(string file, string name)
    {
        string target = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
    }
}

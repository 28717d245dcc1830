namespace OneEdge.Host.Demo;

/// <summary>The sample files of the demo, which the program carries inside.</summary>
internal static class DemoFiles
{
    /// <summary>Writes all sample files whose names start with a prefix, with the prefix taken off.</summary>
    public static void Extract(string prefix, string directory)
    {
        foreach (string name in typeof(DemoFiles).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)))
        {
            string target = Path.Combine(directory, name[prefix.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using Stream source = Open(name);
            using FileStream file = File.Create(target);
            source.CopyTo(file);
        }
    }

    /// <summary>The text of one sample file.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    private static Stream Open(string name) =>
        typeof(DemoFiles).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException($"The program does not carry '{name}'.");
}

using System.Globalization;
using OneEdge.Config;

namespace OneEdge.TestProgram;

/// <summary>Patches the files of a tree.</summary>
internal static class TreePatcher
{
    /// <summary>Gives every file below <c>etc/one/cli</c> the next version, for ever, until it is killed.</summary>
    internal static async Task<int> LoopAsync(string root)
    {
        var tree = new ConfigTree(root);
        bool isReady = false;
        while (true)
        {
            using ConfigTreeLock held = await tree.LockAsync();
            string[] files = [.. tree.ListFiles().Where(file => file.StartsWith("/etc/one/cli/", StringComparison.Ordinal))];
            ConfigDocument first = await tree.ReadAsync(files[0]);
            ConfigChange change = ConfigChange.Set(":version", (long)first.Find(":version")!.AsInteger() + 1);
            PatchPlan plan = await tree.PlanAsync(new ConfigPatch(files.Select(file => new FilePatch(file, ConfigFormat.Yaml, [change]))));
            if (!(await held.ApplyAsync(plan)).IsSaved) return 1;
            // The first one is slow, because it is compiled.
            if (!isReady) Console.WriteLine("ready");
            isReady = true;
        }
    }

    /// <summary>Applies one change line and prints what came of it.</summary>
    internal static async Task<int> LineAsync(string root, string line)
    {
        try
        {
            PatchResult result = await new ConfigTree(root).PatchAsync(ConfigPatch.ParseLines(line));
            Console.WriteLine(result.IsSaved ? "saved" : result.Reason);
            return result.IsSaved ? 0 : 1;
        }
        catch (OneEdgeException e)
        {
            Console.WriteLine($"{e.Code}: {e.Message}");
            return 2;
        }
    }

    /// <summary>Inserts keys into oned.conf, one patch each.</summary>
    internal static async Task<int> InsertAsync(string root, string prefix, int count)
    {
        var tree = new ConfigTree(root);
        for (int i = 0; i < count; i++)
        {
            string line = string.Create(CultureInfo.InvariantCulture, $"/etc/one/oned.conf ins {prefix}{i} {i}");
            if (!(await tree.PatchAsync(ConfigPatch.ParseLines(line))).IsSaved) return 1;
        }

        return 0;
    }
}

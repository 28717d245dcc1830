using OneEdge.Storage;

namespace OneEdge.TestProgram;

/// <summary>Makes a flat copy of an image.</summary>
internal static class Flattener
{
    internal static async Task<int> RunAsync(string image, string target)
    {
        await using Qcow2Image source = await Qcow2Image.OpenAsync(image);
        Console.WriteLine("ready");
        await source.FlattenAsync(target);
        return 0;
    }
}

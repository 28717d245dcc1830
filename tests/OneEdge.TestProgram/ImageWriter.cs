using OneEdge.Storage;

namespace OneEdge.TestProgram;

/// <summary>Writes images until it is killed.</summary>
internal static class ImageWriter
{
    internal static async Task<int> FlattenAsync(string image, string target)
    {
        await using Qcow2Image source = await Qcow2Image.OpenAsync(image);
        Console.WriteLine("ready");
        await source.FlattenAsync(target);
        return 0;
    }

    /// <summary>Gives an image one backing name after the other for ever.</summary>
    internal static async Task<int> RebaseAsync(string image, string[] names)
    {
        for (int i = 0; ; i++)
        {
            await Qcow2Image.RebaseUnsafeAsync(image, names[i % names.Length]);
            if (i == 0) Console.WriteLine("ready");
        }
    }
}

using OneEdge.Files;

namespace OneEdge.TestProgram;

/// <summary>Holds a lock until its input ends or it is killed.</summary>
internal static class Holder
{
    internal static async Task<int> RunAsync(string file)
    {
        using CrossProcessLock held = await CrossProcessLock.AcquireAsync(file, TimeSpan.FromSeconds(30));
        Console.WriteLine("held");
        await Console.In.ReadLineAsync();
        return 0;
    }
}

using System.Globalization;

namespace OneEdge.Architecture.Tests;

/// <summary>What the scan must find, in the forms that the compiler moves elsewhere. It never runs.</summary>
internal static class Offender
{
    public static Func<Guid> InLambda() => () => Guid.NewGuid();

    public static IEnumerable<string> InIterator()
    {
        yield return Environment.NewLine;
        yield return new Random().Next().ToString(CultureInfo.InvariantCulture) + new Random(1).Next();
    }

    public static async Task InAsync()
    {
        await Task.Yield();
        Console.WriteLine(DateTime.UtcNow);
    }
}

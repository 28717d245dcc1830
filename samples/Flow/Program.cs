// OneEdge.Flow in one program, on a cloud inside of it and on a clock that needs not be waited for: dotnet run --project samples/Flow
// What is done stands in ShopStory.cs; "oneedge demo" tells the same story.
using OneEdge.Samples.Flow;

using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(2));
try
{
    await using var story = new ShopStory(Tell);
    await story.RunAsync(enough.Token);
    return 0;
}
catch (StoryException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

static void Tell(string step, string? lines)
{
    Console.WriteLine(step);
    if (lines is null) return;
    foreach (string line in lines.Split('\n')) Console.WriteLine($"    {line}");
}

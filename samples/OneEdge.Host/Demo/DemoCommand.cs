using System.Diagnostics;
using System.Globalization;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Demo;

/// <summary><c>oneedge demo</c>: each library does its main job on input of its own, in a temporary directory.</summary>
internal static class DemoCommand
{
    private static readonly IReadOnlyList<IDemoChapter> Chapters = [new ConfigChapter(), new CloudChapter(), new DiskChapter(), new FlowChapter()];

    public static HostCommand Create(HostIo io)
    {
        var command = new HostCommand(
            "demo", "Shows the main job of every library on sample data, in seconds; nothing of yours is touched.", "demo", "demo --output json");
        command.SetAction((parsed, cancellationToken) => RunAsync(io, OutputOption.IsJson(parsed), cancellationToken));
        return command.With(OutputOption.Create(), OutputOption.CreateShort());
    }

    private static async Task<int> RunAsync(HostIo io, bool isJson, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        var story = new DemoStory(io, isJson);
        foreach (IDemoChapter chapter in Chapters)
        {
            string directory = Directory.CreateTempSubdirectory("oneedge-demo-").FullName;
            try
            {
                story.Chapter(chapter.Title);
                await chapter.RunAsync(story, directory, cancellationToken);
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        }

        story.End(
            string.Create(CultureInfo.InvariantCulture, $"Done in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s; the temporary directory is removed."));
        return ExitCode.Done;
    }
}

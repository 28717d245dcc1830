namespace OneEdge.Host.Demo;

/// <summary>The part of the demo that shows one library.</summary>
internal interface IDemoChapter
{
    /// <summary>What it shows, in one line.</summary>
    string Title { get; }

    /// <summary>Shows it.</summary>
    /// <param name="story">Told every step.</param>
    /// <param name="directory">An empty directory, removed afterwards.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    Task RunAsync(DemoStory story, string directory, CancellationToken cancellationToken);
}

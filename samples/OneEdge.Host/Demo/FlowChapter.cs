using OneEdge.Samples.Flow;

namespace OneEdge.Host.Demo;

/// <summary>OneEdge.Flow: the life of a service of three tiers, as <c>samples/Flow</c> tells it.</summary>
internal sealed class FlowChapter : IDemoChapter
{
    public string Title => "OneEdge.Flow: a service of three tiers is deployed, scaled by its load, healed and removed";

    public async Task RunAsync(DemoStory story, string directory, CancellationToken cancellationToken)
    {
        await using var shop = new ShopStory((step, lines) =>
        {
            if (lines is null) story.Step(step);
            else story.Lines(step, lines);
        });
        await shop.RunAsync(cancellationToken);
    }
}

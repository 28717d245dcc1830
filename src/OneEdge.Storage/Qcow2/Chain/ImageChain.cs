namespace OneEdge.Storage;

/// <summary>An image and all below it, open.</summary>
/// <param name="Layers">The images from the top down.</param>
/// <param name="Tables">Keeps their tables.</param>
internal sealed record ImageChain(IReadOnlyList<ImageLayer> Layers, TableCache Tables) : IDisposable
{
    public ImageLayer Top => Layers[0];

    public void Dispose()
    {
        foreach (ImageLayer layer in Layers) layer.Dispose();
    }
}

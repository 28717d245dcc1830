namespace OneEdge.Storage;

/// <summary>A part of the guest that comes from one image of a chain.</summary>
/// <param name="Depth">Which image: 0 is the top. Where no image has anything: the deepest one whose virtual size covers the offset.</param>
/// <param name="Layer">That image.</param>
/// <param name="Extent">What it has there.</param>
internal readonly record struct ChainExtent(int Depth, ImageLayer Layer, Extent Extent);

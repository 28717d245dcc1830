namespace OneEdge.Storage;

/// <summary>An overlay to be made.</summary>
/// <param name="Path">The new image file.</param>
/// <param name="Backing">
/// The backing file as the overlay records it: relative to the directory of the new image, absolute, or a <c>json:</c> name.
/// </param>
public sealed record Qcow2NewOverlay(string Path, string Backing);

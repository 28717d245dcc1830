namespace OneEdge.Config.Formats;

/// <summary>The first document of a text.</summary>
/// <param name="Root">Its root; <see langword="null"/> when the text holds no document at all.</param>
/// <param name="Marker">The byte behind <c>---</c>, or -1.</param>
/// <param name="End">Where the next thing behind the document stands: the end of the text, <c>...</c>, <c>---</c>, or what the original ignores.</param>
/// <param name="Anchors">The names of its anchors.</param>
internal sealed record YamlTree(YamlNode? Root, int Marker, int End, IReadOnlyCollection<string> Anchors);

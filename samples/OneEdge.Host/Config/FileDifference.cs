using OneEdge.Config;
using OneEdge.Text;

namespace OneEdge.Host.Config;

/// <summary>One file of a comparison.</summary>
/// <param name="Name">The name in the catalogue.</param>
/// <param name="Format">The format.</param>
/// <param name="Old">The old text; <see langword="null"/> when there is no file.</param>
/// <param name="New">The new text; <see langword="null"/> when there is no file.</param>
internal sealed record FileDifference(string Name, ConfigFormat Format, SourceText? Old, SourceText? New)
{
    /// <summary>The name of the old text in a unified diff.</summary>
    public string OldLabel { get; init; } = "a" + Name;

    /// <summary>The name of the new text in a unified diff.</summary>
    public string NewLabel { get; init; } = "b" + Name;

    /// <summary>The changes of the data; none when one file is missing.</summary>
    public IReadOnlyList<ConfigChange> Changes { get; init; } = [];

    /// <summary>Whether one of the two files is missing.</summary>
    public bool IsOneSided => Old is null || New is null;

    /// <summary>Whether the data differs.</summary>
    public bool DiffersInData => IsOneSided || Changes.Count > 0;

    /// <summary>Whether the bytes differ.</summary>
    public bool DiffersInText => IsOneSided || !Old!.Span.SequenceEqual(New!.Span);
}

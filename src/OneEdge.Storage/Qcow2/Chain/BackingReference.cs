namespace OneEdge.Storage;

/// <summary>A backing file as an image names it.</summary>
/// <param name="Name">The name with the directory from which it is resolved, as qemu joins them; this is how messages and views name the file.</param>
/// <param name="FullName">The full name as qemu shows it: <paramref name="Name"/>, or the whole <c>json:</c> name.</param>
/// <param name="Format">The format; <see langword="null"/> when neither the image nor the name gives it.</param>
internal sealed record BackingReference(string Name, string FullName, DiskImageFormat? Format);

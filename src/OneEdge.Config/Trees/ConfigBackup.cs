namespace OneEdge.Config;

/// <summary>A backup of the files that one run wrote.</summary>
/// <param name="Id">The name of the backup, below the backup directory.</param>
/// <param name="Directory">Where it lies; files have the layout of the installation below it.</param>
/// <param name="Time">When it was made.</param>
/// <param name="Files">The files as they were.</param>
public sealed record ConfigBackup(string Id, string Directory, DateTimeOffset Time, IReadOnlyList<BackupFile> Files);

/// <summary>One file of a backup.</summary>
/// <param name="File">The file, as seen from the root of the installation.</param>
/// <param name="Existed">Whether the file was there; restoring removes a file that was not.</param>
public sealed record BackupFile(string File, bool Existed);

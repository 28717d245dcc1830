namespace OneEdge.Commands;

/// <summary>Finds programs as a shell does; the base library would also look beside this program and in the current directory.</summary>
internal static class ProgramFinder
{
    internal static string Find(CommandSpec command)
    {
        string name = command.FileName;
        if (name.AsSpan().ContainsAny('/', Path.DirectorySeparatorChar))
        {
            string path = command.WorkingDirectory is { } directory ? Path.GetFullPath(name, Path.GetFullPath(directory)) : Path.GetFullPath(name);
            return Candidates(path).FirstOrDefault(IsExecutable) ?? throw new ToolMissingException(name, [Path.GetDirectoryName(path) ?? path]);
        }

        string? variable = command.Environment.TryGetValue("PATH", out string? own) ? own : Environment.GetEnvironmentVariable("PATH");
        string[] directories = [.. (variable ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathFullyQualified)];
        return directories.SelectMany(directory => Candidates(Path.Combine(directory, name))).FirstOrDefault(IsExecutable)
            ?? throw new ToolMissingException(name, directories);
    }

    private static IEnumerable<string> Candidates(string path) =>
        OperatingSystem.IsWindows() && !Path.HasExtension(path) ? [path + ".exe", path + ".cmd", path + ".bat"] : [path];

    private static bool IsExecutable(string path)
    {
        const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != UnixFileMode.None);
    }
}

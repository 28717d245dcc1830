using System.CommandLine;
using System.Globalization;
using OneEdge.Config;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Config;

/// <summary><c>oneedge config backups</c>: lists, restores and prunes the backups of an installation.</summary>
internal static class BackupsCommand
{
    public static HostCommand Create(HostIo io) =>
        new HostCommand("backups", "The backups that every writing command leaves.",
            "config backups list",
            "config backups restore 2026-01-31_12-30-00",
            "config backups prune --keep 10").With(CreateList(io), CreateRestore(io), CreatePrune(io));

    private static HostCommand CreateList(HostIo io)
    {
        var tree = new TreeOptions();
        var command = new HostCommand("list", "Lists the backups, the newest first.", "config backups list --root /srv/front-end");
        command.SetAction(parsed =>
        {
            IReadOnlyList<ConfigBackup> backups = tree.Tree(parsed, io).Backups.List();
            if (OutputOption.IsJson(parsed)) WriteJson(io, "backups", backups);
            else new Screen(io).Table(["ID", "TIME", "FILES", "DIRECTORY"], backups.Select(Row));
            return ExitCode.Done;
        });
        return command.With(tree.Root, tree.BackupDirectory, OutputOption.Create(), OutputOption.CreateShort());
    }

    private static HostCommand CreateRestore(HostIo io)
    {
        var tree = new TreeOptions();
        var id = new Argument<string>("ID") { Description = "The backup, as the list names it." };
        var command = new HostCommand(
            "restore", "Brings the files of a backup back; the present files are backed up first.", "config backups restore 2026-01-31_12-30-00");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ConfigBackup? saved = await tree.Tree(parsed, io).Backups.RestoreAsync(parsed.GetRequiredValue(id), cancellationToken);
            if (OutputOption.IsJson(parsed)) WriteRestored(io, parsed.GetRequiredValue(id), saved);
            else if (saved is null) io.Out.WriteLine("nothing to restore: the files are as in the backup");
            else foreach (BackupFile file in saved.Files) io.Out.WriteLine($"restored {file.File}");
            if (saved is not null && !OutputOption.IsJson(parsed)) io.Out.WriteLine($"backup {saved.Id} in {saved.Directory}");
            return ExitCode.Done;
        });
        return command.With(id, tree.Root, tree.BackupDirectory, OutputOption.Create(), OutputOption.CreateShort());
    }

    private static HostCommand CreatePrune(HostIo io)
    {
        var tree = new TreeOptions();
        var keep = new Option<int>("--keep") { Description = "How many of the newest stay.", HelpName = "N", Required = true };
        keep.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out int count) && count < 0)
                result.AddError("--keep is 0 or more.");
        });
        var command = new HostCommand("prune", "Deletes old backups.", "config backups prune --keep 10");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<ConfigBackup> deleted = await tree.Tree(parsed, io).Backups.PruneAsync(parsed.GetValue(keep), cancellationToken);
            if (OutputOption.IsJson(parsed)) WriteJson(io, "deleted", deleted);
            else foreach (ConfigBackup backup in deleted) io.Out.WriteLine($"deleted {backup.Id}");
            return ExitCode.Done;
        });
        return command.With(keep, tree.Root, tree.BackupDirectory, OutputOption.Create(), OutputOption.CreateShort());
    }

    private static string[] Row(ConfigBackup backup) =>
    [
        backup.Id, backup.Time.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture), backup.Files.Count.ToString(CultureInfo.InvariantCulture),
        backup.Directory,
    ];

    private static void WriteJson(HostIo io, string name, IReadOnlyList<ConfigBackup> backups) => JsonOutput.Write(io, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray(name);
        foreach (ConfigBackup backup in backups) BackupJson.Write(json, backup);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteRestored(HostIo io, string id, ConfigBackup? saved) => JsonOutput.Write(io, json =>
    {
        json.WriteStartObject();
        json.WriteString("restored", id);
        json.WriteBoolean("changed", saved is not null);
        BackupJson.Write(json, "backup", saved);
        json.WriteEndObject();
    });
}

using System.Text.Json;
using OneEdge.Config;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Config;

/// <summary>An upgrade as JSON. Conflicts are told as for people, with secret-looking values masked.</summary>
internal static class UpgradeJson
{
    public static void Write(HostIo io, UpgradePlan plan, bool isSaved, ConfigBackup? backup) => JsonOutput.Write(io, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("saved", isSaved);
        json.WriteBoolean("canApply", plan.CanApply);
        BackupJson.Write(json, "backup", backup);
        json.WriteStartArray("files");
        foreach (UpgradeFilePlan file in plan.Files.Where(f => f.Action != UpgradeAction.Keep || f.Conflicts.Count > 0)) WriteFile(json, file);
        json.WriteEndArray();
        json.WriteStartArray("conflicts");
        foreach (UpgradeConflict conflict in plan.Conflicts) WriteConflict(json, conflict);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static string Word(UpgradeAction action) => action.ToString().ToLowerInvariant();

    private static void WriteFile(Utf8JsonWriter json, UpgradeFilePlan file)
    {
        json.WriteStartObject();
        json.WriteString("file", file.File);
        json.WriteString("action", Word(file.Action));
        json.WriteStartArray("carried");
        foreach (ChangeOutcome outcome in file.Carried) PatchJson.WriteOutcome(json, outcome);
        json.WriteEndArray();
        json.WriteNumber("conflicts", file.Conflicts.Count);
        json.WriteEndObject();
    }

    private static void WriteConflict(Utf8JsonWriter json, UpgradeConflict conflict)
    {
        json.WriteStartObject();
        json.WriteString("file", conflict.File);
        json.WriteString("path", conflict.Path.ToString());
        json.WriteString("kind", JsonNamingPolicy.KebabCaseLower.ConvertName(conflict.Kind.ToString()));
        json.WriteString("choice", conflict.Choice.ToString().ToLowerInvariant());
        json.WriteString("text", conflict.ToString());
        json.WriteEndObject();
    }
}

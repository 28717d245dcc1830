using System.Text.Json;
using OneEdge.Config;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Config;

/// <summary>The result of a patch as JSON. Values are left out: they may be secret, and whoever made the patch knows them.</summary>
internal static class PatchJson
{
    public static void Write(HostIo io, PatchResult result) => JsonOutput.Write(io, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("applied", result.Plan.AppliedCount);
        json.WriteNumber("total", result.Plan.ChangeCount);
        json.WriteBoolean("saved", result.IsSaved);
        json.WriteString("reason", result.Reason);
        BackupJson.Write(json, "backup", result.Backup);
        json.WriteStartArray("files");
        foreach (FilePlan file in result.Plan.Files) WriteFile(json, file);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static void WriteOutcome(Utf8JsonWriter json, ChangeOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("action", Action(outcome.Change.Kind));
        json.WriteString("path", outcome.Change.Target.ToString());
        json.WriteString("status", outcome.Status switch
        {
            ChangeStatus.Applied => "applied",
            ChangeStatus.NotApplied => "not-applied",
            _ => "failed",
        });
        json.WriteBoolean("replaced", outcome.Replaced);
        json.WriteString("reason", outcome.Reason);
        json.WriteEndObject();
    }

    public static string Action(ChangeKind kind) => kind switch
    {
        ChangeKind.Insert => "ins",
        ChangeKind.Set => "set",
        _ => "rm",
    };

    private static void WriteFile(Utf8JsonWriter json, FilePlan file)
    {
        json.WriteStartObject();
        json.WriteString("file", file.File);
        json.WriteString("format", file.Format.Name);
        json.WriteBoolean("changed", file.IsChanged);
        json.WriteNumber("applied", file.AppliedCount);
        json.WriteNumber("total", file.Outcomes.Count);
        json.WriteStartArray("changes");
        foreach (ChangeOutcome outcome in file.Outcomes) WriteOutcome(json, outcome);
        json.WriteEndArray();
        JsonOutput.WriteFindings(json, "findings", file.Diagnostics);
        json.WriteEndObject();
    }
}

// OneEdge.Config in one page: dotnet run --project samples/Config
using OneEdge.Config;

// 1. One document: parse, read, change. The text keeps every comment and space.
const string text = """
    PORT = 2633                  # where clients connect
    DB   = [ BACKEND = "sqlite" ]

    """;
ConfigDocument oned = ConfigFormat.Oned.Parse(text, "oned.conf");
Console.WriteLine($"PORT is {oned.Find("PORT")}, the database is {oned.Find("DB/BACKEND")}");

ConfigApplyResult changed = oned.Apply([ConfigChange.Set("PORT", 2634), ConfigChange.Insert("DB/SERVER", "\"db.example\"")]);
Console.WriteLine(changed.Text);

// 2. The difference of two documents is a list of changes that can be applied elsewhere.
foreach (ConfigChange change in oned.DiffTo(changed.Document).Changes) Console.WriteLine($"  {change}");

// 3. A whole installation: plan, look, apply, restore.
string root = Directory.CreateTempSubdirectory("oneedge-sample-").FullName;
try
{
    Directory.CreateDirectory(Path.Combine(root, "etc/one"));
    await File.WriteAllTextAsync(Path.Combine(root, "etc/one/oned.conf"), text);

    var tree = new ConfigTree(root);
    ConfigPatch patch = ConfigPatch.ParseLines("""
        /etc/one/oned.conf set PORT 2634
        /etc/one/oned.conf rm  NO_SUCH_KEY
        """);
    PatchPlan plan = await tree.PlanAsync(patch);
    foreach (PlannedChange change in plan.Changes) Console.WriteLine($"{change}: {(change.Applies ? "applies" : change.Reason)}");
    Console.Write(plan.ToUnifiedDiff());

    PatchResult done = await tree.ApplyAsync(plan);
    Console.WriteLine($"saved: {done.IsSaved}, backup: {done.Backup?.Id}");

    await tree.Backups.RestoreAsync(done.Backup!.Id);
    Console.WriteLine($"PORT is {(await tree.ReadAsync("/etc/one/oned.conf")).Find("PORT")} again");
}
finally
{
    Directory.Delete(root, recursive: true);
}

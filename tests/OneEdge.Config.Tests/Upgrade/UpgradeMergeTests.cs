using OneEdge.Text;

namespace OneEdge.Config.Tests.Upgrade;

public sealed class UpgradeMergeTests
{
    private const string Oned = "/etc/one/oned.conf";
    private const string Cli = "/etc/one/cli/oneimage.yaml";
    private const string Views = "/etc/one/sunstone-views/kvm/admin.yaml";
    private const string Kvm = "/var/lib/one/remotes/etc/vmm/kvm/kvmrc";
    private const string OldStock = """
        # old comment
        PORT = 2633
        LOG = [ SYSTEM = "file", DEBUG_LEVEL = 3 ]
        VM_MAD = [ NAME = "kvm", ARGUMENTS = "-t 15" ]
        VM_MAD = [ NAME = "lxd", ARGUMENTS = "-t 15" ]
        VM_RESTRICTED_ATTR = "NIC/MAC"
        VM_RESTRICTED_ATTR = "NIC/VLAN_ID"

        """;

    private const string NewStock = """
        # new comment
        PORT = 2633
        LOG = [ SYSTEM = "syslog", DEBUG_LEVEL = 3, USE_VMS_LOCATION = "NO" ]
        VM_MAD = [ NAME = "kvm", ARGUMENTS = "-t 15", KEEP_SNAPSHOTS = "yes" ]
        VM_RESTRICTED_ATTR = "NIC/MAC"
        VM_RESTRICTED_ATTR = "NIC/VLAN_ID"
        VM_RESTRICTED_ATTR = "NIC/BRIDGE"

        """;

    [Fact]
    public void Changes_are_carried_over_onto_the_new_text()
    {
        string mine = OldStock.Replace("2633", "2700", StringComparison.Ordinal)
            .Replace("VM_RESTRICTED_ATTR = \"NIC/MAC\"\n", "", StringComparison.Ordinal) + "EXTRA = 1\n";

        UpgradeFilePlan plan = Plan(Oned, OldStock, mine, NewStock);

        Assert.Empty(plan.Conflicts);
        Assert.Equal(
            NewStock.Replace("2633", "2700", StringComparison.Ordinal)
                .Replace("VM_RESTRICTED_ATTR = \"NIC/MAC\"\n", "", StringComparison.Ordinal) + "EXTRA = 1\n", plan.After!.ToString());
    }

    [Fact]
    public void Untouched_file_becomes_the_new_stock_file() => Assert.Equal(NewStock, Plan(Oned, OldStock, OldStock, NewStock).After!.ToString());

    [Fact]
    public void File_that_the_release_does_not_change_stays_byte_for_byte()
    {
        const string mine = "PORT=1\n";
        UpgradeFilePlan plan = Plan(Oned, OldStock, mine, OldStock);

        Assert.Equal(UpgradeAction.Keep, plan.Action);
        Assert.Equal(mine, plan.After!.ToString());
    }

    [Fact]
    public void Value_changed_by_both_is_a_conflict_that_does_not_stop_the_rest()
    {
        string mine = OldStock.Replace("\"file\"", "\"std\"", StringComparison.Ordinal).Replace("2633", "2700", StringComparison.Ordinal);

        UpgradeFilePlan undecided = Plan(Oned, OldStock, mine, NewStock);
        UpgradeConflict conflict = Assert.Single(undecided.Conflicts);

        Assert.Equal(ConflictKind.BothChanged, conflict.Kind);
        Assert.Equal(ConfigPath.Create("LOG", "SYSTEM"), conflict.Path);
        Assert.Equal("/etc/one/oned.conf LOG/SYSTEM: changed by both: mine \"\\\"std\\\"\", new \"\\\"syslog\\\"\", was \"\\\"file\\\"\"", conflict.ToString());
        Assert.Equal("2700", Read(undecided, "PORT"));
        Assert.Equal("\"std\"", Read(Plan(Oned, OldStock, mine, NewStock, ConflictChoice.Mine), "LOG/SYSTEM"));
        Assert.Equal("\"syslog\"", Read(Plan(Oned, OldStock, mine, NewStock, ConflictChoice.New), "LOG/SYSTEM"));
    }

    [Fact]
    public void Change_in_a_section_that_is_gone_is_a_conflict_and_mine_brings_the_section_back()
    {
        string mine = OldStock.Replace("NAME = \"lxd\", ARGUMENTS = \"-t 15\"", "NAME = \"lxd\", ARGUMENTS = \"-t 30\"", StringComparison.Ordinal);

        UpgradeFilePlan dropped = Plan(Oned, OldStock, mine, NewStock, ConflictChoice.New);
        UpgradeFilePlan kept = Plan(Oned, OldStock, mine, NewStock, ConflictChoice.Mine);

        Assert.Equal(ConflictKind.Gone, Assert.Single(dropped.Conflicts).Kind);
        Assert.Equal(NewStock, dropped.After!.ToString());
        Assert.Equal("\"-t 30\"", Read(kept, "VM_MAD/\"lxd\"/ARGUMENTS"));
        Assert.Equal("\"lxd\"", Read(kept, "VM_MAD/\"lxd\"/NAME"));
    }

    [Fact]
    public void Same_change_on_both_sides_is_no_conflict()
    {
        string mine = OldStock.Replace("\"file\"", "\"syslog\"", StringComparison.Ordinal);

        UpgradeFilePlan plan = Plan(Oned, OldStock, mine, NewStock);

        Assert.Empty(plan.Conflicts);
        Assert.Equal(NewStock, plan.After!.ToString());
    }

    [Fact]
    public void Section_that_the_user_removed_a_part_of_and_the_release_all_of_is_no_conflict()
    {
        string mine = OldStock.Replace("NAME = \"lxd\", ARGUMENTS = \"-t 15\"", "NAME = \"lxd\"", StringComparison.Ordinal);

        Assert.Equal(NewStock, Plan(Oned, OldStock, mine, NewStock).After!.ToString());
        Assert.Empty(Plan(Oned, OldStock, mine, NewStock).Conflicts);
    }

    [Fact]
    public void Map_that_the_user_removed_all_of_and_the_release_a_part_of_is_removed_without_conflict()
    {
        UpgradeFilePlan plan = Plan(Cli, "a: {b: 1, c: 2}\nd: 1\n", "d: 1\n", "a: {b: 1}\nd: 1\n");

        Assert.Empty(plan.Conflicts);
        Assert.Equal("d: 1\n", plan.After!.ToString());
    }

    [Fact]
    public void Two_lists_changed_in_a_map_that_is_gone_are_one_conflict_and_mine_brings_the_map_back()
    {
        UpgradeFilePlan plan = Plan(Views, "t: {x: {l: [1], m: [2]}, y: 1}\n", "t: {x: {l: [1, 3], m: [2, 4]}, y: 1}\n", "t: {y: 1}\n", ConflictChoice.Mine);

        Assert.Equal(ConfigPath.Create("t", "x"), Assert.Single(plan.Conflicts).Path);
        Assert.Equal("""{"t":{"y":1,"x":{"l":[1,3],"m":[2,4]}}}""", Data(plan).ToJson());
    }

    [Theory]
    [InlineData("VM_RESTRICTED_ATTR = a\n", "", "VM_RESTRICTED_ATTR = a\nVM_RESTRICTED_ATTR = b\n", "VM_RESTRICTED_ATTR = b\n")]
    [InlineData("VM_RESTRICTED_ATTR = a\n", "VM_RESTRICTED_ATTR = c\n", "VM_RESTRICTED_ATTR = b\n", "VM_RESTRICTED_ATTR = b\nVM_RESTRICTED_ATTR = c\n")]
    [InlineData("", "VM_RESTRICTED_ATTR = c\n", "VM_RESTRICTED_ATTR = b\n", "VM_RESTRICTED_ATTR = b\nVM_RESTRICTED_ATTR = c\n")]
    public void Attribute_that_may_repeat_is_a_set_also_with_one_value(string old, string mine, string @new, string expected)
    {
        UpgradeFilePlan plan = Plan(Oned, old, mine, @new);

        Assert.Empty(plan.Conflicts);
        Assert.Equal(expected, plan.After!.ToString());
    }

    [Theory]
    [InlineData("A=1\nB=2\n", "export A=1\nB=2\n", "A=1\nB=3\n", "export A=1\nB=3\n")]
    [InlineData("A=1\nB=2\n", "export A=1\nB=2\n", "A=5\nB=3\n", "export A=5\nB=3\n")]
    [InlineData("export A=1\nB=2\n", "A=1\nB=2\n", "export A=1\nB=3\n", "A=1\nB=3\n")]
    public void Export_of_a_shell_variable_is_carried_over_apart_from_its_value(string old, string mine, string @new, string expected)
    {
        UpgradeFilePlan plan = Plan(Kvm, old, mine, @new);

        Assert.Empty(plan.Conflicts);
        Assert.Equal(expected, plan.After!.ToString());
    }

    [Fact]
    public void Shell_statements_of_the_user_are_a_conflict_instead_of_being_lost()
    {
        const string mine = "A=2\nB=1\nif [ -f /x ]; then . /x; fi\n";

        UpgradeConflict conflict = Assert.Single(Plan(Kvm, "A=1\nB=1\n", mine, "A=1\nB=2\n").Conflicts);

        Assert.Equal(ConflictKind.Statements, conflict.Kind);
        Assert.StartsWith($"{Kvm}: you changed statements", conflict.ToString(), StringComparison.Ordinal);
        Assert.Equal(mine, Plan(Kvm, "A=1\nB=1\n", mine, "A=1\nB=2\n", ConflictChoice.Mine).After!.ToString());
        Assert.Equal("A=2\nB=2\n", Plan(Kvm, "A=1\nB=1\n", mine, "A=1\nB=2\n", ConflictChoice.New).After!.ToString());
    }

    [Fact]
    public void Shell_statements_that_only_the_release_changed_are_the_new_ones()
    {
        UpgradeFilePlan plan = Plan(Kvm, "A=1\n", "A=2\n", "A=1\nif [ -f /x ]; then . /x; fi\n");

        Assert.Empty(plan.Conflicts);
        Assert.Equal("A=2\nif [ -f /x ]; then . /x; fi\n", plan.After!.ToString());
    }

    [Fact]
    public void Section_that_the_user_removed_stays_removed()
    {
        string mine = OldStock.Replace("VM_MAD = [ NAME = \"lxd\", ARGUMENTS = \"-t 15\" ]\n", "", StringComparison.Ordinal);

        Assert.Empty(Plan(Oned, OldStock, mine, NewStock).Conflicts);
    }

    [Fact]
    public void Ordered_list_takes_additions_and_removals_of_both_sides()
    {
        UpgradeFilePlan plan = Plan(Cli, "l: [a, b, c]\n", "l: [a, x, c]\n", "l: [n, a, b, c]\n");

        Assert.Empty(plan.Conflicts);
        Assert.Equal("""{"l":["n","a","x","c"]}""", Data(plan).ToJson());
    }

    [Fact]
    public void Ordered_list_that_was_reordered_and_changed_by_the_release_is_a_conflict()
    {
        UpgradeFilePlan plan = Plan(Cli, "l: [a, b, c]\n", "l: [c, b, a]\n", "l: [a, b, c, d]\n", ConflictChoice.Mine);

        Assert.Equal(ConfigPath.Create("l"), Assert.Single(plan.Conflicts).Path);
        Assert.Equal("""{"l":["c","b","a"]}""", Data(plan).ToJson());
    }

    [Fact]
    public void Value_of_another_kind_in_the_release_is_a_conflict()
    {
        UpgradeFilePlan plan = Plan(Cli, "a: {b: 1}\n", "a: {b: 2}\n", "a: 5\n", ConflictChoice.Mine);

        Assert.Single(plan.Conflicts);
        Assert.Equal("""{"a":{"b":2}}""", Data(plan).ToJson());
    }

    [Fact]
    public void Changed_file_that_the_release_drops_is_a_conflict_and_an_unchanged_one_is_removed()
    {
        Assert.Equal(UpgradeAction.Remove, Plan(Oned, OldStock, OldStock, @new: null).Action);
        Assert.Equal(ConflictKind.FileGone, Assert.Single(Plan(Oned, OldStock, "A = 1\n", @new: null).Conflicts).Kind);
    }

    [Fact]
    public void New_file_is_created_and_a_deleted_one_stays_deleted()
    {
        Assert.Equal(UpgradeAction.Create, Plan(Oned, old: null, mine: null, NewStock).Action);
        Assert.Equal(UpgradeAction.Keep, Plan(Oned, OldStock, mine: null, NewStock).Action);
    }

    [Fact]
    public void File_that_does_not_parse_is_a_conflict_with_the_place()
    {
        UpgradeConflict conflict = Assert.Single(Plan(Oned, OldStock, "PORT = [\n", NewStock).Conflicts);

        Assert.Equal(ConflictKind.Unreadable, conflict.Kind);
        Assert.Contains("oned.conf(1,", conflict.Detail, StringComparison.Ordinal);
    }

    private static UpgradeFilePlan Plan(string file, string? old, string? mine, string? @new, ConflictChoice choice = ConflictChoice.Fail) =>
        new UpgradePlanner(ConfigCatalog.Default, ConfigLimits.Default, _ => choice).Plan(file, Text(old, file), Text(mine, file), Text(@new, file));

    private static SourceText? Text(string? text, string name) => text is null ? null : SourceText.From(text, name);

    private static ConfigValue Data(UpgradeFilePlan plan) => ConfigCatalog.Default.FormatOf(plan.File)!.Parse(plan.After!).ToValue();

    private static string? Read(UpgradeFilePlan plan, string path) => ConfigFormat.Oned.Parse(plan.After!).Find(path)?.ToString();
}

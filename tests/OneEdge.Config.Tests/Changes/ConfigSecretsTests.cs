namespace OneEdge.Config.Tests.Changes;

public sealed class ConfigSecretsTests
{
    [Fact]
    public void Mask_judges_by_the_path() => Assert.Equal("***", ConfigSecrets.Mask("DB/PASSWD", "\"hunter2\"").ToString());

    [Fact]
    public void Mask_judges_items_by_their_list_and_settings_in_a_container_by_that()
    {
        Assert.Equal("***", ConfigSecrets.Mask([ConfigValue.Symbol("tokens"), 0], "x").ToString());
        Assert.Equal("***", ConfigSecrets.Mask("credentials/user", "x").ToString());
        Assert.Equal("50", ConfigSecrets.Mask(":PASSWORD/:size", 50).ToString());
    }

    [Fact]
    public void Mask_leaves_other_values() => Assert.Equal("\"mysql\"", ConfigSecrets.Mask("DB/BACKEND", "\"mysql\"").ToString());

    [Fact]
    public void Mask_looks_into_maps_and_arrays()
    {
        ConfigValue value = ConfigValue.Map(
            ("user", "one"), ("password", "x"), ("tokens", ConfigValue.Array("a", "b")), ("credentials", ConfigValue.Map(("n", 5))),
            ("PASSWORD", ConfigValue.Map(("size", 50))));
        Assert.Equal(
            """{"user":"one","password":"***","tokens":["***","***"],"credentials":{"n":"***"},"PASSWORD":{"size":50}}""",
            ConfigSecrets.Mask("/", value).ToJson());
    }

    [Fact]
    public void Mask_of_a_change_masks_both_values_and_the_diff_of_a_text()
    {
        Assert.Equal("set DB/PASSWD \"***\"", ConfigSecrets.Mask(ConfigChange.Set("DB/PASSWD", "\"x\"")).ToString());
        ConfigChange diff = ConfigSecrets.Mask(ConfigChange.Set("/", "--- old\n+++ new\n@@ -1 +1 @@\n-PASSWORD = a\n+PASSWORD = b\n"));
        Assert.Equal("--- old\n+++ new\n@@ -1 +1 @@\n-PASSWORD = ***\n+PASSWORD = ***\n", diff.Value!.AsString());
    }
}

using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Core.Tests.Text;

public sealed class SecretTextTests
{
    [Theory]
    [InlineData("PASSWORD", "x")]
    [InlineData("DB_PASSWD", "x")]
    [InlineData(":ldap_password", "x")]
    [InlineData("dbPassword", "x")]
    [InlineData("one.secret", "x")]
    [InlineData("token_remote_support", "x")]
    [InlineData("CEPH_SECRET", "7ebb2445-e96e")]
    [InlineData("aws_secret_access_key", "/aK+b/c")]
    [InlineData("ACCESS_KEY", "AKIA")]
    [InlineData("api-key", "x")]
    [InlineData("APIKEY", "x")]
    [InlineData("private_key", "-----BEGIN")]
    [InlineData("ONE_AUTH", "oneadmin:opennebula")]
    [InlineData("Authorization", "Basic abc")]
    [InlineData("credentials", "x")]
    [InlineData("passphrase", "\"x\"")]
    public void MaskValue_hides_a_secret(string name, string value) => Assert.Equal("***", SecretText.MaskValue(name, value));

    [Theory]
    [InlineData("AUTH_MAD", "x")]
    [InlineData("DEFAULT_AUTH", "default")]
    [InlineData("auth", "opennebula")]
    [InlineData("core_auth", "cipher")]
    [InlineData("AUTHN", "ssh,x509")]
    [InlineData("author", "me")]
    [InlineData("PASSWORD_CHANGE", "NO")]
    [InlineData("PASSWORD_REQUIRED", "x")]
    [InlineData("RANDOM_PASSWD", "YES")]
    [InlineData("update_password", "true")]
    [InlineData("MAX_TOKEN_TIME", "86400")]
    [InlineData("PASSWORD_FILE", "/etc/p")]
    [InlineData("PRIKEY", "\"/var/lib/one/.ssh/id_rsa\"")]
    [InlineData("ONE_AUTH", "/var/lib/one/.one/one_auth")]
    [InlineData("PUBKEY", "x")]
    [InlineData("KEYMAP", "en-us")]
    [InlineData("key", "x")]
    [InlineData("location_key", "region")]
    [InlineData("LIBVIRT_MD_KEY", "one")]
    [InlineData("PCI_PASSTHROUGH_BUS", "0x01")]
    [InlineData("PASSWD", "\"\"")]
    [InlineData("token", "null")]
    [InlineData("COMPASS", "x")]
    public void MaskValue_shows_what_is_no_secret(string name, string value) => Assert.Equal(value, SecretText.MaskValue(name, value));

    [Theory]
    [InlineData("PASSWD = \"a b\",", "PASSWD = ***,")]
    [InlineData("DB = [ BACKEND = \"mysql\", PASSWD = \"x\", PORT = 0 ]", "DB = [ BACKEND = \"mysql\", PASSWD = ***, PORT = 0 ]")]
    [InlineData("DB = [ USER = oneadmin, PASSWD = x, PORT = 0 ]", "DB = [ USER = oneadmin, PASSWD = ***, PORT = 0 ]")]
    [InlineData("  :password: s3 cret # why", "  :password: ***")]
    [InlineData("export API_TOKEN=abc", "export API_TOKEN=***")]
    [InlineData("{\"password\":\"x\",\"a\":1}", "{\"password\":***,\"a\":1}")]
    [InlineData("password: 'it''s'", "password: ***")]
    [InlineData("PASSWD = \"a\\\"b\" ", "PASSWD = *** ")]
    [InlineData("tokens: [a, b]", "tokens: [***")]
    [InlineData(":proxy: http://user:pass@host:80/x", ":proxy: http://user:***@host:80/x")]
    [InlineData("#PASSWD = \"real\",", "#PASSWD = ***,")]
    [InlineData("# :password: abc", "# :password: ***")]
    [InlineData("#  passwd  : (mysql) the password for user", "#  passwd  : (mysql) the password for user")]
    [InlineData("one: http://localhost:2633/RPC2", "one: http://localhost:2633/RPC2")]
    [InlineData("if token == 5", "if token == 5")]
    [InlineData("password:", "password:")]
    [InlineData("PASSWD = x\r", "PASSWD = ***\r")]
    public void MaskLine_hides_the_value_of_a_secret_setting(string line, string expected) => Assert.Equal(expected, SecretText.MaskLine(line));

    [Fact]
    public void MaskText_hides_blocks_below_a_secret_key() => Assert.Equal(
        "a: 1\nprivate_key: |\n  ***\n  ***\n\nb: 2\ncredentials:\n- ***\n- ***\nc: 3\n",
        SecretText.MaskText("a: 1\nprivate_key: |\n  -----BEGIN\n  abc\n\nb: 2\ncredentials:\n- x\n- y\nc: 3\n"));

    [Fact]
    public void MaskText_judges_settings_below_a_secret_key_by_their_own_names() => Assert.Equal(
        ":PASSWORD:\n  :desc: Password of the User\n  :size: 50\n:NAME:\n", SecretText.MaskText(
            ":PASSWORD:\n  :desc: Password of the User\n  :size: 50\n:NAME:\n"));

    [Fact]
    public void MaskText_hides_values_over_several_lines() =>
        Assert.Equal("PASSWD = ***\n***\n*** ]\nPORT = 1\n", SecretText.MaskText("PASSWD = \"a\nb\nc\" ]\nPORT = 1\n"));

    [Fact]
    public void MaskDiff_hides_both_sides() => Assert.Equal(
        "--- old\n+++ new\n@@ -1,3 +1,3 @@\n DB = [\n-PASSWD = ***\n+PASSWD = ***\n ]\n\\ No newline at end of file\n",
        SecretText.MaskDiff("--- old\n+++ new\n@@ -1,3 +1,3 @@\n DB = [\n-PASSWD = \"a\"\n+PASSWD = \"b\"\n ]\n\\ No newline at end of file\n"));

    [Fact]
    public void CreateMaskedDiff_shows_that_a_secret_changed_even_far_below_its_key()
    {
        string old = "private_key: |\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"  l{i}\n"));
        SourceText diff = SecretText.CreateMaskedDiff(SourceText.From(old), SourceText.From(old.Replace("l8", "new", StringComparison.Ordinal)), "old", "new");
        Assert.Equal("--- old\n+++ new\n@@ -7,4 +7,4 @@\n   ***\n   ***\n   ***\n-  ***\n+  ***\n", diff.ToString());
    }

    [Fact]
    public void MaskText_twice_is_the_same_as_once_and_keeps_the_number_of_lines()
    {
        foreach ((string file, _) in RealFiles.Stock())
        {
            string text = SourceText.FromBytes(File.ReadAllBytes(file)).ToString();
            string once = SecretText.MaskText(text);
            Assert.Equal(once, SecretText.MaskText(once));
            Assert.Equal(text.Count(c => c == '\n'), once.Count(c => c == '\n'));
        }
    }

    [Fact]
    public void MaskText_of_stock_files_hides_only_passwords_that_are_given()
    {
        var hidden = new SortedSet<string>(StringComparer.Ordinal);
        foreach ((string file, _) in RealFiles.Stock())
        {
            string[] lines = SourceText.FromBytes(File.ReadAllBytes(file)).ToString().Split('\n');
            string[] masked = SecretText.MaskText(string.Join('\n', lines)).Split('\n');
            for (int i = 0; i < lines.Length; i++)
                if (lines[i] != masked[i]) hidden.Add(lines[i].Trim());
        }

        // Two settings that are switched off, with an example each; nothing else in three releases.
        Assert.Equal(["#        PASSWD  = \"oneadmin\",", "#:password: 'password'"], hidden);
    }
}

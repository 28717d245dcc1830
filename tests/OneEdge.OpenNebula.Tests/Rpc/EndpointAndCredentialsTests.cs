using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Rpc;

/// <summary>Where to call and who calls.</summary>
public sealed class EndpointAndCredentialsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "http://localhost:2633/RPC2")]
    [InlineData("", "http://localhost:2633/RPC2")]
    [InlineData("https://front-end/RPC2", "https://front-end/RPC2")]
    [InlineData(" http://[::1]:2633/RPC2?key=secret\n", "http://[::1]:2633/RPC2")]
    public void Address_comes_from_the_variable_or_is_this_machine(string? value, string shown) =>
        Assert.Equal(shown, OpenNebulaEndpoint.FromVariables(name => name == "ONE_XMLRPC" ? value : null).ToString());

    [Theory]
    [InlineData("localhost:2633")]
    [InlineData("/RPC2")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:s3cret@host/RPC2")]
    [InlineData("s3cret")]
    public void Address_that_cannot_be_used_is_refused_without_showing_it(string address)
    {
        var error = Assert.Throws<OpenNebulaException>(() => OpenNebulaEndpoint.Parse(address));
        Assert.Equal(OpenNebulaErrorCodes.EndpointInvalid, error.Code);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oneadmin:pass:word\n", "oneadmin:pass:word")]
    [InlineData("serveradmin:alice:AbC+/=", "serveradmin:alice:AbC+/=")]
    [InlineData("alice: token ", "alice: token")]
    public void Auth_text_is_taken_as_it_is_but_for_the_blanks_after_it(string text, string session) =>
        Assert.Equal(session, OpenNebulaCredentials.FromAuthText(text).Session);

    [Theory]
    [InlineData("")]
    [InlineData("s3cret")]
    [InlineData(":s3cret")]
    [InlineData("user:s3cret\nmore\0")]
    [InlineData("user:s3cret\u0001x")]
    public void Credentials_that_cannot_be_used_are_refused_without_showing_them(string session)
    {
        if (session.Contains('\n')) session += "x";
        var error = Assert.Throws<OpenNebulaException>(() => OpenNebulaCredentials.FromAuthText(session));
        Assert.Equal(OpenNebulaErrorCodes.CredentialsInvalid, error.Code);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void User_with_a_colon_would_be_another_user() =>
        Assert.Throws<OpenNebulaException>(() => OpenNebulaCredentials.ForUser("alice:x", "password"));

    [Fact]
    public async Task Auth_file_is_the_named_one_or_that_of_the_home()
    {
        using var directory = new TemporaryDirectory();
        string named = directory.Write("auth", "a:1\n");
        directory.Write("home/.one/one_auth", "b:2\n");
        var variables = new Dictionary<string, string> { ["ONE_AUTH"] = named, ["HOME"] = directory["home"] };
        Assert.Equal("a:1", (await OpenNebulaCredentials.ReadAsync(variables.GetValueOrDefault, Token)).Session);
        variables.Remove("ONE_AUTH");
        Assert.Equal("b:2", (await OpenNebulaCredentials.ReadAsync(variables.GetValueOrDefault, Token)).Session);
        variables["ONE_AUTH"] = directory["missing"];
        var error = await Assert.ThrowsAsync<OpenNebulaException>(() => OpenNebulaCredentials.ReadAsync(variables.GetValueOrDefault, Token));
        Assert.Contains(directory["missing"], error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<OpenNebulaException>(() => OpenNebulaCredentials.ReadAsync(_ => null, Token));
    }

    [Fact]
    public async Task File_of_credentials_that_is_too_large_is_refused_by_its_name()
    {
        using var directory = new OneEdge.Testing.TemporaryDirectory();
        directory.Write("auth", System.Text.Encoding.UTF8.GetBytes("oneadmin:" + new string('x', 70_000)));
        var error = await Assert.ThrowsAsync<OpenNebulaException>(() =>
            OpenNebulaCredentials.ReadAsync(name => name == "ONE_AUTH" ? directory["auth"] : null, TestContext.Current.CancellationToken));
        Assert.Equal(OpenNebulaErrorCodes.CredentialsInvalid, error.Code);
        Assert.Contains(directory["auth"], error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("xxx", error.Message, StringComparison.Ordinal);
    }
}

using Microsoft.Extensions.DependencyInjection;
using OneEdge.Flow.Client;

namespace OneEdge.Flow.Tests.Client;

/// <summary>Where the address and the credentials come from.</summary>
public sealed class ClientSettingsTests : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Address_comes_from_the_variable_then_from_the_file_then_is_this_machine()
    {
        Assert.Equal("http://localhost:2474", (await OneFlowEndpoint.ReadAsync(Variables(), Ct)).ToString());
        Write("oneflow_endpoint", "http://front:2474/\n");
        Assert.Equal("http://front:2474", (await OneFlowEndpoint.ReadAsync(Variables(), Ct)).ToString());
        Assert.Equal("https://other/flow", (await OneFlowEndpoint.ReadAsync(Variables(("ONEFLOW_URL", "https://other/flow")), Ct)).ToString());
    }

    [Fact]
    public async Task Credentials_come_from_the_variables_then_from_the_file_that_one_names_then_from_the_home()
    {
        Write("one_auth", "carol:home\n");
        string named = Path.Combine(_home.Path, "named");
        await File.WriteAllTextAsync(named, "bob:pass:with:colons \n", Ct);
        Assert.Equal(("carol", "home"), Of(await OneFlowCredentials.ReadAsync(Variables(), Ct)));
        Assert.Equal(("bob", "pass:with:colons"), Of(await OneFlowCredentials.ReadAsync(Variables(("ONE_AUTH", named)), Ct)));
        (string, string)[] both = [("ONEFLOW_USER", "alice"), ("ONEFLOW_PASSWORD", "secret"), ("ONE_AUTH", named)];
        Assert.Equal(("alice", "secret"), Of(await OneFlowCredentials.ReadAsync(Variables(both), Ct)));
    }

    [Fact]
    public async Task Credentials_that_are_missing_or_half_there_are_an_error_that_names_the_variables()
    {
        var missing = await Assert.ThrowsAsync<FlowException>(() => OneFlowCredentials.ReadAsync(Variables(), Ct));
        Assert.Equal(FlowErrorCodes.ClientCredentialsInvalid, missing.Code);
        Assert.Contains("ONE_AUTH", missing.Message, StringComparison.Ordinal);
        var half = await Assert.ThrowsAsync<FlowException>(() => OneFlowCredentials.ReadAsync(Variables(("ONEFLOW_USER", "alice")), Ct));
        Assert.Contains("ONEFLOW_PASSWORD is not", half.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("front:2474")]
    [InlineData("ftp://front")]
    [InlineData("http://alice:secret@front:2474")]
    [InlineData("http://front:2474/?token=secret")]
    [InlineData("")]
    public void Address_that_cannot_be_used_is_an_error_that_does_not_repeat_it(string address)
    {
        var error = Assert.Throws<FlowException>(() => OneFlowEndpoint.Parse(address));
        Assert.Equal(FlowErrorCodes.ClientEndpointInvalid, error.Code);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData(":secret")]
    [InlineData("alice:sec\nret")]
    public void Credentials_that_cannot_be_sent_are_an_error_that_does_not_repeat_them(string text)
    {
        var error = Assert.Throws<FlowException>(() => OneFlowCredentials.FromAuthText(text));
        Assert.Equal(FlowErrorCodes.ClientCredentialsInvalid, error.Code);
        Assert.DoesNotContain("ret", error.Message.Replace("secret", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_shows_the_password_as_text()
    {
        var credentials = OneFlowCredentials.ForUser("alice", "s3cret");
        using var client = new OneFlowClient(credentials);
        Assert.Equal("alice:***", credentials.ToString());
        Assert.Equal("alice at http://localhost:2474", client.ToString());
    }

    [Fact]
    public async Task Client_comes_out_of_the_services_with_its_settings()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddOneFlowClient(o => (o.Credentials, o.Endpoint) = (OneFlowCredentials.ForUser("alice", "secret"), OneFlowEndpoint.Parse("http://front:1")))
            .BuildServiceProvider();
        Assert.Equal("alice at http://front:1", services.GetRequiredService<IOneFlowClient>().ToString());
        await using ServiceProvider nobody = new ServiceCollection().AddOneFlowClient().BuildServiceProvider();
        Assert.Equal(FlowErrorCodes.ClientCredentialsInvalid, Assert.Throws<FlowException>(() => nobody.GetRequiredService<IOneFlowClient>()).Code);
    }

    [Fact]
    public void Option_out_of_its_range_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            new OneFlowClient(OneFlowCredentials.ForUser("alice", "secret"), new OneFlowClientOptions { Timeout = TimeSpan.Zero }));
        Assert.Contains(nameof(OneFlowClientOptions.Timeout), error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();

    private static (string, string) Of(OneFlowCredentials credentials) => (credentials.UserName, credentials.Secret);

    private Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name => name == "HOME" ? _home.Path : variables.FirstOrDefault(v => v.Name == name).Value;

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(_home.Path, ".one"));
        File.WriteAllText(Path.Combine(_home.Path, ".one", name), text);
    }
}

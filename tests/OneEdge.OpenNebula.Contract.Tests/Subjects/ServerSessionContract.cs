using System.Security.Cryptography;
using System.Text;

namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class ServerSessionContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    private const string NotLetIn = "User couldn't be authenticated, aborting call.";

    private static DateTimeOffset InAnHour => TimeProvider.System.GetUtcNow().AddHours(1);

    [Fact]
    public async Task Server_acts_for_a_user()
    {
        OpenNebulaServerCredentials server = await NewServerAsync();
        (int id, string name, _) = await NewUserAsync();
        var one = new OpenNebulaClient(Cloud.Connect(server.As(name, InAnHour)));
        Assert.Equal(id, (await one.Users.GetSelfAsync(Token)).Id);
        int template = await NewTemplateAsync(owner: one);
        Assert.Equal(id, (await One.Templates.GetAsync(template, cancellationToken: Token)).OwnerId);
        await RefusedAsync(OpenNebulaErrorKind.Authorization, () => one.Hosts.CreateAsync(Names.New("host"), "dummy", "dummy", cancellationToken: Token));
    }

    [Fact]
    public async Task Session_that_ended_is_refused()
    {
        OpenNebulaServerCredentials server = await NewServerAsync();
        (_, string name, _) = await NewUserAsync();
        var one = new OpenNebulaClient(Cloud.Connect(server.As(name, TimeProvider.System.GetUtcNow().AddHours(-1))));
        await RefusedAsync(OpenNebulaErrorKind.Authentication, () => one.Users.GetSelfAsync(Token), NotLetIn);
    }

    [Fact]
    public async Task Session_of_another_secret_or_for_nobody_is_refused()
    {
        OpenNebulaServerCredentials server = await NewServerAsync();
        (_, string name, _) = await NewUserAsync();
        var stranger = new OpenNebulaServerCredentials(server.ServerName, Names.New("stranger"));
        foreach (OpenNebulaCredentials wrong in new[]
        {
            stranger.As(name, InAnHour),
            server.As(Names.New("nobody"), InAnHour),
            OpenNebulaCredentials.FromSession($"{server.ServerName}:{name}:AAAAAAAAAAAAAAAAAAAAAA=="),
        })
        {
            var one = new OpenNebulaClient(Cloud.Connect(wrong));
            await RefusedAsync(OpenNebulaErrorKind.Authentication, () => one.Users.GetSelfAsync(Token), NotLetIn);
        }
    }

    [Fact]
    public async Task Server_is_not_let_in_by_its_secret_alone()
    {
        string secret = Names.New("secret");
        OpenNebulaServerCredentials server = await NewServerAsync(secret);
        var one = new OpenNebulaClient(Cloud.Connect(server.ServerName, secret));
        await RefusedAsync(OpenNebulaErrorKind.Authentication, () => one.Users.GetSelfAsync(Token), NotLetIn);
    }

    // The server keeps the SHA-256 of the secret, as its own tools send it.
    private async Task<OpenNebulaServerCredentials> NewServerAsync(string? secret = null)
    {
        string name = Names.New("server");
        secret ??= Names.New("secret");
        string kept = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        Later("server", await One.Users.CreateAsync(name, kept, "server_cipher", cancellationToken: Token), (u, ct) => One.Users.DeleteAsync(u, ct));
        return new OpenNebulaServerCredentials(name, secret);
    }
}

using System.Security.Cryptography;
using System.Text;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore.Tests;

public sealed class AuthenticationTests
{
    [Fact]
    public async Task Login_token_is_as_good_as_a_password_until_it_ends()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        string token = await world.ClientOf(FlowServerWorld.Alice).Users.CreateTokenAsync("alice", validity: TimeSpan.FromMinutes(10),
            cancellationToken: FlowServerWorld.Ct);
        Assert.Equal(200, (await world.SendAsync("GET", "/service", $"alice:{token}")).Status);
        world.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(401, (await world.SendAsync("GET", "/service", $"alice:{token}")).Status);
    }

    [Fact]
    public async Task Token_that_ends_while_its_caller_is_remembered_is_refused_by_the_cloud()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync(o => o.CallerLifetime = TimeSpan.FromDays(1));
        string token = await world.ClientOf(FlowServerWorld.Alice).Users.CreateTokenAsync("alice", validity: TimeSpan.FromMinutes(10),
            cancellationToken: FlowServerWorld.Ct);
        Assert.Equal(200, (await world.SendAsync("GET", "/service", $"alice:{token}")).Status);
        world.Time.Advance(TimeSpan.FromMinutes(11));
        Reply refused = await world.SendAsync("GET", "/service", $"alice:{token}");
        Assert.Equal(401, refused.Status);
        Assert.Equal("Invalid credentials", refused.Text);
        Assert.Equal(0, world.Server.Callers.Count);
    }

    [Fact]
    public async Task Server_that_acts_for_a_user_is_that_user()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        const string secret = "of another server";
        string kept = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        await world.Client.Users.CreateAsync("gui", kept, "server_cipher", cancellationToken: FlowServerWorld.Ct);
        int template = await world.CreateTemplateAsync(session: Delegated(kept, "gui", "bob", world.Time.GetUtcNow().AddMinutes(5)));
        Assert.Equal("bob", (await world.Client.Documents.GetAsync(template, cancellationToken: FlowServerWorld.Ct)).OwnerName);
        Assert.Equal(401, (await world.SendAsync("GET", $"/service_template/{template}", FlowServerWorld.Mallory)).Status);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YWxpY2U=")]
    [InlineData("Basic OnNlY3JldA==")]
    [InlineData("Basic /////w==")]
    [InlineData("Bearer YWxpY2U6YWxpY2Vzc2VjcmV0")]
    [InlineData("Basic YWxpY2U6")]
    public async Task Header_that_names_nobody_is_refused(string header)
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        using HttpRequestMessage message = FlowServerWorld.Message("GET", "/service");
        Assert.True(message.Headers.TryAddWithoutValidation("Authorization", header));
        Reply reply = await world.SendAsync(message);
        Assert.Equal(401, reply.Status);
        Assert.Equal("Invalid credentials", reply.Text);
        Assert.Equal(FlowServerErrorCodes.NotAuthenticated, reply.ErrorCode);
        Assert.StartsWith("Basic ", reply.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rights_that_are_missing_do_not_ask_for_other_credentials()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int template = await world.CreateTemplateAsync();
        Reply reply = await world.SendAsync("GET", $"/service_template/{template}", FlowServerWorld.Mallory);
        Assert.Equal(401, reply.Status);
        Assert.Null(reply.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task Cloud_is_asked_once_who_somebody_is_and_again_after_a_while()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int asked = 0;
        using IDisposable counting = world.Cloud.Script.BreakCalls(call =>
        {
            if (call.Method == "one.user.info") Interlocked.Increment(ref asked);
            return EmbeddedCallFault.None;
        });
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => world.SendAsync("GET", "/service", FlowServerWorld.Bob))), r =>
            Assert.Equal(200, r.Status));
        Assert.Equal(1, asked);
        world.Time.Advance(TimeSpan.FromSeconds(59));
        await world.SendAsync("GET", "/service", FlowServerWorld.Bob);
        Assert.Equal(1, asked);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await world.SendAsync("GET", "/service", FlowServerWorld.Bob);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task As_many_callers_are_remembered_as_were_allowed()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync(o => o.MaxCallers = 2);
        foreach (string session in (string[])[FlowServerWorld.Alice, FlowServerWorld.Bob, FlowServerWorld.Mallory, FlowServerWorld.Oneadmin])
            Assert.Equal(200, (await world.SendAsync("GET", "/service", session)).Status);
        Assert.Equal(2, world.Server.Callers.Count);
        for (int i = 0; i < 5; i++) Assert.Equal(401, (await world.SendAsync("GET", "/service", $"alice:guess-{i}")).Status);
        Assert.InRange(world.Server.Callers.Count, 0, 2);
    }

    [Fact]
    public async Task Connection_of_a_caller_is_closed_when_nobody_uses_it_any_more()
    {
        int closed = 0;
        using var owned = new Closing(() => closed++);
        var entry = new CallerEntry("key", Task.FromResult<Caller>(null!), owned, 0);
        Assert.True(entry.TryUse());
        entry.Forget();
        entry.Forget();
        Assert.Equal(0, closed);
        using (new CallerLease(entry, null!)) await Task.Yield();
        Assert.Equal(1, closed);
        Assert.False(entry.TryUse());
    }

    [Fact]
    public async Task Credentials_stand_neither_in_the_log_nor_in_an_answer()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        const string secret = "Tr0ub4dor-and-3";
        using IDisposable broken = world.Cloud.Script.BreakCalls(call => call.Method == "one.documentpool.info" ? EmbeddedCallFault.AnswerLost
            : EmbeddedCallFault.None);
        Reply[] replies =
        [
            await world.SendAsync("GET", "/service", $"alice:{secret}"),
            await world.SendAsync("GET", "/service", $"alice:{secret}\uFFFE"),
            await world.SendAsync("GET", "/service", FlowServerWorld.Alice),
            await world.SendAsync("POST", "/service_template", FlowServerWorld.Alice, "{"),
        ];
        Assert.Equal([401, 401, 503, 400], replies.Select(r => r.Status));
        string alices = FlowServerWorld.Alice.Split(':')[1];
        string[] all = [.. world.Logged, .. replies.Select(r => r.Text + r.Response.Headers)];
        foreach (string text in (string[])[secret, alices, Convert.ToBase64String(Encoding.UTF8.GetBytes(FlowServerWorld.Alice))])
            Assert.DoesNotContain(all, line => line.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cloud_that_does_not_answer_is_no_reason_to_refuse_credentials()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        IDisposable broken = world.Cloud.Script.BreakCalls(_ => EmbeddedCallFault.AnswerLost);
        Reply reply = await world.SendAsync("GET", "/service", FlowServerWorld.Alice);
        Assert.Equal(503, reply.Status);
        Assert.Equal(FlowServerErrorCodes.CloudUnreachable, reply.ErrorCode);
        Assert.NotNull(reply.Header("Retry-After"));
        broken.Dispose();
        Assert.Equal(200, (await world.SendAsync("GET", "/service", FlowServerWorld.Alice)).Status);
    }

    [Fact]
    public async Task Clients_may_be_made_by_the_application()
    {
        List<string> made = [];
        FlowServerWorld? itself = null;
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync(o => o.Connect = credentials =>
        {
            made.Add(credentials.UserName);
            return new OpenNebulaClient(itself!.Cloud.Connect(credentials));
        });
        itself = world;
        Assert.Equal(200, (await world.SendAsync("GET", "/service", FlowServerWorld.Bob)).Status);
        Assert.Equal(["bob"], made);
    }

    [Fact]
    public async Task Unknown_path_asks_for_credentials_first()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        Assert.Equal(401, (await world.SendAsync("GET", "/nope")).Status);
        Assert.Equal(404, (await world.SendAsync("GET", "/nope", FlowServerWorld.Bob)).Status);
    }

    // As the driver server_cipher wants it: name, user and end, encrypted with what the cloud keeps of the secret.
    private static string Delegated(string kept, string server, string user, DateTimeOffset end)
    {
        byte[] key = Encoding.ASCII.GetBytes(kept[..32]);
        using var aes = Aes.Create();
        aes.Key = key;
        byte[] token = aes.EncryptCbc(Encoding.UTF8.GetBytes($"{server}:{user}:{end.ToUnixTimeSeconds()}"), key.AsSpan(0, 16));
        return $"{server}:{user}:{Convert.ToBase64String(token)}";
    }

    private sealed class Closing(Action close) : IDisposable
    {
        public void Dispose() => close();
    }
}

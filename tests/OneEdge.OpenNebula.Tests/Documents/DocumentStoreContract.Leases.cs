using System.Globalization;
using System.Text;

namespace OneEdge.OpenNebula.Tests.Documents;

public abstract partial class DocumentStoreContract
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Lease_is_refused_to_everybody_while_it_is_held()
    {
        DocumentRevision document = await Store.CreateAsync(Type, null, """{"n":1}""", Token);
        DateTimeOffset before = Time.GetUtcNow();
        DocumentLease lease = await Store.AcquireLeaseAsync(document.Id, "Ä's engine <1>", Minute, Token);
        Assert.Equal((document.Id, "Ä's engine <1>"), (lease.DocumentId, lease.Holder));
        Assert.InRange(lease.Expires, before + Minute, Time.GetUtcNow() + Minute);

        foreach (string holder in new[] { "other", lease.Holder })
        {
            var refused = await Assert.ThrowsAsync<DocumentLeaseException>(() => _stores[1].AcquireLeaseAsync(document.Id, holder, Minute, Token));
            Assert.Equal((OpenNebulaErrorCodes.DocumentLeaseHeld, lease), (refused.Code, refused.Current));
        }

        StoredDocument read = await _stores[1].ReadAsync(document.Id, Token);
        Assert.Equal((document, lease), (read.Revision, read.Lease));
        Assert.Equal("""{"n":1}""", read.BodyText);
    }

    [Fact]
    public async Task Lease_past_its_time_goes_to_the_next_one_with_a_greater_token()
    {
        int id = (await Store.CreateAsync(Type, null, "{}", Token)).Id;
        DocumentLease first = await Store.AcquireLeaseAsync(id, "first", Minute, Token);
        Time.Advance(Minute + TimeSpan.FromSeconds(1));
        DocumentLease second = await _stores[1].AcquireLeaseAsync(id, "second", Minute, Token);
        Assert.True(second.Token > first.Token);

        var lost = await Assert.ThrowsAsync<DocumentLeaseException>(() => Store.RenewLeaseAsync(first, Minute, Token));
        Assert.Equal((OpenNebulaErrorCodes.DocumentLeaseLost, second), (lost.Code, lost.Current));
        await Store.ReleaseLeaseAsync(first, Token);
        Assert.Equal(second, (await Store.ReadAsync(id, Token)).Lease);
    }

    [Fact]
    public async Task Renewed_lease_lasts_from_now_on()
    {
        int id = (await Store.CreateAsync(Type, null, "{}", Token)).Id;
        DocumentLease lease = await Store.AcquireLeaseAsync(id, "first", Minute, Token);
        Time.Advance(Minute / 2);
        DocumentLease renewed = await Store.RenewLeaseAsync(lease, Minute, Token);
        Assert.Equal((lease.Token, lease.Holder), (renewed.Token, renewed.Holder));
        Time.Advance(Minute * 0.75);
        await Assert.ThrowsAsync<DocumentLeaseException>(() => Store.AcquireLeaseAsync(id, "second", Minute, Token));
        Time.Advance(Minute / 2);
        Assert.Equal(lease.Token, (await Store.RenewLeaseAsync(lease, Minute, Token)).Token);
        await Assert.ThrowsAsync<DocumentLeaseException>(() => Store.AcquireLeaseAsync(id, "second", Minute, Token));
    }

    [Fact]
    public async Task Released_lease_is_free_and_its_token_is_not_given_again()
    {
        int id = (await Store.CreateAsync(Type, null, "{}", Token)).Id;
        DocumentLease first = await Store.AcquireLeaseAsync(id, "first", Minute, Token);
        await Store.ReleaseLeaseAsync(first, Token);
        await Store.ReleaseLeaseAsync(first, Token);
        Assert.Null((await Store.ReadAsync(id, Token)).Lease);
        var lost = await Assert.ThrowsAsync<DocumentLeaseException>(() => Store.RenewLeaseAsync(first, Minute, Token));
        Assert.Null(lost.Current);
        Assert.True((await Store.AcquireLeaseAsync(id, "first", Minute, Token)).Token > first.Token);
    }

    [Fact]
    public async Task Change_with_the_token_of_an_earlier_lease_is_refused()
    {
        DocumentRevision document = await Store.CreateAsync(Type, null, """{"n":1}""", Token);
        DocumentLease first = await Store.AcquireLeaseAsync(document.Id, "first", Minute, Token);
        document = await Store.UpdateAsync(document.Id, document.Version, """{"n":2}""", first.Token, Token);
        Time.Advance(Minute * 2);
        document = await Store.UpdateAsync(document.Id, document.Version, """{"n":3}""", first.Token, Token);
        DocumentLease second = await Store.AcquireLeaseAsync(document.Id, "second", Minute, Token);

        Func<Task>[] late =
        [
            () => Store.UpdateAsync(document.Id, document.Version, """{"n":4}""", first.Token, Token),
            () => Store.DeleteAsync(document.Id, document.Version, first.Token, Token),
            () => Store.DeleteAsync(document.Id, null, first.Token, Token),
        ];
        foreach (Func<Task> change in late)
            Assert.Equal(OpenNebulaErrorCodes.DocumentLeaseLost, (await Assert.ThrowsAsync<DocumentLeaseException>(change)).Code);
        Assert.Equal("""{"n":3}""", (await Store.ReadAsync(document.Id, Token)).BodyText);
        document = await Store.UpdateAsync(document.Id, document.Version, """{"n":5}""", second.Token, Token);
        Assert.Equal((document, second), ((await Store.ReadAsync(document.Id, Token)).Revision, (await Store.ReadAsync(document.Id, Token)).Lease));
    }

    [Fact]
    public async Task Change_without_a_token_is_none_of_the_leases_business()
    {
        DocumentRevision document = await Store.CreateAsync(Type, null, "{}", Token);
        DocumentLease lease = await Store.AcquireLeaseAsync(document.Id, "first", Minute, Token);
        await Store.UpdateAsync(document.Id, document.Version, """{"n":2}""", cancellationToken: Token);
        Assert.Equal(lease, (await Store.ReadAsync(document.Id, Token)).Lease);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task Holder_without_a_proper_name_is_refused(string holder)
    {
        int id = (await Store.CreateAsync(Type, null, "{}", Token)).Id;
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AcquireLeaseAsync(id, holder, Minute, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AcquireLeaseAsync(id, new string('x', 257), Minute, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AcquireLeaseAsync(id, "a" + (char)0xD800, Minute, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AcquireLeaseAsync(id, "x", TimeSpan.Zero, Token));
        Assert.Null((await Store.ReadAsync(id, Token)).Lease);
    }

    [Fact]
    public async Task Writers_at_once_lose_no_update()
    {
        int id = (await Store.CreateAsync(Type, null, """{"n":0}""", Token)).Id;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
            async () =>
            {
                for (int n = 0; n < 5; n++) await _stores[i % 2].ModifyAsync(id, Increment, attempts: 1_000, cancellationToken: Token);
            },
            Token)));
        Assert.Equal("""{"n":30}""", (await Store.ReadAsync(id, Token)).BodyText);
    }

    [Fact]
    public async Task Of_many_that_want_a_lease_at_once_one_gets_it()
    {
        int id = (await Store.CreateAsync(Type, null, "{}", Token)).Id;
        bool[] got = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
            async () =>
            {
                try
                {
                    await _stores[i % 2].AcquireLeaseAsync(id, $"holder {i}", Minute, Token);
                    return true;
                }
                catch (DocumentLeaseException e) when (e.Code == OpenNebulaErrorCodes.DocumentLeaseHeld)
                {
                    return false;
                }
            },
            Token)));
        Assert.Single(got, g => g);
    }

    private static ReadOnlyMemory<byte>? Increment(StoredDocument document)
    {
        int n = int.Parse(document.BodyText[5..^1], CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes($$"""{"n":{{n + 1}}}""");
    }
}

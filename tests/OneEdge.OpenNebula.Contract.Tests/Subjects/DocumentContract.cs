using System.Globalization;

namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class DocumentContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    // Types that nobody else has.
    private readonly DocumentType _type = (DocumentType)Random.Shared.Next(100_000, int.MaxValue);

    [Fact]
    public async Task Document_is_read_as_it_was_given()
    {
        int id = await NewDocumentAsync(_type, "BODY = \"{\\\"a\\\": [1, 2]}\"\nV = [ X = 1 ]");
        Document document = await One.Documents.GetAsync(id, cancellationToken: Token);
        Assert.Equal((_type, "{\"a\": [1, 2]}", "1"), (document.Type, document.Template.Get("BODY"), document.Template.Vector("V")!.Get("X")));
        Assert.Equal(Permissions.FromOctal("600"), document.Permissions);
        Assert.Null(document.Lock);
    }

    [Fact]
    public async Task Names_of_documents_may_be_the_same_or_missing()
    {
        string name = Names.New("document");
        int first = LaterDocument(await One.Documents.CreateAsync($"NAME = {name}", _type, Token));
        int second = LaterDocument(await One.Documents.CreateAsync($"NAME = {name}", _type, Token));
        Assert.NotEqual(first, second);
        int third = LaterDocument(await One.Documents.CreateAsync("A = 1", _type, Token));
        Assert.Equal(Text($"document-{third}"), (await One.Documents.GetAsync(third, cancellationToken: Token)).Name);
    }

    [Fact]
    public async Task Document_is_replaced_added_to_renamed_and_deleted()
    {
        int id = await NewDocumentAsync(_type, "A = 1\nB = 2");
        string name = (await One.Documents.GetAsync(id, cancellationToken: Token)).Name;
        await One.Documents.UpdateAsync(id, "A = 3\nNAME = other", UpdateMode.Append, Token);
        Document added = await One.Documents.GetAsync(id, cancellationToken: Token);
        Assert.Equal((name, "3", "2"), (added.Name, added.Template.Get("A"), added.Template.Get("B")));
        await One.Documents.UpdateAsync(id, "<X><C><![CDATA[{\"d\":1}]]></C></X>", UpdateMode.Replace, Token);
        Document replaced = await One.Documents.GetAsync(id, cancellationToken: Token);
        Assert.Equal((name, "{\"d\":1}", null), (replaced.Name, replaced.Template.Get("C"), replaced.Template.Get("A")));
        await One.Documents.RenameAsync(id, "renamed", Token);
        Assert.Equal("renamed", (await One.Documents.GetAsync(id, cancellationToken: Token)).Name);
        await One.Documents.DeleteAsync(id, Token);
        await RefusedAsync(OpenNebulaErrorKind.NoExists, () => One.Documents.GetAsync(id, cancellationToken: Token), Text($"Error getting document [{id}]."));
    }

    [Fact]
    public async Task Clone_is_a_document_of_its_own()
    {
        int id = await NewDocumentAsync(_type, "A = 1");
        int clone = LaterDocument(await One.Documents.CloneAsync(id, "clone", Token));
        await One.Documents.UpdateAsync(id, "A = 2", cancellationToken: Token);
        Document copy = await One.Documents.GetAsync(clone, cancellationToken: Token);
        Assert.Equal(("clone", _type, "1"), (copy.Name, copy.Type, copy.Template.Get("A")));
    }

    [Fact]
    public async Task Owner_and_rights_decide_who_sees_a_document()
    {
        (int user, _, OpenNebulaClient own) = await NewUserAsync();
        int id = await NewDocumentAsync(_type);
        Assert.Empty(await AllAsync(own.Documents.ListAsync(_type, cancellationToken: Token)));
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => own.Documents.GetAsync(id, cancellationToken: Token),
            Text($"User [{user}] : Not authorized to perform USE DOCUMENT [{id}]."));
        await One.Documents.ChangePermissionsAsync(id, new PermissionChange { OtherUse = true }, Token);
        Assert.Equal([id], (await AllAsync(own.Documents.ListAsync(_type, cancellationToken: Token))).Select(d => d.Id));
        await RefusedAsync(OpenNebulaErrorKind.Authorization, () => own.Documents.UpdateAsync(id, "A = 1", cancellationToken: Token));
        await One.Documents.ChangeOwnerAsync(id, user, 1, Token);
        await own.Documents.UpdateAsync(id, "A = 1", cancellationToken: Token);
        Assert.Equal(user, (await own.Documents.GetAsync(id, cancellationToken: Token)).OwnerId);
    }

    [Fact]
    public async Task Filters_give_the_documents_of_one_owner()
    {
        (int user, _, OpenNebulaClient own) = await NewUserAsync();
        int mine = await NewDocumentAsync(_type, owner: own);
        int others = await NewDocumentAsync(_type);
        Assert.Equal([others, mine], await IdsAsync(One, PoolFilter.All));
        Assert.Equal([others], await IdsAsync(One, PoolFilter.Mine));
        Assert.Equal([mine], await IdsAsync(One, PoolFilter.User(user)));
        Assert.Equal([mine], await IdsAsync(own, PoolFilter.Mine));
        Assert.Equal([mine], await IdsAsync(own, PoolFilter.MineAndGroups));
        Assert.Equal([mine], await IdsAsync(own, PoolFilter.PrimaryGroup));
        await RefusedAsync(
            OpenNebulaErrorKind.XmlRpcApi, () => One.Documents.ReadPageAsync(_type, PoolRange.All, new PoolFilter(-9), Token), "Incorrect filter_flag");
    }

    [Fact]
    public async Task Pages_and_ranges_give_the_documents_of_a_type_newest_first()
    {
        List<int> ids = [];
        for (int i = 0; i < 5; i++)
        {
            ids.Insert(0, await NewDocumentAsync(_type));
            await NewDocumentAsync(_type + 1);
        }

        Assert.Equal(ids, await PageAsync(PoolRange.All));
        Assert.Equal(ids[..2], await PageAsync(PoolRange.Page(0, 2)));
        Assert.Equal(ids[2..4], await PageAsync(PoolRange.Page(2, 2)));
        Assert.Equal(ids[4..], await PageAsync(PoolRange.Page(4, 2)));
        Assert.Empty(await PageAsync(PoolRange.Page(6, 2)));
        Assert.Equal(ids[1..4], await PageAsync(PoolRange.Ids(ids[3], ids[1])));
        Assert.Empty(await PageAsync(PoolRange.All, (DocumentType)((int)_type + 2)));
    }

    [Theory]
    [InlineData(LockLevel.Use, LockLevel.Use, "info")]
    [InlineData(LockLevel.Manage, LockLevel.Manage, "info clone")]
    [InlineData(LockLevel.Admin, LockLevel.Admin, "info clone update rename chmod chown delete")]
    [InlineData(LockLevel.All, LockLevel.Use, "info")]
    public async Task Lock_binds_the_owner_and_the_administrator(LockLevel level, LockLevel stored, string allowed)
    {
        (int user, _, OpenNebulaClient own) = await NewUserAsync();
        int id = await NewDocumentAsync(_type, "A = 1", own);
        await own.Documents.LockAsync(id, level, cancellationToken: Token);
        Document locked = await own.Documents.GetAsync(id, cancellationToken: Token);
        Assert.Equal((stored, user), (locked.Lock!.Level, locked.Lock.OwnerId));
        Assert.NotNull(locked.Lock.Time);
        await AssertLockAsync(One, id, allowed, _ => Text($"User [0] : DOCUMENT is locked. [{id}]."), except: "delete");
        await AssertLockAsync(
            own, id, allowed, right => Text($"User [{user}] : Not authorized to perform {right} DOCUMENT [{id}]."), except: "chown");
        if (allowed.Contains("delete", StringComparison.Ordinal)) return;
        Assert.Equal(locked, await own.Documents.GetAsync(id, cancellationToken: Token));
        await own.Documents.UnlockAsync(id, Token);
        Assert.Null((await own.Documents.GetAsync(id, cancellationToken: Token)).Lock);
        await own.Documents.UpdateAsync(id, "A = 2", cancellationToken: Token);
    }

    [Fact]
    public async Task Lock_is_tested_renewed_and_taken_off_by_its_owner()
    {
        (_, _, OpenNebulaClient own) = await NewUserAsync();
        (_, _, OpenNebulaClient other) = await NewUserAsync();
        int id = await NewDocumentAsync(_type, owner: own);
        await own.Documents.ChangePermissionsAsync(id, PermissionChange.ToOctal("666"), Token);
        await One.Documents.UnlockAsync(id, Token);
        const string notMine = "Cannot unlock: Lock is owned by another user";
        await RefusedAsync(OpenNebulaErrorKind.Action, () => own.Documents.UnlockAsync(id, Token), notMine);
        await own.Documents.LockAsync(id, LockLevel.Manage, test: true, Token);
        long time = (await own.Documents.GetAsync(id, cancellationToken: Token)).Lock!.Time!.Value.ToUnixTimeSeconds();
        await RefusedAsync(
            OpenNebulaErrorKind.Action, () => own.Documents.LockAsync(id, LockLevel.Manage, test: true, Token), time.ToString(CultureInfo.InvariantCulture));
        await own.Documents.LockAsync(id, LockLevel.Use, cancellationToken: Token);
        Assert.Equal(LockLevel.Use, (await own.Documents.GetAsync(id, cancellationToken: Token)).Lock!.Level);
        await RefusedAsync(OpenNebulaErrorKind.Action, () => other.Documents.UnlockAsync(id, Token), notMine);
        foreach (int wrong in new[] { 0, 5 })
            await RefusedAsync(OpenNebulaErrorKind.Action, () => own.CallAsync("one.document.lock", [id, wrong, false], Token), "Wrong lock level specified");
        Assert.Equal(LockLevel.Use, (await own.Documents.GetAsync(id, cancellationToken: Token)).Lock!.Level);
        await own.Documents.UnlockAsync(id, Token);
        await own.Documents.LockAsync(id, LockLevel.Use, cancellationToken: Token);
        await One.Documents.UnlockAsync(id, Token);
        Assert.Null((await own.Documents.GetAsync(id, cancellationToken: Token)).Lock);
    }

    [Fact]
    public async Task Encrypted_body_is_read_by_the_administrator_who_asks_for_it()
    {
        int id = await NewDocumentAsync(DocumentType.Provision, "PROVISION_BODY = \"secret text\"\nPLAIN = \"plain text\"");
        Document sealed_ = await One.Documents.GetAsync(id, cancellationToken: Token);
        Assert.Equal("plain text", sealed_.Template.Get("PLAIN"));
        Assert.NotEqual("secret text", sealed_.Template.Get("PROVISION_BODY"));
        Assert.Equal("secret text", (await One.Documents.GetAsync(id, decrypt: true, Token)).Template.Get("PROVISION_BODY"));
    }

    private async Task<List<int>> IdsAsync(OpenNebulaClient one, PoolFilter filter) =>
        [.. (await AllAsync(one.Documents.ListAsync(_type, filter, Token))).Select(d => d.Id)];

    private async Task<List<int>> PageAsync(PoolRange range, DocumentType? type = null) =>
        [.. (await One.Documents.ReadPageAsync(type ?? _type, range, cancellationToken: Token)).Select(d => d.Id)];

    private async Task AssertLockAsync(OpenNebulaClient one, int id, string allowed, Func<string, string> refusal, string except)
    {
        (string Word, string Right, Func<Task> Call)[] operations =
        [
            ("info", "USE", () => one.Documents.GetAsync(id, cancellationToken: Token)),
            ("clone", "USE", async () => LaterDocument(await one.Documents.CloneAsync(id, Names.New("clone"), Token))),
            ("update", "MANAGE", () => one.Documents.UpdateAsync(id, "A = 1", cancellationToken: Token)),
            ("rename", "MANAGE", () => one.Documents.RenameAsync(id, Names.New("renamed"), Token)),
            ("chmod", "MANAGE", () => one.Documents.ChangePermissionsAsync(id, PermissionChange.ToOctal("600"), Token)),
            ("chown", "MANAGE", () => one.Documents.ChangeOwnerAsync(id, cancellationToken: Token)),
            ("delete", "MANAGE", () => one.Documents.DeleteAsync(id, Token)),
        ];
        foreach ((string word, string right, Func<Task> call) in operations)
        {
            if (word == except) continue;
            if (allowed.Split(' ').Contains(word)) await call();
            else await RefusedAsync(OpenNebulaErrorKind.Authorization, call, refusal(right));
        }
    }
}

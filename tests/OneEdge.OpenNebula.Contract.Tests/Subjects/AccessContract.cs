namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class AccessContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    [Fact]
    public async Task New_object_is_its_owners_alone()
    {
        (int id, string name, OpenNebulaClient own) = await NewUserAsync();
        (int other, _, OpenNebulaClient stranger) = await NewUserAsync();
        int template = await NewTemplateAsync(owner: own);
        VmTemplate made = await own.Templates.GetAsync(template, cancellationToken: Token);
        Assert.Equal((id, name, 1, "users"), (made.OwnerId, made.OwnerName, made.GroupId, made.GroupName));
        Assert.Equal(Permissions.FromOctal("600"), made.Permissions);
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => stranger.Templates.GetAsync(template, cancellationToken: Token),
            Text($"User [{other}] : Not authorized to perform USE TEMPLATE [{template}]."));
        Assert.DoesNotContain(template, (await AllAsync(stranger.Templates.ListAsync(cancellationToken: Token))).Select(t => t.Id));
        Assert.Contains(template, (await AllAsync(One.Templates.ListAsync(cancellationToken: Token))).Select(t => t.Id));
        Assert.DoesNotContain(template, (await AllAsync(One.Templates.ListAsync(PoolFilter.Mine, Token))).Select(t => t.Id));
        Assert.Contains(template, (await AllAsync(One.Templates.ListAsync(PoolFilter.User(id), Token))).Select(t => t.Id));
    }

    [Fact]
    public async Task Rights_are_given_and_taken_one_by_one()
    {
        (_, _, OpenNebulaClient own) = await NewUserAsync();
        (int other, _, OpenNebulaClient stranger) = await NewUserAsync(await NewGroupAsync());
        int template = await NewTemplateAsync(owner: own);
        await own.Templates.ChangePermissionsAsync(template, new PermissionChange { OtherUse = true }, cancellationToken: Token);
        Assert.Equal(Permissions.FromOctal("604"), (await stranger.Templates.GetAsync(template, cancellationToken: Token)).Permissions);
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => stranger.Templates.UpdateAsync(template, "A = 1", cancellationToken: Token),
            Text($"User [{other}] : Not authorized to perform MANAGE TEMPLATE [{template}]."));
        await own.Templates.ChangePermissionsAsync(template, PermissionChange.ToOctal("606"), cancellationToken: Token);
        await stranger.Templates.UpdateAsync(template, "A = 1", cancellationToken: Token);
        await own.Templates.ChangePermissionsAsync(template, new PermissionChange { OtherUse = false }, cancellationToken: Token);
        VmTemplate seen = await own.Templates.GetAsync(template, cancellationToken: Token);
        Assert.Equal((Permissions.FromOctal("602"), "1"), (seen.Permissions, seen.Template.Get("A")));
    }

    [Fact]
    public async Task Rights_of_a_group_are_those_of_its_users()
    {
        int group = await NewGroupAsync();
        (_, _, OpenNebulaClient member) = await NewUserAsync(group);
        (_, _, OpenNebulaClient stranger) = await NewUserAsync();
        int template = await NewTemplateAsync();
        await One.Templates.ChangeOwnerAsync(template, groupId: group, cancellationToken: Token);
        await One.Templates.ChangePermissionsAsync(template, PermissionChange.ToOctal("640"), cancellationToken: Token);
        Assert.Equal(group, (await member.Templates.GetAsync(template, cancellationToken: Token)).GroupId);
        await RefusedAsync(OpenNebulaErrorKind.Authorization, () => stranger.Templates.GetAsync(template, cancellationToken: Token));
    }

    [Fact]
    public async Task Owner_is_changed_by_the_administrator_alone()
    {
        (int first, _, OpenNebulaClient own) = await NewUserAsync();
        (int second, string name, OpenNebulaClient next) = await NewUserAsync();
        int template = await NewTemplateAsync(owner: own);
        await RefusedAsync(OpenNebulaErrorKind.Authorization, () => own.Templates.ChangeOwnerAsync(template, second, cancellationToken: Token));
        Assert.Equal(first, (await own.Templates.GetAsync(template, cancellationToken: Token)).OwnerId);
        await One.Templates.ChangeOwnerAsync(template, second, cancellationToken: Token);
        VmTemplate changed = await next.Templates.GetAsync(template, cancellationToken: Token);
        Assert.Equal((second, name, 1), (changed.OwnerId, changed.OwnerName, changed.GroupId));
        await RefusedAsync(OpenNebulaErrorKind.Authorization, () => own.Templates.GetAsync(template, cancellationToken: Token));
    }

    [Fact]
    public async Task Existence_is_looked_at_before_rights_and_the_password_before_all()
    {
        (_, string name, OpenNebulaClient own) = await NewUserAsync();
        await RefusedAsync(OpenNebulaErrorKind.NoExists, () => own.Templates.GetAsync(int.MaxValue, cancellationToken: Token));
        var wrong = new OpenNebulaClient(Cloud.Connect(name, "not the secret"));
        await RefusedAsync(
            OpenNebulaErrorKind.Authentication,
            () => wrong.Templates.GetAsync(int.MaxValue, cancellationToken: Token),
            "User couldn't be authenticated, aborting call.");
    }

    [Fact]
    public async Task Rule_gives_a_user_a_right_on_an_object()
    {
        (int id, _, OpenNebulaClient own) = await NewUserAsync();
        int template = await NewTemplateAsync();
        await RefusedAsync(OpenNebulaErrorKind.Authorization, () => own.Templates.GetAsync(template, cancellationToken: Token));
        int rule = Later(
            "rule",
            await One.AccessRules.CreateAsync(OneOf | (uint)id, TemplateKind | OneOf | (uint)template, AccessRights.Use, OneOf, Token),
            (r, ct) => One.AccessRules.DeleteAsync(r, ct));
        AccessRule kept = Assert.Single(await AllAsync(One.AccessRules.ListAsync(Token)), r => r.Id == rule);
        Assert.Equal((OneOf | (uint)id, TemplateKind | OneOf | (uint)template, AccessRights.Use), (kept.User, kept.Resource, kept.Rights));
        Assert.Equal(Text($"#{id} TEMPLATE/#{template} USE #0"), kept.Text);
        Assert.Equal(template, (await own.Templates.GetAsync(template, cancellationToken: Token)).Id);
        await RefusedAsync(OpenNebulaErrorKind.Authorization, () => own.Templates.UpdateAsync(template, "A = 1", cancellationToken: Token));
        await One.AccessRules.DeleteAsync(rule, Token);
        await RefusedAsync(OpenNebulaErrorKind.Authorization, () => own.Templates.GetAsync(template, cancellationToken: Token));
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => One.AccessRules.DeleteAsync(rule, Token), Text($"Rule {rule} does not exist"));
    }

    [Fact]
    public async Task Rule_gives_all_of_a_group_a_right_to_create()
    {
        int group = await NewGroupAsync();
        (_, _, OpenNebulaClient own) = await NewUserAsync(group);
        string text = $"NAME = {Names.New("document")}";
        await RefusedAsync(OpenNebulaErrorKind.Authorization, () => own.Documents.CreateAsync(text, DocumentType.Service, Token));
        Later(
            "rule",
            await One.AccessRules.CreateAsync(0x2_0000_0000 | (uint)group, DocumentKind | 0x4_0000_0000, AccessRights.Create, OneOf, Token),
            (r, ct) => One.AccessRules.DeleteAsync(r, ct));
        LaterDocument(await own.Documents.CreateAsync(text, DocumentType.Service, Token));
    }

    [Fact]
    public async Task Rule_that_exists_is_refused()
    {
        (int id, _, _) = await NewUserAsync();
        long user = OneOf | (uint)id, resource = TemplateKind | 0x4_0000_0000;
        Later(
            "rule", await One.AccessRules.CreateAsync(user, resource, AccessRights.Use, OneOf, Token), (r, ct) => One.AccessRules.DeleteAsync(r, ct));
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => One.AccessRules.CreateAsync(user, resource, AccessRights.Use, OneOf, Token));
    }

    private const long OneOf = 0x1_0000_0000L;
    private const long TemplateKind = 0x200_0000_0000L;
    private const long DocumentKind = 0x4000_0000_0000L;
}

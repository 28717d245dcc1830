namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class UserContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    private const int UsersGroup = 1;

    [Fact]
    public async Task User_is_in_the_group_of_users_unless_told_otherwise()
    {
        (int id, string name, OpenNebulaClient own) = await NewUserAsync();
        User user = await One.Users.GetAsync(id, cancellationToken: Token);
        Assert.Equal(
            (name, UsersGroup, "users", "core", true), (user.Name, user.PrimaryGroupId, user.PrimaryGroupName, user.AuthenticationDriver, user.IsEnabled));
        Assert.Equal([UsersGroup], user.GroupIds);
        Assert.Equal(id, (await own.Users.GetSelfAsync(Token)).Id);
        Assert.Contains(id, (await AllAsync(One.Users.ListAsync(Token))).Select(u => u.Id));
        Assert.Contains(id, (await One.Groups.GetAsync(UsersGroup, cancellationToken: Token)).UserIds);
    }

    [Fact]
    public async Task First_of_the_groups_of_a_user_is_his_primary_one()
    {
        int first = await NewGroupAsync(), second = await NewGroupAsync();
        (int id, _, _) = await NewUserAsync(second, first);
        User user = await One.Users.GetAsync(id, cancellationToken: Token);
        Assert.Equal(second, user.PrimaryGroupId);
        Assert.Equal([first, second], user.GroupIds);
    }

    [Fact]
    public async Task User_moves_between_groups()
    {
        int first = await NewGroupAsync(), second = await NewGroupAsync();
        (int id, _, _) = await NewUserAsync(first);
        await One.Users.AddToGroupAsync(id, second, Token);
        Assert.Equal([first, second], (await One.Users.GetAsync(id, cancellationToken: Token)).GroupIds);
        await One.Users.RemoveFromGroupAsync(id, second, Token);
        await One.Users.ChangeGroupAsync(id, second, Token);
        User user = await One.Users.GetAsync(id, cancellationToken: Token);
        Assert.Equal(second, user.PrimaryGroupId);
        Assert.Contains(second, user.GroupIds);
        await RefusedAsync(
            OpenNebulaErrorKind.Action, () => One.Users.RemoveFromGroupAsync(id, second, Token), "Cannot remove user from the primary group");
        Assert.Equal(second, (await One.Users.GetAsync(id, cancellationToken: Token)).PrimaryGroupId);
    }

    [Fact]
    public async Task Group_has_administrators()
    {
        int group = await NewGroupAsync();
        (int id, _, _) = await NewUserAsync(group);
        await One.Groups.AddAdministratorAsync(group, id, Token);
        Assert.Equal([id], (await One.Groups.GetAsync(group, cancellationToken: Token)).AdministratorIds);
        await One.Groups.RemoveAdministratorAsync(group, id, Token);
        Assert.Empty((await One.Groups.GetAsync(group, cancellationToken: Token)).AdministratorIds);
    }

    [Fact]
    public async Task Group_with_users_is_not_deleted()
    {
        int group = await NewGroupAsync();
        (int id, _, _) = await NewUserAsync(group);
        await RefusedAsync(OpenNebulaErrorKind.Action, () => One.Groups.DeleteAsync(group, Token));
        Assert.Equal([id], (await One.Groups.GetAsync(group, cancellationToken: Token)).UserIds);
    }

    [Fact]
    public async Task Attributes_of_users_and_groups_are_replaced_and_added()
    {
        (int id, _, _) = await NewUserAsync();
        await One.Users.UpdateAsync(id, "A = 1\nB = [ X = 2 ]", UpdateMode.Replace, Token);
        await One.Users.UpdateAsync(id, "A = 3\nC = 4", UpdateMode.Append, Token);
        StoredTemplate template = (await One.Users.GetAsync(id, cancellationToken: Token)).Template;
        Assert.Equal(("3", "2", "4"), (template.Get("A"), template.Vector("B")!.Get("X"), template.Get("C")));

        int group = await NewGroupAsync();
        await One.Groups.UpdateAsync(group, "A = 1", UpdateMode.Append, Token);
        Assert.Equal("1", (await One.Groups.GetAsync(group, cancellationToken: Token)).Template.Get("A"));
    }

    [Fact]
    public async Task User_sees_nobody_but_himself()
    {
        (int id, _, OpenNebulaClient own) = await NewUserAsync();
        Assert.Equal([id], (await AllAsync(own.Users.ListAsync(Token))).Select(u => u.Id));
    }

    [Fact]
    public async Task Password_is_changed()
    {
        (int id, string name, OpenNebulaClient own) = await NewUserAsync();
        await own.Users.ChangePasswordAsync(id, "another:secret", Token);
        await RefusedAsync(OpenNebulaErrorKind.Authentication, () => own.Users.GetSelfAsync(Token));
        own = new OpenNebulaClient(Cloud.Connect(name, "another:secret"));
        Assert.Equal(id, (await own.Users.GetSelfAsync(Token)).Id);
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => own.Users.ChangePasswordAsync(id, "with a blank", Token));
        Assert.Equal(id, (await own.Users.GetSelfAsync(Token)).Id);
    }

    [Fact]
    public async Task Disabled_user_is_not_let_in_until_he_is_enabled()
    {
        (int id, _, OpenNebulaClient own) = await NewUserAsync();
        await One.Users.EnableAsync(id, isEnabled: false, Token);
        Assert.False((await One.Users.GetAsync(id, cancellationToken: Token)).IsEnabled);
        await RefusedAsync(OpenNebulaErrorKind.Authentication, () => own.Users.GetSelfAsync(Token), "User couldn't be authenticated, aborting call.");
        await One.Users.EnableAsync(id, cancellationToken: Token);
        Assert.Equal(id, (await own.Users.GetSelfAsync(Token)).Id);
    }

    [Fact]
    public async Task Token_stands_for_the_password_until_it_is_deleted()
    {
        (int id, string name, OpenNebulaClient own) = await NewUserAsync();
        string token = await own.Users.CreateTokenAsync(name, TimeSpan.FromHours(1), cancellationToken: Token);
        Assert.Matches("^[0-9a-f]{64}$", token);
        var withToken = new OpenNebulaClient(Cloud.Connect(name, token));
        Assert.Equal(id, (await withToken.Users.GetSelfAsync(Token)).Id);
        LoginToken kept = Assert.Single((await One.Users.GetAsync(id, cancellationToken: Token)).LoginTokens);
        Assert.Equal(token, kept.Token);
        Assert.NotNull(kept.ExpirationTime);

        await own.Users.DeleteTokenAsync(name, token, Token);
        await RefusedAsync(OpenNebulaErrorKind.Authentication, () => withToken.Users.GetSelfAsync(Token));
        await RefusedAsync(OpenNebulaErrorKind.XmlRpcApi, () => own.Users.DeleteTokenAsync(name, token, Token));
    }

    [Fact]
    public async Task Token_without_an_end_is_the_one_given()
    {
        (int id, string name, OpenNebulaClient own) = await NewUserAsync();
        string given = Names.New("token");
        Assert.Equal(given, await own.Users.CreateTokenAsync(name, token: given, cancellationToken: Token));
        Assert.Equal(id, (await new OpenNebulaClient(Cloud.Connect(name, given)).Users.GetSelfAsync(Token)).Id);
        Assert.Null(Assert.Single((await One.Users.GetAsync(id, cancellationToken: Token)).LoginTokens).ExpirationTime);
    }

    [Fact]
    public async Task Names_of_users_and_groups_are_taken_once()
    {
        (int id, string name, _) = await NewUserAsync();
        await RefusedAsync(
            OpenNebulaErrorKind.Internal, () => One.Users.CreateAsync(name, "secret", cancellationToken: Token), Text($"NAME is already taken by USER {id}."));
        int group = await NewGroupAsync();
        string groupName = (await One.Groups.GetAsync(group, cancellationToken: Token)).Name;
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => One.Groups.CreateAsync(groupName, Token), Text($"NAME is already taken by GROUP {group}."));
    }

    [Fact]
    public async Task Deleted_user_is_gone()
    {
        (int id, _, OpenNebulaClient own) = await NewUserAsync();
        await One.Users.DeleteAsync(id, Token);
        OpenNebulaCallException error = await RefusedAsync(
            OpenNebulaErrorKind.NoExists, () => One.Users.GetAsync(id, cancellationToken: Token), Text($"Error getting user [{id}]."));
        Assert.Equal((OpenNebulaObjectKind.User, id), (error.ObjectKind, error.ObjectId));
        await RefusedAsync(OpenNebulaErrorKind.Authentication, () => own.Users.GetSelfAsync(Token));
    }
}

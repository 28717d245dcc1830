namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class HookContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    [Fact]
    public async Task Hook_of_a_call_is_made_changed_and_deleted()
    {
        int id = await NewHookAsync("TYPE = api\nCALL = one.vmgroup.rename\nCOMMAND = \"/bin/true\"\nARGUMENTS = \"$API\"");
        Hook hook = await One.Hooks.GetAsync(id, cancellationToken: Token);
        Assert.Equal(("api", "one.vmgroup.rename", "/bin/true"), (hook.Type, hook.Template.Get("CALL"), hook.Template.Get("COMMAND")));
        string name = Names.New("renamed");
        await One.Hooks.RenameAsync(id, name, Token);
        await One.Hooks.UpdateAsync(id, "ARGUMENTS = other", cancellationToken: Token);
        hook = await One.Hooks.GetAsync(id, cancellationToken: Token);
        Assert.Equal((name, "other"), (hook.Name, hook.Template.Get("ARGUMENTS")));
        Assert.Contains(id, (await AllAsync(One.Hooks.ListAsync(cancellationToken: Token))).Select(h => h.Id));
        await RefusedAsync(
            OpenNebulaErrorKind.Internal,
            () => One.Hooks.CreateAsync($"NAME = {name}\nTYPE = api\nCALL = one.vmgroup.rename\nCOMMAND = x", Token),
            Text($"NAME is already taken by Hook {id}."));
        await One.Hooks.DeleteAsync(id, Token);
        await RefusedAsync(OpenNebulaErrorKind.NoExists, () => One.Hooks.GetAsync(id, cancellationToken: Token), Text($"Error getting hook [{id}]."));
    }

    [Fact]
    public async Task Hook_of_a_state_is_kept_with_the_state_it_stands_for()
    {
        int id = await NewHookAsync("TYPE = state\nRESOURCE = VM\nON = RUNNING\nCOMMAND = \"/bin/true\"\nREMOTE = YES");
        StoredTemplate template = (await One.Hooks.GetAsync(id, cancellationToken: Token)).Template;
        Assert.Equal(
            ("VM", "ACTIVE", "RUNNING", "YES", null),
            (template.Get("RESOURCE"), template.Get("STATE"), template.Get("LCM_STATE"), template.Get("REMOTE"), template.Get("ON")));
        int host = await NewHookAsync("TYPE = state\nRESOURCE = HOST\nSTATE = DISABLED\nCOMMAND = \"/bin/true\"");
        Assert.Equal("NO", (await One.Hooks.GetAsync(host, cancellationToken: Token)).Template.Get("REMOTE"));
    }

    [Theory]
    [InlineData("TYPE = api\nCALL = one.vm.info\nCOMMAND = x")]
    [InlineData("TYPE = api\nCALL = one.no.such\nCOMMAND = x")]
    [InlineData("TYPE = api\nCOMMAND = x")]
    [InlineData("TYPE = api\nCALL = one.vmgroup.rename")]
    [InlineData("TYPE = state\nRESOURCE = DOCUMENT\nSTATE = READY\nCOMMAND = x")]
    [InlineData("TYPE = state\nRESOURCE = VM\nCOMMAND = x")]
    [InlineData("TYPE = nonsense\nCOMMAND = x")]
    [InlineData("COMMAND = x")]
    public async Task Hook_that_never_fires_is_refused(string text)
    {
        string name = Names.New("hook");
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => One.Hooks.CreateAsync($"NAME = {name}\n{text}", Token));
        Assert.DoesNotContain(name, (await AllAsync(One.Hooks.ListAsync(cancellationToken: Token))).Select(h => h.Name));
    }

    [Fact]
    public async Task Hooks_are_none_of_a_users_business()
    {
        int id = await NewHookAsync("TYPE = api\nCALL = one.vmgroup.rename\nCOMMAND = \"/bin/true\"");
        (_, _, OpenNebulaClient own) = await NewUserAsync();
        await RefusedAsync(OpenNebulaErrorKind.Authorization, () => own.Hooks.GetAsync(id, cancellationToken: Token));
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => own.Hooks.CreateAsync($"NAME = {Names.New("hook")}\nTYPE = api\nCALL = one.vmgroup.rename\nCOMMAND = x", Token));
    }

    [Fact]
    public async Task Log_of_a_new_hook_is_empty()
    {
        int id = await NewHookAsync("TYPE = api\nCALL = one.vmgroup.rename\nCOMMAND = \"/bin/true\"");
        Assert.Empty(await One.Hooks.ListExecutionsAsync(id: id, cancellationToken: Token));
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => One.Hooks.RetryAsync(id, 5, Token));
    }

    private async Task<int> NewHookAsync(string more) => Later(
        "hook", await One.Hooks.CreateAsync($"NAME = {Names.New("hook")}\n{more}", Token), (h, ct) => One.Hooks.DeleteAsync(h, ct));
}

namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class MarketContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    // "PLACE = here" in base64.
    private const string Contents = "UExBQ0UgPSBoZXJl";

    [Fact]
    public async Task Market_is_made_changed_and_deleted()
    {
        int id = await NewMarketAsync();
        string name = Names.New("renamed");
        await One.Marketplaces.RenameAsync(id, name, Token);
        await One.Marketplaces.UpdateAsync(id, "LABEL = a", cancellationToken: Token);
        await One.Marketplaces.ChangePermissionsAsync(id, PermissionChange.ToOctal("644"), Token);
        Marketplace market = await One.Marketplaces.GetAsync(id, cancellationToken: Token);
        Assert.Equal((name, "http", "a", Permissions.FromOctal("644")), (market.Name, market.Driver, market.Template.Get("LABEL"), market.Permissions));
        Assert.Equal("http://127.0.0.1:1/", market.Template.Get("BASE_URL"));
        Assert.Empty(market.AppIds);
        Assert.Contains(id, (await AllAsync(One.Marketplaces.ListAsync(Token))).Select(m => m.Id));
        await RefusedAsync(
            OpenNebulaErrorKind.Internal, () => One.Marketplaces.CreateAsync(MarketText(name), Token), Text($"NAME is already taken by MARKETPLACE {id}"));
        await One.Marketplaces.EnableAsync(id, isEnabled: false, Token);
        Assert.Equal(MarketplaceState.Disabled, (await One.Marketplaces.GetAsync(id, cancellationToken: Token)).State);
        await One.Marketplaces.DeleteAsync(id, Token);
        await RefusedAsync(
            OpenNebulaErrorKind.NoExists, () => One.Marketplaces.GetAsync(id, cancellationToken: Token), Text($"Error getting marketplace [{id}]."));
    }

    [Fact]
    public async Task Market_without_what_its_driver_needs_is_refused()
    {
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => One.Marketplaces.CreateAsync($"NAME = {Names.New("market")}\nMARKET_MAD = http", Token));
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => One.Marketplaces.CreateAsync($"NAME = {Names.New("market")}", Token));
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => One.Marketplaces.CreateAsync($"NAME = {Names.New("market")}\nMARKET_MAD = nonsense", Token));
    }

    [Theory]
    [InlineData("VMTEMPLATE", MarketplaceAppType.VmTemplate)]
    [InlineData("SERVICE_TEMPLATE", MarketplaceAppType.ServiceTemplate)]
    public async Task App_without_an_image_is_ready_at_once(string word, MarketplaceAppType type)
    {
        int market = await NewMarketAsync();
        int id = await NewAppAsync(market, $"TYPE = {word}");
        MarketplaceApp app = await One.MarketplaceApps.WaitForStateAsync(id, MarketplaceAppState.Ready, Poll.Options, Token);
        Assert.Equal((type, market, -1, Contents), (app.Type, app.MarketplaceId, app.OriginId, app.AppTemplate64));
        Assert.Equal("1.0", app.Version);
        Assert.Equal([id], (await One.Marketplaces.GetAsync(market, cancellationToken: Token)).AppIds);
        Assert.Contains(id, (await AllAsync(One.MarketplaceApps.ListAsync(cancellationToken: Token))).Select(a => a.Id));
        await RefusedAsync(OpenNebulaErrorKind.Action, () => One.Marketplaces.DeleteAsync(market, Token));
    }

    [Fact]
    public async Task App_is_changed_disabled_locked_and_deleted()
    {
        int market = await NewMarketAsync();
        int id = await NewAppAsync(market, "TYPE = VMTEMPLATE");
        string name = Names.New("renamed");
        await One.MarketplaceApps.RenameAsync(id, name, Token);
        await One.MarketplaceApps.UpdateAsync(id, "LABEL = a\nDESCRIPTION = new", cancellationToken: Token);
        await One.MarketplaceApps.ChangePermissionsAsync(id, PermissionChange.ToOctal("644"), Token);
        MarketplaceApp app = await One.MarketplaceApps.GetAsync(id, cancellationToken: Token);
        Assert.Equal((name, "a", Permissions.FromOctal("644")), (app.Name, app.Template.Get("LABEL"), app.Permissions));
        await One.MarketplaceApps.EnableAsync(id, isEnabled: false, Token);
        Assert.Equal(MarketplaceAppState.Disabled, (await One.MarketplaceApps.GetAsync(id, cancellationToken: Token)).State);
        await One.MarketplaceApps.EnableAsync(id, cancellationToken: Token);
        await One.MarketplaceApps.LockAsync(id, LockLevel.Manage, cancellationToken: Token);
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization, () => One.MarketplaceApps.UpdateAsync(id, "A = 1", cancellationToken: Token),
            Text($"User [0] : MARKETPLACEAPP is locked. [{id}]."));
        await One.MarketplaceApps.UnlockAsync(id, Token);
        await One.MarketplaceApps.DeleteAsync(id, Token);
        await Poll.UntilAsync(ct => ExistsAsync(() => One.MarketplaceApps.GetAsync(id, cancellationToken: ct)), there => !there, "deleted app");
        Assert.Empty((await One.Marketplaces.GetAsync(market, cancellationToken: Token)).AppIds);
    }

    [Fact]
    public async Task App_that_is_refused_is_left_in_the_market_with_an_error()
    {
        int market = await NewMarketAsync();
        string name = Names.New("app");
        await Assert.ThrowsAsync<OpenNebulaCallException>(
            () => One.MarketplaceApps.CreateAsync($"NAME = {name}\nTYPE = IMAGE\nORIGIN_ID = 2147483647\nVERSION = \"1.0\"", market, Token));
        foreach (int left in (await One.Marketplaces.GetAsync(market, cancellationToken: Token)).AppIds) LaterApp(left);
        MarketplaceApp app = Assert.Single(await AllAsync(One.MarketplaceApps.ListAsync(cancellationToken: Token)), a => a.MarketplaceId == market);
        Assert.Equal((name, MarketplaceAppState.Error), (app.Name, app.State));
    }

    [Fact]
    public async Task App_needs_a_market()
    {
        await RefusedAsync(
            OpenNebulaErrorKind.Internal,
            () => One.MarketplaceApps.CreateAsync($"NAME = {Names.New("app")}\nTYPE = VMTEMPLATE", int.MaxValue, Token),
            "Cannot find associated MARKETPLACE");
        OpenNebulaCallException error =
            await RefusedAsync(OpenNebulaErrorKind.NoExists, () => One.MarketplaceApps.GetAsync(int.MaxValue, cancellationToken: Token));
        Assert.Equal((OpenNebulaObjectKind.MarketplaceApp, int.MaxValue), (error.ObjectKind, error.ObjectId));
    }

    private static string MarketText(string name) => $"NAME = {name}\nMARKET_MAD = http\nBASE_URL = \"http://127.0.0.1:1/\"\nPUBLIC_DIR = \"/tmp/{name}\"";

    private async Task<int> NewMarketAsync() => Later(
        "marketplace", await One.Marketplaces.CreateAsync(MarketText(Names.New("market")), Token), (m, ct) => One.Marketplaces.DeleteAsync(m, ct));

    private async Task<int> NewAppAsync(int market, string more) => LaterApp(await One.MarketplaceApps.CreateAsync(
        $"NAME = {Names.New("app")}\nORIGIN_ID = -1\nVERSION = \"1.0\"\nAPPTEMPLATE64 = \"{Contents}\"\n{more}", market, Token));

    private int LaterApp(int id) => Later("app", id, async (a, ct) =>
    {
        await One.MarketplaceApps.UnlockAsync(a, ct);
        await One.MarketplaceApps.DeleteAsync(a, ct);
        await Poll.UntilAsync(t => ExistsAsync(() => One.MarketplaceApps.GetAsync(a, cancellationToken: t)), there => !there, "deleted app");
    });
}

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Applications of marketplaces; those of images are made in the background (OpenNebula 6.10 source, src/market).</summary>
internal sealed class AppArea(CloudState state) : ObjectArea<CloudApp>(state, ObjectKind.MarketplaceApp, "one.marketapp", firstId: 0)
{
    public override void Register(MethodTable table)
    {
        table.Add("one.marketapp.allocate", "si", Allocate);
        AddInfo(table);
        AddPoolInfo(table);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        AddOwnership(table);
        AddLocks(table);
        table.Add("one.marketapp.enable", "ib", Enable);
    }

    /// <summary>Drops the applications of a marketplace that is not used any more.</summary>
    public void DropAll(CloudMarket market)
    {
        foreach (int id in market.Apps)
        {
            if (Pool.Find(id) is not { } app) continue;
            EndImport(app);
            Pool.Remove(app);
        }

        market.Apps.Clear();
    }

    protected override string Taken(CloudApp owner) => FormattableString.Invariant($"NAME is already taken by MARKETPLACEAPP {owner.Id}");

    protected override StoredTemplate Accept(CloudCall call, CloudApp item, StoredTemplate template)
    {
        item.Description = template.Get("DESCRIPTION") ?? "";
        item.Content = template.Get("APPTEMPLATE64") ?? "";
        item.Version = template.Get("VERSION") ?? "";
        return TemplateTexts.Without(template, "NAME", "SOURCE", "SIZE", "MD5", "FORMAT", "REGTIME", "ORIGIN_ID");
    }

    protected override RpcValue Chown(CloudCall call)
    {
        int id = call.Int(1);
        if (Pool.Find(id) is { } app && State.Markets.Pool.Find(app.MarketId) is { } market && MarketDrivers.IsPublic(market.Driver))
        {
            call.Authorize(AccessOperation.Manage, app);
            throw CallRefusal.Internal(FormattableString.Invariant(
                $"App {id}: Changing the ownership for an App from the public Marketplace is not permitted"));
        }

        return base.Chown(call);
    }

    protected override void Drop(CloudCall call, CloudApp item)
    {
        CloudMarket market = State.Markets.Pool.Find(item.MarketId) ?? throw CannotDelete("Cannot find associated MARKETPLACE");
        if (MarketDrivers.IsPublic(market.Driver)) throw CannotDelete($"Delete disabled for market: {market.Name}");
        if (item.Type == MarketplaceAppType.Unknown) throw CannotDelete("");
        EndImport(item);
        market.Apps.Remove(item.Id);
        State.Actions.After(State.Options.Delays.Image, () =>
        {
            Pool.Remove(item);
            State.Markets.Measure(market);
        });
    }

    // Its image is free when the application is not made any more.
    private void EndImport(CloudApp app)
    {
        if (app is { Type: MarketplaceAppType.Image, State: MarketplaceAppState.Locked }) State.Images.EndExport(app.OriginId, app.Id);
    }

    private RpcValue Allocate(CloudCall call)
    {
        StoredTemplate template = call.Template(1);
        call.AuthorizeNew(Kind);
        int marketId = call.Int(2);
        CloudMarket market = State.Markets.Pool.Find(marketId) ?? throw CallRefusal.Internal("Cannot find associated MARKETPLACE");
        if (MarketDrivers.IsPublic(market.Driver)) throw CallRefusal.Action($"Create disabled for market: {market.Name}");
        CloudApp app = New(call, template, market);
        Pool.Add(app);
        market.Apps.Add(app.Id);
        Import(app, market);
        call.Extra = () => app.ToXml(State.SealedView);
        return app.Id;
    }

    private CloudApp New(CloudCall call, StoredTemplate template, CloudMarket market)
    {
        string name = template.Get("NAME") ?? "";
        CheckName(name, call.Caller.Uid);
        MarketplaceAppType type = (template.Get("TYPE") ?? "").ToUpperInvariant() switch
        {
            "" or "IMAGE" => MarketplaceAppType.Image,
            "VMTEMPLATE" => MarketplaceAppType.VmTemplate,
            "SERVICE_TEMPLATE" => MarketplaceAppType.ServiceTemplate,
            _ => MarketplaceAppType.Unknown,
        };
        if (!template.TryGet("ORIGIN_ID", out int origin)) throw CallRefusal.Internal("Missing ORIGIN_ID for the MARKETPLACEAPP");
        var app = new CloudApp(Pool.TakeId(), name)
        {
            Type = type,
            State = type is MarketplaceAppType.VmTemplate or MarketplaceAppType.ServiceTemplate ? MarketplaceAppState.Ready : MarketplaceAppState.Locked,
            Registered = State.Time,
            OriginId = origin,
            Description = template.Get("DESCRIPTION") ?? "",
            Content = template.Get("APPTEMPLATE64") ?? "",
            Version = template.Get("VERSION") is { Length: > 0 } version ? version : "0.0",
            MarketId = market.Id,
            MarketName = market.Name,
            Template = TemplateTexts.Without(template, "NAME", "ZONE_ID", "SOURCE", "SIZE", "MD5", "FORMAT", "REGTIME", "ORIGIN_ID"),
        };
        Own(call, app);
        return app;
    }

    // A refusal leaves the application behind, in error.
    private void Import(CloudApp app, CloudMarket market)
    {
        if (app.State == MarketplaceAppState.Ready) return;
        try
        {
            if (app.Type == MarketplaceAppType.Unknown) throw CallRefusal.Internal("Marketplace app type not supported.");
            CloudImage image = State.Images.Pool.Find(app.OriginId) ?? throw CallRefusal.Internal("Image does not exist.");
            State.Images.BeginExport(image, app.Id);
            State.Work(EmbeddedWork.AppImport, app.Id, success => Imported(app, market, image, success));
        }
        catch (CallRefusal refusal)
        {
            Fail(app, refusal.Message);
            throw;
        }
    }

    private void Fail(CloudApp app, string message)
    {
        app.State = MarketplaceAppState.Error;
        app.Template = TemplateTexts.With(app.Template, "ERROR", State.ErrorText(message));
    }

    private void Imported(CloudApp app, CloudMarket market, CloudImage image, bool success)
    {
        if (!market.Apps.Contains(app.Id) || app.State != MarketplaceAppState.Locked) return;
        State.Images.EndExport(image.Id, app.Id);
        if (!success)
        {
            Fail(app, "Error importing app into marketplace: -");
            return;
        }

        string place = market.Template.Get("BASE_URL") ?? $"s3://{market.Template.Get("BUCKET")}";
        app.Source = $"{place.TrimEnd('/')}/{State.NewToken()[..32]}";
        app.Checksum = State.NewToken()[..32];
        app.Size = image.Size;
        app.Format = image.Format;
        app.State = MarketplaceAppState.Ready;
        State.Markets.Measure(market);
    }

    private RpcValue Enable(CloudCall call)
    {
        (int id, bool enable) = (call.Int(1), call.Flag(2));
        CloudApp app = Pool.Get(id);
        call.Authorize(AccessOperation.Manage, app);
        if (app.State is MarketplaceAppState.Ready or MarketplaceAppState.Disabled)
            app.State = enable ? MarketplaceAppState.Ready : MarketplaceAppState.Disabled;
        return id;
    }
}

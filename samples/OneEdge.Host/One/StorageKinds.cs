using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>Images, where they are kept and where they come from.</summary>
internal static class StorageKinds
{
    public static ObjectKind<Image> Image { get; } = new()
    {
        Name = "image",
        Plural = "images",
        Element = "IMAGE",
        List = (one, query, ct) => one.Images.ListAsync(query.Filter, ct),
        Get = (one, id, ct) => one.Images.GetAsync(id, cancellationToken: ct),
        Options = static () => new OwnedListOptions(),
        Columns =
        [
            .. ObjectKinds.Owner<Image>(), new("DATASTORE", i => i.DatastoreName), new("SIZE", i => Text.Megabytes(i.SizeMb)),
            new("TYPE", i => Text.Of(i.Type)),
            new("PERSISTENT", i => Text.YesNo(i.IsPersistent)), new("STATE", i => Text.Of(i.State)), new("VMS", i => Text.Of(i.RunningMachines)),
        ],
    };

    public static ObjectKind<Datastore> Datastore { get; } = new()
    {
        Name = "datastore",
        Plural = "datastores",
        Element = "DATASTORE",
        List = (one, _, ct) => one.Datastores.ListAsync(ct),
        Get = (one, id, ct) => one.Datastores.GetAsync(id, cancellationToken: ct),
        Columns =
        [
            .. ObjectKinds.Owner<Datastore>(), new("SIZE", d => Text.Megabytes(d.TotalMb)), new("FREE", d => Text.Megabytes(d.FreeMb)),
            new("CLUSTERS", d => Text.Of(d.ClusterIds)), new("IMAGES", d => Text.Of(d.ImageIds.Count)), new("TYPE", d => Text.Of(d.Type)),
            new("DRIVERS", d => $"{d.DatastoreDriver}/{d.TransferDriver}"), new("STATE", d => Text.Of(d.State)),
        ],
    };

    public static ObjectKind<Marketplace> Marketplace { get; } = new()
    {
        Name = "market",
        Plural = "marketplaces",
        Element = "MARKETPLACE",
        List = (one, _, ct) => one.Marketplaces.ListAsync(ct),
        Get = (one, id, ct) => one.Marketplaces.GetAsync(id, cancellationToken: ct),
        Columns =
        [
            .. ObjectKinds.Owner<Marketplace>(), new("SIZE", m => Text.Megabytes(m.TotalMb)), new("APPS", m => Text.Of(m.AppIds.Count)),
            new("DRIVER", m => m.Driver), new("STATE", m => Text.Of(m.State)),
        ],
    };

    public static ObjectKind<MarketplaceApp> MarketplaceApp { get; } = new()
    {
        Name = "marketapp",
        Plural = "apps of marketplaces",
        Element = "MARKETPLACEAPP",
        List = (one, query, ct) => one.MarketplaceApps.ListAsync(query.Filter, ct),
        Get = (one, id, ct) => one.MarketplaceApps.GetAsync(id, cancellationToken: ct),
        Options = static () => new OwnedListOptions(),
        Columns =
        [
            .. ObjectKinds.Owner<MarketplaceApp>(), new("MARKET", a => a.MarketplaceName), new("VERSION", a => a.Version),
            new("SIZE", a => Text.Megabytes(a.SizeMb)),
            new("TYPE", a => Text.Of(a.Type)), new("STATE", a => Text.Of(a.State)),
        ],
    };
}

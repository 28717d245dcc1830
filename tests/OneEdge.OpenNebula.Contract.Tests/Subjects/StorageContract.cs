namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class StorageContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    protected override bool NeedsStage => true;

    [Fact]
    public async Task Datastore_is_made_changed_and_deleted()
    {
        int id = await NewDatastoreAsync("TYPE = IMAGE_DS\nDS_MAD = dummy\nTM_MAD = dummy");
        string name = Names.New("renamed");
        await One.Datastores.RenameAsync(id, name, Token);
        await One.Datastores.UpdateAsync(id, "LABEL = slow", cancellationToken: Token);
        await One.Datastores.ChangePermissionsAsync(id, PermissionChange.ToOctal("644"), Token);
        Datastore datastore = await One.Datastores.GetAsync(id, cancellationToken: Token);
        Assert.Equal((name, "dummy", "dummy", DatastoreType.Image), (datastore.Name, datastore.DatastoreDriver, datastore.TransferDriver, datastore.Type));
        Assert.Equal(("slow", Permissions.FromOctal("644")), (datastore.Template.Get("LABEL"), datastore.Permissions));
        Assert.Empty(datastore.ImageIds);
        Assert.Contains(id, (await AllAsync(One.Datastores.ListAsync(Token))).Select(d => d.Id));
        await One.Datastores.DeleteAsync(id, Token);
        await RefusedAsync(OpenNebulaErrorKind.NoExists, () => One.Datastores.GetAsync(id, cancellationToken: Token), Text($"Error getting datastore [{id}]."));
    }

    [Fact]
    public async Task System_datastore_alone_is_disabled()
    {
        int id = await NewDatastoreAsync("TYPE = SYSTEM_DS\nTM_MAD = dummy");
        await One.Datastores.EnableAsync(id, isEnabled: false, Token);
        Assert.Equal(DatastoreState.Disabled, (await One.Datastores.GetAsync(id, cancellationToken: Token)).State);
        await One.Datastores.EnableAsync(id, cancellationToken: Token);
        Assert.Equal(DatastoreState.Ready, (await One.Datastores.GetAsync(id, cancellationToken: Token)).State);
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => One.Datastores.EnableAsync(Stage.ImageDatastoreId, isEnabled: false, Token));
    }

    [Fact]
    public async Task Datastore_without_a_driver_is_refused()
    {
        await RefusedAsync(
            OpenNebulaErrorKind.Internal, () => One.Datastores.CreateAsync($"NAME = {Names.New("ds")}\nDS_MAD = dummy", cancellationToken: Token));
        await RefusedAsync(
            OpenNebulaErrorKind.Internal, () => One.Datastores.CreateAsync($"NAME = {Names.New("ds")}\nTM_MAD = dummy", cancellationToken: Token));
    }

    [Fact]
    public async Task Image_is_made_changed_and_deleted()
    {
        int id = await NewImageAsync("TYPE = DATABLOCK\nSIZE = 10\nDESCRIPTION = first");
        Image image = await One.Images.GetAsync(id, cancellationToken: Token);
        Assert.Equal((ImageType.DataBlock, 10, false, Stage.ImageDatastoreId), (image.Type, image.SizeMb, image.IsPersistent, image.DatastoreId));
        Assert.NotEqual("", image.Source);
        Assert.Contains(id, (await One.Datastores.GetAsync(Stage.ImageDatastoreId, cancellationToken: Token)).ImageIds);

        string name = Names.New("renamed");
        await One.Images.RenameAsync(id, name, Token);
        await One.Images.UpdateAsync(id, "DESCRIPTION = second", cancellationToken: Token);
        await One.Images.ChangeTypeAsync(id, ImageType.Os, Token);
        await One.Images.SetPersistentAsync(id, cancellationToken: Token);
        await One.Images.ChangePermissionsAsync(id, PermissionChange.ToOctal("640"), Token);
        image = await One.Images.GetAsync(id, cancellationToken: Token);
        Assert.Equal((name, "second", ImageType.Os, true), (image.Name, image.Template.Get("DESCRIPTION"), image.Type, image.IsPersistent));
        Assert.Equal(Permissions.FromOctal("640"), image.Permissions);

        await One.Images.DeleteAsync(id, cancellationToken: Token);
        await Poll.UntilAsync(ct => ExistsAsync(() => One.Images.GetAsync(id, cancellationToken: ct)), there => !there, "deleted image");
        Assert.DoesNotContain(id, (await One.Datastores.GetAsync(Stage.ImageDatastoreId, cancellationToken: Token)).ImageIds);
    }

    [Fact]
    public async Task Disabled_image_is_not_used()
    {
        int id = await NewImageAsync();
        await One.Images.EnableAsync(id, isEnabled: false, Token);
        Assert.Equal(ImageState.Disabled, (await One.Images.GetAsync(id, cancellationToken: Token)).State);
        await RefusedAsync(
            OpenNebulaErrorKind.Internal,
            () => One.VirtualMachines.CreateAsync(Text($"NAME = {Names.New("vm")}\nCPU = 0.1\nMEMORY = 32\nDISK = [ IMAGE_ID = {id} ]"), onHold: true, Token),
            Text($"DISK 0: Cannot acquire image {id}, it is in state: DISABLED"));
        await One.Images.EnableAsync(id, cancellationToken: Token);
        Assert.Equal(ImageState.Ready, (await One.Images.GetAsync(id, cancellationToken: Token)).State);
    }

    [Fact]
    public async Task Name_of_an_image_is_taken_once_for_each_owner()
    {
        int id = await NewImageAsync();
        string name = (await One.Images.GetAsync(id, cancellationToken: Token)).Name;
        await RefusedAsync(
            OpenNebulaErrorKind.Allocate,
            () => One.Images.CreateAsync($"NAME = {name}\nTYPE = DATABLOCK\nSIZE = 10", Stage.ImageDatastoreId, cancellationToken: Token),
            Text($"Error allocating a new image. NAME is already taken by IMAGE {id}."));
    }

    [Fact]
    public async Task Image_needs_a_datastore_for_images()
    {
        string text = $"NAME = {Names.New("image")}\nTYPE = DATABLOCK\nSIZE = 10";
        await RefusedAsync(OpenNebulaErrorKind.NoExists, () => One.Images.CreateAsync(text, int.MaxValue, cancellationToken: Token));
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => One.Images.CreateAsync(text, Stage.SystemDatastoreId, cancellationToken: Token));
        await Assert.ThrowsAsync<OpenNebulaCallException>(
            () => One.Images.CreateAsync($"NAME = {Names.New("image")}\nTYPE = DATABLOCK", Stage.ImageDatastoreId, cancellationToken: Token));
    }

    [Fact]
    public async Task Clone_of_an_image_is_an_image_of_its_own()
    {
        int id = await NewImageAsync();
        string name = Names.New("clone");
        int clone = LaterImage(await One.Images.CloneAsync(id, name, cancellationToken: Token));
        Image copy = await One.Images.WaitForStateAsync(clone, ImageState.Ready, Poll.Options, Token);
        Assert.Equal((name, 10, Stage.ImageDatastoreId), (copy.Name, copy.SizeMb, copy.DatastoreId));
        await One.Images.WaitForStateAsync(id, ImageState.Ready, Poll.Options, Token);
    }

    [Fact]
    public async Task Datastore_with_images_is_not_deleted()
    {
        int id = await NewImageAsync();
        await RefusedAsync(OpenNebulaErrorKind.Action, () => One.Datastores.DeleteAsync(Stage.ImageDatastoreId, Token));
        Assert.Contains(id, (await One.Datastores.GetAsync(Stage.ImageDatastoreId, cancellationToken: Token)).ImageIds);
    }

    [Fact]
    public async Task Image_is_locked()
    {
        int id = await NewImageAsync();
        await One.Images.LockAsync(id, LockLevel.Use, cancellationToken: Token);
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization, () => One.Images.RenameAsync(id, Names.New("image"), Token), Text($"User [0] : IMAGE is locked. [{id}]."));
        await One.Images.UnlockAsync(id, Token);
        await One.Images.RenameAsync(id, Names.New("image"), Token);
    }

    private async Task<int> NewDatastoreAsync(string more) => Later(
        "datastore",
        await One.Datastores.CreateAsync($"NAME = {Names.New("ds")}\n{more}", Stage.ClusterId, Token), (d, ct) => One.Datastores.DeleteAsync(d, ct));
}

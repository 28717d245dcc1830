namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class VmTemplateContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    [Fact]
    public async Task Template_is_read_as_it_was_given()
    {
        int id = await NewTemplateAsync("DISK = [ TYPE = fs, SIZE = 10 ]\nDISK = [ TYPE = swap, SIZE = 20 ]\nTEXT = \"a \\\"b\\\" <c> & d\"");
        VmTemplate template = await One.Templates.GetAsync(id, cancellationToken: Token);
        Assert.Equal(("0.1", "32", "a \"b\" <c> & d"), (template.Template.Get("CPU"), template.Template.Get("MEMORY"), template.Template.Get("TEXT")));
        Assert.Equal(["10", "20"], template.Template.Vectors("DISK").Select(d => d.Get("SIZE")));
        Assert.NotNull(template.RegistrationTime);
        Assert.Null(template.Template.Get("NAME"));
    }

    [Fact]
    public async Task Attributes_are_replaced_or_added()
    {
        int id = await NewTemplateAsync("A = 1\nA = 2\nB = 3");
        await One.Templates.UpdateAsync(id, "A = 4\nC = 5", UpdateMode.Append, Token);
        StoredTemplate added = (await One.Templates.GetAsync(id, cancellationToken: Token)).Template;
        Assert.Equal(["4"], added.GetAll("A").Select(a => a.Value));
        Assert.Equal(("3", "5", "32"), (added.Get("B"), added.Get("C"), added.Get("MEMORY")));
        await One.Templates.UpdateAsync(id, "D = 6", UpdateMode.Replace, Token);
        StoredTemplate replaced = (await One.Templates.GetAsync(id, cancellationToken: Token)).Template;
        Assert.Equal(("6", null, null), (replaced.Get("D"), replaced.Get("A"), replaced.Get("MEMORY")));
    }

    [Fact]
    public async Task Template_is_renamed_and_its_name_is_taken_once()
    {
        int first = await NewTemplateAsync(), second = await NewTemplateAsync();
        string name = Names.New("renamed");
        await One.Templates.RenameAsync(first, name, Token);
        Assert.Equal(name, (await One.Templates.GetAsync(first, cancellationToken: Token)).Name);
        string text = Text($"NAME is already taken by TEMPLATE {first}.");
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => One.Templates.CreateAsync($"NAME = {name}", Token), text);
        await RefusedAsync(OpenNebulaErrorKind.Action, () => One.Templates.RenameAsync(second, name, Token));
        (_, _, OpenNebulaClient other) = await NewUserAsync();
        Later("template", await other.Templates.CreateAsync($"NAME = {name}", Token), (t, ct) => One.Templates.DeleteAsync(t, cancellationToken: ct));
    }

    [Fact]
    public async Task Clone_is_a_template_of_its_own()
    {
        int first = await NewTemplateAsync("A = 1");
        string name = Names.New("clone");
        int clone = Later(
            "template", await One.Templates.CloneAsync(first, name, cancellationToken: Token), (t, ct) => One.Templates.DeleteAsync(t, cancellationToken: ct));
        await One.Templates.UpdateAsync(first, "A = 2", cancellationToken: Token);
        VmTemplate copy = await One.Templates.GetAsync(clone, cancellationToken: Token);
        Assert.Equal((name, "1"), (copy.Name, copy.Template.Get("A")));
        await One.Templates.DeleteAsync(first, cancellationToken: Token);
        await RefusedAsync(OpenNebulaErrorKind.NoExists, () => One.Templates.GetAsync(first, cancellationToken: Token));
        Assert.Equal(name, (await One.Templates.GetAsync(clone, cancellationToken: Token)).Name);
    }

    [Fact]
    public async Task Machine_has_the_attributes_of_its_template()
    {
        int id = await NewTemplateAsync("VCPU = 2\nLABEL = web\nDISK = [ TYPE = fs, SIZE = 10 ]");
        string name = Names.New("vm");
        int vm = LaterMachine(await One.Templates.InstantiateAsync(id, new InstantiateOptions { Name = name, OnHold = true }, Token));
        VirtualMachine machine = await MachineAsync(vm);
        Assert.Equal(
            (name, VmState.Hold, id, 32, 0.1, 2), (machine.Name, machine.State, machine.TemplateId, machine.MemoryMb, machine.Cpu, machine.VirtualCpus));
        Assert.Equal("web", machine.UserTemplate.Get("LABEL"));
        Assert.Equal((0, 10L), (Assert.Single(machine.Disks).DiskId, machine.Disks[0].SizeMb));
        Assert.Empty(machine.History);
    }

    [Fact]
    public async Task Machine_without_a_name_is_named_after_its_template_and_its_number()
    {
        int id = await NewTemplateAsync();
        int vm = LaterMachine(await One.Templates.InstantiateAsync(id, new InstantiateOptions { OnHold = true }, Token));
        Assert.Equal(Text($"{(await One.Templates.GetAsync(id, cancellationToken: Token)).Name}-{vm}"), (await MachineAsync(vm)).Name);
    }

    [Fact]
    public async Task Attributes_given_at_the_start_come_before_those_of_the_template()
    {
        int id = await NewTemplateAsync("LABEL = web\nKEPT = yes\nDISK = [ TYPE = fs, SIZE = 10 ]");
        TemplateText extra = "MEMORY = 64\nLABEL = db\nSERVICE_ID = 7\nDISK = [ TYPE = fs, SIZE = 30 ]\nDISK = [ TYPE = fs, SIZE = 40 ]";
        int vm = LaterMachine(await One.Templates.InstantiateAsync(id, new InstantiateOptions { OnHold = true, Extra = extra }, Token));
        VirtualMachine machine = await MachineAsync(vm);
        Assert.Equal(
            (64, "db", "yes", "7"),
            (machine.MemoryMb, machine.UserTemplate.Get("LABEL"), machine.UserTemplate.Get("KEPT"), machine.UserTemplate.Get("SERVICE_ID")));
        Assert.Equal([30L, 40L], machine.Disks.Select(d => d.SizeMb));
        Assert.Equal("32", (await One.Templates.GetAsync(id, cancellationToken: Token)).Template.Get("MEMORY"));
    }

    [Fact]
    public async Task Name_among_the_extra_attributes_is_not_the_name_of_the_machine()
    {
        int id = await NewTemplateAsync();
        int vm = LaterMachine(await One.Templates.InstantiateAsync(
            id, new InstantiateOptions { OnHold = true, Extra = $"NAME = {Names.New("vm")}" }, Token));
        Assert.Equal(Text($"{(await One.Templates.GetAsync(id, cancellationToken: Token)).Name}-{vm}"), (await MachineAsync(vm)).Name);
    }

    [Fact]
    public async Task Extra_attributes_that_cannot_be_read_start_nothing()
    {
        int id = await NewTemplateAsync();
        int before = await CountAsync(id);
        await RefusedAsync(
            OpenNebulaErrorKind.Internal, () => One.Templates.InstantiateAsync(id, new InstantiateOptions { OnHold = true, Extra = "A = [ B" }, Token));
        Assert.Equal(before, await CountAsync(id));
    }

    [Fact]
    public async Task Machine_with_a_disk_of_an_image_that_is_not_there_is_refused()
    {
        int id = await NewTemplateAsync("DISK = [ IMAGE_ID = 2147483647 ]");
        await RefusedAsync(
            OpenNebulaErrorKind.Allocate,
            () => One.Templates.InstantiateAsync(id, new InstantiateOptions { OnHold = true }, Token),
            "Error allocating a new virtual machine template. DISK 0: Image with ID: 2147483647 does not exist");
        Assert.Equal(0, await CountAsync(id));
    }

    [Fact]
    public async Task Template_that_is_not_there_is_told_by_its_number()
    {
        OpenNebulaCallException error = await RefusedAsync(
            OpenNebulaErrorKind.NoExists, () => One.Templates.InstantiateAsync(int.MaxValue, cancellationToken: Token));
        Assert.Equal((OpenNebulaObjectKind.Template, int.MaxValue), (error.ObjectKind, error.ObjectId));
    }

    [Fact]
    public async Task Lock_of_a_template_keeps_it_as_it_is()
    {
        int id = await NewTemplateAsync();
        await One.Templates.LockAsync(id, LockLevel.Manage, cancellationToken: Token);
        await RefusedAsync(
            OpenNebulaErrorKind.Authorization,
            () => One.Templates.UpdateAsync(id, "A = 1", cancellationToken: Token));
        LaterMachine(await One.Templates.InstantiateAsync(id, new InstantiateOptions { OnHold = true }, Token));
        await One.Templates.UnlockAsync(id, Token);
        await One.Templates.UpdateAsync(id, "A = 1", cancellationToken: Token);
        VmTemplate unlocked = await One.Templates.GetAsync(id, cancellationToken: Token);
        Assert.Equal((null, "1"), (unlocked.Lock, unlocked.Template.Get("A")));
    }

    private async Task<int> CountAsync(int template) =>
        (await AllAsync(One.VirtualMachines.ListAsync(new VmQuery { IsExtended = true }, Token))).Count(v => v.TemplateId == template);
}

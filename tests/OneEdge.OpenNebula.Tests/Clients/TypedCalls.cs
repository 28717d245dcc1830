namespace OneEdge.OpenNebula.Tests.Clients;

/// <summary>For each method the typed member that makes it, given the parameters of a recorded call.</summary>
internal static class TypedCalls
{
    private static readonly Dictionary<string, Func<IOpenNebulaClient, RecordedArguments, Task<object?>>> Calls = new(StringComparer.Ordinal);

    static TypedCalls()
    {
        AddMachines();
        AddMachineDevices();
        AddStorage();
        AddNetworks();
        AddTemplatesAndDocuments();
        AddUsersAndGroups();
        AddClustersAndHosts();
        AddMarkets();
        AddTheRest();
    }

    public static IReadOnlyCollection<string> Methods => Calls.Keys;

    public static Func<IOpenNebulaClient, RecordedArguments, Task<object?>>? Find(string method) => Calls.GetValueOrDefault(method);

    private static void Do(string method, Func<IOpenNebulaClient, RecordedArguments, Task> call) => Calls.Add(method, async (one, a) =>
    {
        await call(one, a);
        return null;
    });

    private static void Get<T>(string method, Func<IOpenNebulaClient, RecordedArguments, Task<T>> call) =>
        Calls.Add(method, async (one, a) => await call(one, a));

    private static void AddMachines()
    {
        Get("one.vm.info", (one, a) => one.VirtualMachines.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.vmpool.info", (one, a) => one.VirtualMachines.ReadPageAsync(a.Range, Query(a, isExtended: false)));
        Get("one.vmpool.infoextended", (one, a) => one.VirtualMachines.ReadPageAsync(a.Range, Query(a, isExtended: true)));
        Get("one.vmpool.infoset", (one, a) => one.VirtualMachines.GetManyAsync(a.Text(0).Split(',').Select(int.Parse), a.Flag(1)));
        Get("one.vmpool.monitoring", (one, a) => one.VirtualMachines.ListMonitoringAsync(a.Filter, a.OptionalInt(1, -1)));
        Get("one.vmpool.accounting", (one, a) => one.VirtualMachines.ListAccountingAsync(a.Filter, a.Time(1), a.Time(2)));
        Get("one.vmpool.showback", (one, a) => one.VirtualMachines.ListShowbackAsync(a.Filter, a.Int(1), a.Int(2), a.Int(3), a.Int(4)));
        Do("one.vmpool.calculateshowback", (one, a) => one.VirtualMachines.CalculateShowbackAsync(a.Int(0), a.Int(1), a.Int(2), a.Int(3)));
        Get("one.vm.allocate", (one, a) => one.VirtualMachines.CreateAsync(a.Text(0), a.OptionalFlag(1)));
        Do("one.vm.action", (one, a) => one.VirtualMachines.PerformAsync(a.Int(1), a.Text(0)));
        Do("one.vm.deploy", (one, a) => one.VirtualMachines.DeployAsync(
            a.Int(0), a.Int(1),
            new() { EnforceCapacity = a.OptionalFlag(2), DatastoreId = a.OptionalInt(3, -1) is >= 0 and int id ? id : null, Extra = a.OptionalText(4) }));
        Do("one.vm.migrate", (one, a) => one.VirtualMachines.MigrateAsync(a.Int(0), a.Int(1), new()
        {
            IsLive = a.Flag(2),
            EnforceCapacity = a.OptionalFlag(3),
            DatastoreId = a.OptionalInt(4, -1) is >= 0 and int id ? id : null,
            Kind = (MigrationKind)a.OptionalInt(5, 0),
        }));
        Do("one.vm.update", (one, a) => one.VirtualMachines.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.vm.updateconf", (one, a) => one.VirtualMachines.UpdateConfigurationAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.vm.recover", (one, a) => one.VirtualMachines.RecoverAsync(a.Int(0), (VmRecovery)a.Int(1)));
        Do("one.vm.rename", (one, a) => one.VirtualMachines.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.vm.chown", (one, a) => one.VirtualMachines.ChangeOwnerAsync(a.Int(0), a.Id(1), a.Id(2)));
        Do("one.vm.chmod", (one, a) => one.VirtualMachines.ChangePermissionsAsync(a.Int(0), a.Permissions));
        Do("one.vm.lock", (one, a) => one.VirtualMachines.LockAsync(a.Int(0), (LockLevel)a.Int(1), a.OptionalFlag(2)));
        Do("one.vm.unlock", (one, a) => one.VirtualMachines.UnlockAsync(a.Int(0)));
        Get("one.vm.monitoring", (one, a) => one.VirtualMachines.GetMonitoringAsync(a.Int(0)));
        Get("one.vm.schedadd", (one, a) => one.VirtualMachines.AddScheduledActionAsync(a.Int(0), a.Text(1)));
        Do("one.vm.schedupdate", (one, a) => one.VirtualMachines.UpdateScheduledActionAsync(a.Int(0), a.Int(1), a.Text(2)));
        Do("one.vm.scheddelete", (one, a) => one.VirtualMachines.DeleteScheduledActionAsync(a.Int(0), a.Int(1)));
        Do("one.vm.backup", (one, a) => one.VirtualMachines.BackupAsync(a.Int(0), a.Id(1), a.OptionalFlag(2)));
        Do("one.vm.backupcancel", (one, a) => one.VirtualMachines.CancelBackupAsync(a.Int(0)));
        Do("one.vm.restore", (one, a) => one.VirtualMachines.RestoreAsync(a.Int(0), a.Int(1), a.Id(2), a.Id(3)));
    }

    private static VmQuery Query(RecordedArguments a, bool isExtended) => new()
    {
        Filter = a.Filter,
        State = a.Int(3) >= 0 ? (VmState)a.Int(3) : null,
        IncludeDone = a.Int(3) == -2,
        Expression = a.OptionalText(4),
        IsExtended = isExtended,
    };

    private static void AddMachineDevices()
    {
        Do("one.vm.resize", (one, a) => one.VirtualMachines.ResizeAsync(a.Int(0), a.Text(1), a.Flag(2)));
        Do("one.vm.attach", (one, a) => one.VirtualMachines.AttachDiskAsync(a.Int(0), a.Text(1)));
        Do("one.vm.detach", (one, a) => one.VirtualMachines.DetachDiskAsync(a.Int(0), a.Int(1)));
        Do("one.vm.diskresize", (one, a) => one.VirtualMachines.ResizeDiskAsync(
            a.Int(0), a.Int(1), long.TryParse(a.Text(2), System.Globalization.CultureInfo.InvariantCulture, out long size)
                ? size
                : throw new NoTypedCallException("a size that is no number")));
        Get("one.vm.disksaveas", (one, a) => one.VirtualMachines.SaveDiskAsync(a.Int(0), a.Int(1), a.Text(2), TypeOf(a.Text(3)), a.Id(4)));
        Get("one.vm.disksnapshotcreate", (one, a) => one.VirtualMachines.CreateDiskSnapshotAsync(a.Int(0), a.Int(1), a.Text(2)));
        Do("one.vm.disksnapshotrevert", (one, a) => one.VirtualMachines.RevertDiskSnapshotAsync(a.Int(0), a.Int(1), a.Int(2)));
        Do("one.vm.disksnapshotdelete", (one, a) => one.VirtualMachines.DeleteDiskSnapshotAsync(a.Int(0), a.Int(1), a.Int(2)));
        Do("one.vm.disksnapshotrename", (one, a) => one.VirtualMachines.RenameDiskSnapshotAsync(a.Int(0), a.Int(1), a.Int(2), a.Text(3)));
        Get("one.vm.snapshotcreate", (one, a) => one.VirtualMachines.CreateSnapshotAsync(a.Int(0), a.Text(1)));
        Do("one.vm.snapshotrevert", (one, a) => one.VirtualMachines.RevertSnapshotAsync(a.Int(0), a.Int(1)));
        Do("one.vm.snapshotdelete", (one, a) => one.VirtualMachines.DeleteSnapshotAsync(a.Int(0), a.Int(1)));
        Do("one.vm.attachnic", (one, a) => one.VirtualMachines.AttachNicAsync(a.Int(0), a.Text(1)));
        Do("one.vm.detachnic", (one, a) => one.VirtualMachines.DetachNicAsync(a.Int(0), a.Int(1)));
        Do("one.vm.updatenic", (one, a) => one.VirtualMachines.UpdateNicAsync(a.Int(0), a.Int(1), a.Text(2), a.Mode(3)));
        Do("one.vm.attachsg", (one, a) => one.VirtualMachines.AttachSecurityGroupAsync(a.Int(0), a.Int(1), a.Int(2)));
        Do("one.vm.detachsg", (one, a) => one.VirtualMachines.DetachSecurityGroupAsync(a.Int(0), a.Int(1), a.Int(2)));
        Do("one.vm.attachpci", (one, a) => one.VirtualMachines.AttachPciAsync(a.Int(0), a.Text(1)));
        Do("one.vm.detachpci", (one, a) => one.VirtualMachines.DetachPciAsync(a.Int(0), a.Int(1)));
    }

    private static ImageType? TypeOf(string name)
    {
        if (name.Length == 0) return null;
        return Enum.TryParse(name, ignoreCase: true, out ImageType type) ? type : throw new NoTypedCallException("a type that images do not have");
    }

    private static void AddStorage()
    {
        Get("one.image.info", (one, a) => one.Images.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.imagepool.info", (one, a) => one.Images.ReadPageAsync(a.Range, a.Filter));
        Get("one.image.allocate", (one, a) => one.Images.CreateAsync(a.Text(0), a.Int(1), a.OptionalFlag(2)));
        Do("one.image.delete", (one, a) => one.Images.DeleteAsync(a.Int(0), a.OptionalFlag(1)));
        Do("one.image.rename", (one, a) => one.Images.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.image.update", (one, a) => one.Images.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.image.chown", (one, a) => one.Images.ChangeOwnerAsync(a.Int(0), a.Id(1), a.Id(2)));
        Do("one.image.chmod", (one, a) => one.Images.ChangePermissionsAsync(a.Int(0), a.Permissions));
        Do("one.image.lock", (one, a) => one.Images.LockAsync(a.Int(0), (LockLevel)a.Int(1), a.OptionalFlag(2)));
        Do("one.image.unlock", (one, a) => one.Images.UnlockAsync(a.Int(0)));
        Do("one.image.enable", (one, a) => one.Images.EnableAsync(a.Int(0), a.Flag(1)));
        Do("one.image.persistent", (one, a) => one.Images.SetPersistentAsync(a.Int(0), a.Flag(1)));
        Do("one.image.chtype", (one, a) => one.Images.ChangeTypeAsync(a.Int(0), TypeOf(a.Text(1)) ?? throw new NoTypedCallException("no type")));
        Get("one.image.clone", (one, a) => one.Images.CloneAsync(a.Int(0), a.Text(1), a.OptionalInt(2, -1) is >= 0 and int id ? id : null));
        Do("one.image.snapshotdelete", (one, a) => one.Images.DeleteSnapshotAsync(a.Int(0), a.Int(1)));
        Do("one.image.snapshotrevert", (one, a) => one.Images.RevertSnapshotAsync(a.Int(0), a.Int(1)));
        Do("one.image.snapshotflatten", (one, a) => one.Images.FlattenSnapshotAsync(a.Int(0), a.Int(1)));
        Get("one.image.restore", (one, a) => one.Images.RestoreBackupAsync(a.Int(0), a.Int(1), a.Text(2)));
        Get("one.datastore.info", (one, a) => one.Datastores.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.datastorepool.info", (one, _) => All(one.Datastores.ListAsync()));
        Get("one.datastore.allocate", (one, a) => one.Datastores.CreateAsync(a.Text(0), a.Id(1)));
        Do("one.datastore.delete", (one, a) => one.Datastores.DeleteAsync(a.Int(0)));
        Do("one.datastore.rename", (one, a) => one.Datastores.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.datastore.update", (one, a) => one.Datastores.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.datastore.chown", (one, a) => one.Datastores.ChangeOwnerAsync(a.Int(0), a.Id(1), a.Id(2)));
        Do("one.datastore.chmod", (one, a) => one.Datastores.ChangePermissionsAsync(a.Int(0), a.Permissions));
        Do("one.datastore.enable", (one, a) => one.Datastores.EnableAsync(a.Int(0), a.Flag(1)));
    }

    private static void AddNetworks()
    {
        Get("one.vn.info", (one, a) => one.VirtualNetworks.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.vnpool.info", (one, a) => one.VirtualNetworks.ReadPageAsync(a.Range, a.Filter));
        Get("one.vn.allocate", (one, a) => one.VirtualNetworks.CreateAsync(a.Text(0), a.Id(1)));
        Do("one.vn.delete", (one, a) => one.VirtualNetworks.DeleteAsync(a.Int(0)));
        Do("one.vn.rename", (one, a) => one.VirtualNetworks.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.vn.update", (one, a) => one.VirtualNetworks.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.vn.chown", (one, a) => one.VirtualNetworks.ChangeOwnerAsync(a.Int(0), a.Id(1), a.Id(2)));
        Do("one.vn.chmod", (one, a) => one.VirtualNetworks.ChangePermissionsAsync(a.Int(0), a.Permissions));
        Do("one.vn.lock", (one, a) => one.VirtualNetworks.LockAsync(a.Int(0), (LockLevel)a.Int(1), a.OptionalFlag(2)));
        Do("one.vn.unlock", (one, a) => one.VirtualNetworks.UnlockAsync(a.Int(0)));
        Do("one.vn.add_ar", (one, a) => one.VirtualNetworks.AddRangeAsync(a.Int(0), a.Text(1)));
        Do("one.vn.update_ar", (one, a) => one.VirtualNetworks.UpdateRangeAsync(a.Int(0), a.Text(1)));
        Do("one.vn.rm_ar", (one, a) => one.VirtualNetworks.RemoveRangeAsync(a.Int(0), a.Int(1), a.OptionalFlag(2)));
        Do("one.vn.free_ar", (one, a) => one.VirtualNetworks.FreeRangeAsync(a.Int(0), a.Int(1)));
        Do("one.vn.hold", (one, a) => one.VirtualNetworks.HoldAsync(a.Int(0), a.Text(1)));
        Do("one.vn.release", (one, a) => one.VirtualNetworks.ReleaseAsync(a.Int(0), a.Text(1)));
        Get("one.vn.reserve", (one, a) => one.VirtualNetworks.ReserveAsync(a.Int(0), a.Text(1)));
        Do("one.vn.recover", (one, a) => one.VirtualNetworks.RecoverAsync(a.Int(0), (VirtualNetworkRecovery)a.Int(1)));
        Get("one.secgroup.info", (one, a) => one.SecurityGroups.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.secgrouppool.info", (one, a) => one.SecurityGroups.ReadPageAsync(a.Range, a.Filter));
        Get("one.secgroup.allocate", (one, a) => one.SecurityGroups.CreateAsync(a.Text(0)));
        Do("one.secgroup.delete", (one, a) => one.SecurityGroups.DeleteAsync(a.Int(0)));
        Do("one.secgroup.rename", (one, a) => one.SecurityGroups.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.secgroup.update", (one, a) => one.SecurityGroups.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.secgroup.chown", (one, a) => one.SecurityGroups.ChangeOwnerAsync(a.Int(0), a.Id(1), a.Id(2)));
        Do("one.secgroup.chmod", (one, a) => one.SecurityGroups.ChangePermissionsAsync(a.Int(0), a.Permissions));
        Get("one.secgroup.clone", (one, a) => one.SecurityGroups.CloneAsync(a.Int(0), a.Text(1)));
        Do("one.secgroup.commit", (one, a) => one.SecurityGroups.CommitAsync(a.Int(0), a.Flag(1)));
        Get("one.vrouter.info", (one, a) => one.VirtualRouters.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.vrouterpool.info", (one, a) => one.VirtualRouters.ReadPageAsync(a.Range, a.Filter));
        Get("one.vrouter.allocate", (one, a) => one.VirtualRouters.CreateAsync(a.Text(0)));
        Do("one.vrouter.delete", (one, a) => one.VirtualRouters.DeleteAsync(a.Int(0)));
        Do("one.vrouter.rename", (one, a) => one.VirtualRouters.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.vrouter.update", (one, a) => one.VirtualRouters.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.vrouter.chown", (one, a) => one.VirtualRouters.ChangeOwnerAsync(a.Int(0), a.Id(1), a.Id(2)));
        Do("one.vrouter.chmod", (one, a) => one.VirtualRouters.ChangePermissionsAsync(a.Int(0), a.Permissions));
        Do("one.vrouter.lock", (one, a) => one.VirtualRouters.LockAsync(a.Int(0), (LockLevel)a.Int(1), a.OptionalFlag(2)));
        Do("one.vrouter.unlock", (one, a) => one.VirtualRouters.UnlockAsync(a.Int(0)));
        Do("one.vrouter.attachnic", (one, a) => one.VirtualRouters.AttachNicAsync(a.Int(0), a.Text(1)));
        Do("one.vrouter.detachnic", (one, a) => one.VirtualRouters.DetachNicAsync(a.Int(0), a.Int(1)));
        Do("one.vrouter.instantiate", (one, a) => one.VirtualRouters.InstantiateAsync(
            a.Int(0), a.Int(1), a.Int(2), new() { Name = a.Text(3), OnHold = a.Flag(4), Extra = a.Text(5) }));
    }

    private static void AddTemplatesAndDocuments()
    {
        Get("one.template.info", (one, a) => one.Templates.GetAsync(a.Int(0), a.OptionalFlag(1), a.OptionalFlag(2)));
        Get("one.templatepool.info", (one, a) => one.Templates.ReadPageAsync(a.Range, a.Filter));
        Get("one.template.allocate", (one, a) => one.Templates.CreateAsync(a.Text(0)));
        Do("one.template.delete", (one, a) => one.Templates.DeleteAsync(a.Int(0), a.OptionalFlag(1)));
        Do("one.template.rename", (one, a) => one.Templates.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.template.update", (one, a) => one.Templates.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.template.chown", (one, a) => one.Templates.ChangeOwnerAsync(a.Int(0), a.Id(1), a.Id(2)));
        Do("one.template.chmod", (one, a) => one.Templates.ChangePermissionsAsync(a.Int(0), a.Permissions, a.OptionalFlag(10)));
        Do("one.template.lock", (one, a) => one.Templates.LockAsync(a.Int(0), (LockLevel)a.Int(1), a.OptionalFlag(2)));
        Do("one.template.unlock", (one, a) => one.Templates.UnlockAsync(a.Int(0)));
        Get("one.template.clone", (one, a) => one.Templates.CloneAsync(a.Int(0), a.Text(1), a.OptionalFlag(2)));
        Get("one.template.instantiate", (one, a) => one.Templates.InstantiateAsync(
            a.Int(0), new() { Name = a.Text(1), OnHold = a.OptionalFlag(2), Extra = a.OptionalText(3), IsPersistent = a.OptionalFlag(4) }));
        Get("one.vntemplate.info", (one, a) => one.VirtualNetworkTemplates.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.vntemplatepool.info", (one, a) => one.VirtualNetworkTemplates.ReadPageAsync(a.Range, a.Filter));
        Get("one.vntemplate.allocate", (one, a) => one.VirtualNetworkTemplates.CreateAsync(a.Text(0)));
        Do("one.vntemplate.delete", (one, a) => one.VirtualNetworkTemplates.DeleteAsync(a.Int(0)));
        Do("one.vntemplate.rename", (one, a) => one.VirtualNetworkTemplates.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.vntemplate.update", (one, a) => one.VirtualNetworkTemplates.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.vntemplate.chown", (one, a) => one.VirtualNetworkTemplates.ChangeOwnerAsync(a.Int(0), a.Id(1), a.Id(2)));
        Do("one.vntemplate.chmod", (one, a) => one.VirtualNetworkTemplates.ChangePermissionsAsync(a.Int(0), a.Permissions));
        Do("one.vntemplate.lock", (one, a) => one.VirtualNetworkTemplates.LockAsync(a.Int(0), (LockLevel)a.Int(1), a.OptionalFlag(2)));
        Do("one.vntemplate.unlock", (one, a) => one.VirtualNetworkTemplates.UnlockAsync(a.Int(0)));
        Get("one.vntemplate.clone", (one, a) => one.VirtualNetworkTemplates.CloneAsync(a.Int(0), a.Text(1)));
        Get("one.vntemplate.instantiate", (one, a) => one.VirtualNetworkTemplates.InstantiateAsync(a.Int(0), a.Text(1), a.OptionalText(2)));
        Get("one.document.info", (one, a) => one.Documents.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.documentpool.info", (one, a) => one.Documents.ReadPageAsync((DocumentType)a.Int(3), a.Range, a.Filter));
        Get("one.document.allocate", (one, a) => one.Documents.CreateAsync(a.Text(0), (DocumentType)a.Int(1)));
        Do("one.document.delete", (one, a) => one.Documents.DeleteAsync(a.Int(0)));
        Do("one.document.rename", (one, a) => one.Documents.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.document.update", (one, a) => one.Documents.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.document.chown", (one, a) => one.Documents.ChangeOwnerAsync(a.Int(0), a.Id(1), a.Id(2)));
        Do("one.document.chmod", (one, a) => one.Documents.ChangePermissionsAsync(a.Int(0), a.Permissions));
        Do("one.document.lock", (one, a) => one.Documents.LockAsync(a.Int(0), (LockLevel)a.Int(1), a.OptionalFlag(2)));
        Do("one.document.unlock", (one, a) => one.Documents.UnlockAsync(a.Int(0)));
        Get("one.document.clone", (one, a) => one.Documents.CloneAsync(a.Int(0), a.Text(1)));
    }

    private static void AddUsersAndGroups()
    {
        Get("one.user.info", (one, a) => a.Int(0) == -1 && !a.OptionalFlag(1) ? one.Users.GetSelfAsync() : one.Users.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.userpool.info", (one, _) => All(one.Users.ListAsync()));
        Get("one.user.allocate", (one, a) => one.Users.CreateAsync(a.Text(0), a.Text(1), a.Text(2), a.Ids(3)));
        Do("one.user.delete", (one, a) => one.Users.DeleteAsync(a.Int(0)));
        Do("one.user.update", (one, a) => one.Users.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.user.passwd", (one, a) => one.Users.ChangePasswordAsync(a.Int(0), a.Text(1)));
        Do("one.user.chauth", (one, a) => one.Users.ChangeAuthenticationAsync(a.Int(0), a.Text(1), a.Text(2)));
        Do("one.user.chgrp", (one, a) => one.Users.ChangeGroupAsync(a.Int(0), a.Int(1)));
        Do("one.user.addgroup", (one, a) => one.Users.AddToGroupAsync(a.Int(0), a.Int(1)));
        Do("one.user.delgroup", (one, a) => one.Users.RemoveFromGroupAsync(a.Int(0), a.Int(1)));
        Do("one.user.enable", (one, a) => one.Users.EnableAsync(a.Int(0), a.Flag(1)));
        Do("one.user.quota", (one, a) => one.Users.SetQuotasAsync(a.Int(0), a.Text(1)));
        Get("one.userquota.info", (one, _) => one.Users.GetDefaultQuotasAsync());
        Do("one.userquota.update", (one, a) => one.Users.SetDefaultQuotasAsync(a.Text(0)));
        Get("one.user.login", LogInAsync);
        Get("one.group.info", (one, a) => one.Groups.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.grouppool.info", (one, _) => All(one.Groups.ListAsync()));
        Get("one.group.allocate", (one, a) => one.Groups.CreateAsync(a.Text(0)));
        Do("one.group.delete", (one, a) => one.Groups.DeleteAsync(a.Int(0)));
        Do("one.group.update", (one, a) => one.Groups.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.group.addadmin", (one, a) => one.Groups.AddAdministratorAsync(a.Int(0), a.Int(1)));
        Do("one.group.deladmin", (one, a) => one.Groups.RemoveAdministratorAsync(a.Int(0), a.Int(1)));
        Do("one.group.quota", (one, a) => one.Groups.SetQuotasAsync(a.Int(0), a.Text(1)));
        Get("one.groupquota.info", (one, _) => one.Groups.GetDefaultQuotasAsync());
        Do("one.groupquota.update", (one, a) => one.Groups.SetDefaultQuotasAsync(a.Text(0)));
        Get("one.acl.info", (one, _) => All(one.AccessRules.ListAsync()));
        Get("one.acl.addrule", (one, a) => one.AccessRules.CreateAsync(Hex(a.Text(0)), Hex(a.Text(1)), (AccessRights)Hex(a.Text(2)), Hex(a.OptionalText(3))));
        Do("one.acl.delrule", (one, a) => one.AccessRules.DeleteAsync(a.Int(0)));
    }

    private static async Task<string?> LogInAsync(IOpenNebulaClient one, RecordedArguments a)
    {
        int? group = a.OptionalInt(3, -1) is >= 0 and int id ? id : null;
        switch (a.Int(2))
        {
            case 0 when group is null:
                await one.Users.DeleteTokenAsync(a.Text(0), a.Text(1));
                return null;
            case > 0 and int seconds:
                return await one.Users.CreateTokenAsync(a.Text(0), TimeSpan.FromSeconds(seconds), group, a.Text(1));
            case -1:
                return await one.Users.CreateTokenAsync(a.Text(0), null, group, a.Text(1));
            default:
                throw new NoTypedCallException("a time that makes no sense");
        }
    }

    private static long Hex(string text) => long.TryParse(text, System.Globalization.NumberStyles.HexNumber, null, out long value) ? value
        : throw new NoTypedCallException("a text that is no number");

    private static void AddClustersAndHosts()
    {
        Get("one.cluster.info", (one, a) => one.Clusters.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.clusterpool.info", (one, _) => All(one.Clusters.ListAsync()));
        Get("one.cluster.allocate", (one, a) => one.Clusters.CreateAsync(a.Text(0)));
        Do("one.cluster.delete", (one, a) => one.Clusters.DeleteAsync(a.Int(0)));
        Do("one.cluster.rename", (one, a) => one.Clusters.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.cluster.update", (one, a) => one.Clusters.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.cluster.addhost", (one, a) => one.Clusters.AddHostAsync(a.Int(0), a.Int(1)));
        Do("one.cluster.delhost", (one, a) => one.Clusters.RemoveHostAsync(a.Int(0), a.Int(1)));
        Do("one.cluster.adddatastore", (one, a) => one.Clusters.AddDatastoreAsync(a.Int(0), a.Int(1)));
        Do("one.cluster.deldatastore", (one, a) => one.Clusters.RemoveDatastoreAsync(a.Int(0), a.Int(1)));
        Do("one.cluster.addvnet", (one, a) => one.Clusters.AddNetworkAsync(a.Int(0), a.Int(1)));
        Do("one.cluster.delvnet", (one, a) => one.Clusters.RemoveNetworkAsync(a.Int(0), a.Int(1)));
        Get("one.host.info", (one, a) => one.Hosts.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.hostpool.info", (one, _) => All(one.Hosts.ListAsync()));
        Get("one.host.allocate", (one, a) => one.Hosts.CreateAsync(a.Text(0), a.Text(1), a.Text(2), a.Id(3)));
        Do("one.host.delete", (one, a) => one.Hosts.DeleteAsync(a.Int(0)));
        Do("one.host.rename", (one, a) => one.Hosts.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.host.update", (one, a) => one.Hosts.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.host.status", (one, a) => one.Hosts.SetStatusAsync(a.Int(0), (HostStatus)a.Int(1)));
        Get("one.host.monitoring", (one, a) => one.Hosts.GetMonitoringAsync(a.Int(0)));
        Get("one.hostpool.monitoring", (one, a) => one.Hosts.ListMonitoringAsync(a.OptionalInt(0, -1)));
        Get("one.vmgroup.info", (one, a) => one.VmGroups.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.vmgrouppool.info", (one, a) => one.VmGroups.ReadPageAsync(a.Range, a.Filter));
        Get("one.vmgroup.allocate", (one, a) => one.VmGroups.CreateAsync(a.Text(0)));
        Do("one.vmgroup.delete", (one, a) => one.VmGroups.DeleteAsync(a.Int(0)));
        Do("one.vmgroup.rename", (one, a) => one.VmGroups.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.vmgroup.update", (one, a) => one.VmGroups.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.vmgroup.chown", (one, a) => one.VmGroups.ChangeOwnerAsync(a.Int(0), a.Id(1), a.Id(2)));
        Do("one.vmgroup.chmod", (one, a) => one.VmGroups.ChangePermissionsAsync(a.Int(0), a.Permissions));
        Do("one.vmgroup.lock", (one, a) => one.VmGroups.LockAsync(a.Int(0), (LockLevel)a.Int(1), a.OptionalFlag(2)));
        Do("one.vmgroup.unlock", (one, a) => one.VmGroups.UnlockAsync(a.Int(0)));
        Do("one.vmgroup.roleadd", (one, a) => one.VmGroups.AddRoleAsync(a.Int(0), a.Text(1)));
        Do("one.vmgroup.roleupdate", (one, a) => one.VmGroups.UpdateRoleAsync(a.Int(0), a.Int(1), a.Text(2)));
        Do("one.vmgroup.roledelete", (one, a) => one.VmGroups.RemoveRoleAsync(a.Int(0), a.Int(1)));
    }

    private static void AddMarkets()
    {
        Get("one.market.info", (one, a) => one.Marketplaces.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.marketpool.info", (one, _) => All(one.Marketplaces.ListAsync()));
        Get("one.market.allocate", (one, a) => one.Marketplaces.CreateAsync(a.Text(0)));
        Do("one.market.delete", (one, a) => one.Marketplaces.DeleteAsync(a.Int(0)));
        Do("one.market.rename", (one, a) => one.Marketplaces.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.market.update", (one, a) => one.Marketplaces.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.market.chown", (one, a) => one.Marketplaces.ChangeOwnerAsync(a.Int(0), a.Id(1), a.Id(2)));
        Do("one.market.chmod", (one, a) => one.Marketplaces.ChangePermissionsAsync(a.Int(0), a.Permissions));
        Do("one.market.enable", (one, a) => one.Marketplaces.EnableAsync(a.Int(0), a.Flag(1)));
        Get("one.marketapp.info", (one, a) => one.MarketplaceApps.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.marketapppool.info", (one, a) => one.MarketplaceApps.ReadPageAsync(a.Range, a.Filter));
        Get("one.marketapp.allocate", (one, a) => one.MarketplaceApps.CreateAsync(a.Text(0), a.Int(1)));
        Do("one.marketapp.delete", (one, a) => one.MarketplaceApps.DeleteAsync(a.Int(0)));
        Do("one.marketapp.rename", (one, a) => one.MarketplaceApps.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.marketapp.update", (one, a) => one.MarketplaceApps.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.marketapp.chown", (one, a) => one.MarketplaceApps.ChangeOwnerAsync(a.Int(0), a.Id(1), a.Id(2)));
        Do("one.marketapp.chmod", (one, a) => one.MarketplaceApps.ChangePermissionsAsync(a.Int(0), a.Permissions));
        Do("one.marketapp.lock", (one, a) => one.MarketplaceApps.LockAsync(a.Int(0), (LockLevel)a.Int(1), a.OptionalFlag(2)));
        Do("one.marketapp.unlock", (one, a) => one.MarketplaceApps.UnlockAsync(a.Int(0)));
        Do("one.marketapp.enable", (one, a) => one.MarketplaceApps.EnableAsync(a.Int(0), a.Flag(1)));
    }

    private static void AddTheRest()
    {
        Get("one.hook.info", (one, a) => one.Hooks.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.hookpool.info", (one, a) => one.Hooks.ReadPageAsync(a.Range, a.Filter));
        Get("one.hook.allocate", (one, a) => one.Hooks.CreateAsync(a.Text(0)));
        Do("one.hook.delete", (one, a) => one.Hooks.DeleteAsync(a.Int(0)));
        Do("one.hook.rename", (one, a) => one.Hooks.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.hook.update", (one, a) => one.Hooks.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.hook.lock", (one, a) => one.Hooks.LockAsync(a.Int(0), (LockLevel)a.Int(1), a.OptionalFlag(2)));
        Do("one.hook.unlock", (one, a) => one.Hooks.UnlockAsync(a.Int(0)));
        Do("one.hook.retry", (one, a) => one.Hooks.RetryAsync(a.Int(0), a.Int(1)));
        Get("one.hooklog.info", (one, a) => one.Hooks.ListExecutionsAsync(a.Time(0), a.Time(1), a.Id(2), (HookExecutionFilter)a.Int(3)));
        Get("one.zone.info", (one, a) => one.Zones.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.zonepool.info", (one, _) => All(one.Zones.ListAsync()));
        Get("one.zone.allocate", (one, a) => one.Zones.CreateAsync(a.Text(0)));
        Do("one.zone.delete", (one, a) => one.Zones.DeleteAsync(a.Int(0)));
        Do("one.zone.rename", (one, a) => one.Zones.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.zone.update", (one, a) => one.Zones.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.zone.enable", (one, a) => one.Zones.EnableAsync(a.Int(0), a.Flag(1)));
        Do("one.zone.addserver", (one, a) => one.Zones.AddServerAsync(a.Int(0), a.Text(1)));
        Do("one.zone.delserver", (one, a) => one.Zones.RemoveServerAsync(a.Int(0), a.Int(1)));
        Do("one.zone.resetserver", (one, a) => one.Zones.ResetServerAsync(a.Int(0), a.Int(1)));
        Get("one.zone.raftstatus", (one, _) => one.Zones.GetRaftStatusAsync());
        Get("one.vdc.info", (one, a) => one.VirtualDataCenters.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.vdcpool.info", (one, _) => All(one.VirtualDataCenters.ListAsync()));
        Get("one.vdc.allocate", (one, a) => one.VirtualDataCenters.CreateAsync(a.Text(0)));
        Do("one.vdc.delete", (one, a) => one.VirtualDataCenters.DeleteAsync(a.Int(0)));
        Do("one.vdc.rename", (one, a) => one.VirtualDataCenters.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.vdc.update", (one, a) => one.VirtualDataCenters.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.vdc.addgroup", (one, a) => one.VirtualDataCenters.AddGroupAsync(a.Int(0), a.Int(1)));
        Do("one.vdc.delgroup", (one, a) => one.VirtualDataCenters.RemoveGroupAsync(a.Int(0), a.Int(1)));
        Do("one.vdc.addcluster", (one, a) => one.VirtualDataCenters.AddResourceAsync(a.Int(0), new(VdcResourceKind.Cluster, a.Int(1), a.Int(2))));
        Do("one.vdc.delcluster", (one, a) => one.VirtualDataCenters.RemoveResourceAsync(a.Int(0), new(VdcResourceKind.Cluster, a.Int(1), a.Int(2))));
        Do("one.vdc.addhost", (one, a) => one.VirtualDataCenters.AddResourceAsync(a.Int(0), new(VdcResourceKind.Host, a.Int(1), a.Int(2))));
        Do("one.vdc.delhost", (one, a) => one.VirtualDataCenters.RemoveResourceAsync(a.Int(0), new(VdcResourceKind.Host, a.Int(1), a.Int(2))));
        Do("one.vdc.adddatastore", (one, a) => one.VirtualDataCenters.AddResourceAsync(a.Int(0), new(VdcResourceKind.Datastore, a.Int(1), a.Int(2))));
        Do("one.vdc.deldatastore", (one, a) => one.VirtualDataCenters.RemoveResourceAsync(a.Int(0), new(VdcResourceKind.Datastore, a.Int(1), a.Int(2))));
        Do("one.vdc.addvnet", (one, a) => one.VirtualDataCenters.AddResourceAsync(a.Int(0), new(VdcResourceKind.Network, a.Int(1), a.Int(2))));
        Do("one.vdc.delvnet", (one, a) => one.VirtualDataCenters.RemoveResourceAsync(a.Int(0), new(VdcResourceKind.Network, a.Int(1), a.Int(2))));
        AddBackupJobs();
        Get("one.system.version", (one, _) => one.System.GetVersionAsync());
        Get("one.system.config", (one, _) => one.System.GetConfigurationAsync());
        Get("one.system.sqlquery", (one, a) => one.System.QueryDatabaseAsync(a.Text(0)));
        Get("system.listMethods", (one, _) => one.System.ListMethodsAsync());
        Get("system.methodHelp", (one, a) => one.System.GetMethodHelpAsync(a.Text(0)));
        Get("system.methodSignature", (one, a) => one.System.GetMethodSignatureAsync(a.Text(0)));
    }

    private static void AddBackupJobs()
    {
        Get("one.backupjob.info", (one, a) => one.BackupJobs.GetAsync(a.Int(0), a.OptionalFlag(1)));
        Get("one.backupjobpool.info", (one, a) => one.BackupJobs.ReadPageAsync(a.Range, a.Filter));
        Get("one.backupjob.allocate", (one, a) => one.BackupJobs.CreateAsync(a.Text(0)));
        Do("one.backupjob.delete", (one, a) => one.BackupJobs.DeleteAsync(a.Int(0)));
        Do("one.backupjob.rename", (one, a) => one.BackupJobs.RenameAsync(a.Int(0), a.Text(1)));
        Do("one.backupjob.update", (one, a) => one.BackupJobs.UpdateAsync(a.Int(0), a.Text(1), a.Mode(2)));
        Do("one.backupjob.chown", (one, a) => one.BackupJobs.ChangeOwnerAsync(a.Int(0), a.Id(1), a.Id(2)));
        Do("one.backupjob.chmod", (one, a) => one.BackupJobs.ChangePermissionsAsync(a.Int(0), a.Permissions));
        Do("one.backupjob.lock", (one, a) => one.BackupJobs.LockAsync(a.Int(0), (LockLevel)a.Int(1), a.OptionalFlag(2)));
        Do("one.backupjob.unlock", (one, a) => one.BackupJobs.UnlockAsync(a.Int(0)));
        Do("one.backupjob.backup", (one, a) => one.BackupJobs.BackupAsync(a.Int(0)));
        Do("one.backupjob.cancel", (one, a) => one.BackupJobs.CancelAsync(a.Int(0)));
        Do("one.backupjob.retry", (one, a) => one.BackupJobs.RetryAsync(a.Int(0)));
        Do("one.backupjob.priority", (one, a) => one.BackupJobs.SetPriorityAsync(a.Int(0), a.Int(1)));
        Get("one.backupjob.schedadd", (one, a) => one.BackupJobs.AddScheduledActionAsync(a.Int(0), a.Text(1)));
        Do("one.backupjob.schedupdate", (one, a) => one.BackupJobs.UpdateScheduledActionAsync(a.Int(0), a.Int(1), a.Text(2)));
        Do("one.backupjob.scheddelete", (one, a) => one.BackupJobs.DeleteScheduledActionAsync(a.Int(0), a.Int(1)));
    }

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (T item in items) all.Add(item);
        return all;
    }
}
